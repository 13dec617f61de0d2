namespace TagGuard.Plans;

/// <summary>What a webhook's other end understands.</summary>
public enum WebhookFormat
{
    /// <summary>A program of one's own gets all that the message is made of; with `body`, any gateway gets what it wants.</summary>
    Json,

    /// <summary>DingTalk's robot of a group.</summary>
    Dingtalk,

    /// <summary>WeCom's robot of a group.</summary>
    Wecom,

    /// <summary>Feishu's (Lark's) robot of a group.</summary>
    Feishu,

    /// <summary>Slack's incoming webhook.</summary>
    Slack,

    /// <summary>The workflow of a channel in Microsoft Teams.</summary>
    Teams,
}
