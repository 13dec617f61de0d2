namespace TagGuard.Plans;

/// <summary>Of which reports a webhook is told. Whoever was told of a date is told when it changes, too.</summary>
public enum WebhookWhen
{
    /// <summary>A gate is closed, or was opened by hand.</summary>
    Closed,

    /// <summary>There is an incident, also one that closes no gate.</summary>
    Warned,

    /// <summary>Each of them.</summary>
    Always,
}
