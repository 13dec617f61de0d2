using System.Text;
using System.Text.Json.Nodes;
using TagGuard.Deliveries;

namespace TagGuard.Adapters.Webhooks;

/// <summary>A short message as each of the vendors wants it. Plain text everywhere: a tag's name must neither be a link nor call somebody.</summary>
static class WebhookBodies
{
    /// <summary>Bytes of a text that WeCom takes; the others take more.</summary>
    const int MostOfWecom = 2048;

    const int Most = 4000;

    /// <remarks>open.dingtalk.com/document/robots/custom-robot-access</remarks>
    public static JsonObject Dingtalk(ShortMessage message) =>
        new() { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = Text(message, Most) } };

    /// <remarks>developer.work.weixin.qq.com/document/path/91770</remarks>
    public static JsonObject Wecom(ShortMessage message) =>
        new() { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = Text(message, MostOfWecom) } };

    /// <remarks>open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: `&lt;at …&gt;` within a text calls somebody.</remarks>
    public static JsonObject Feishu(ShortMessage message, string? timestamp, string? sign)
    {
        var body = new JsonObject();
        if (sign is not null)
            (body["timestamp"], body["sign"]) = (timestamp, sign);
        body["msg_type"] = "text";
        body["content"] = new JsonObject { ["text"] = Text(message, Most).Replace("<", "＜", StringComparison.Ordinal) };
        return body;
    }

    /// <remarks>api.slack.com/reference/surfaces/formatting#escaping</remarks>
    public static JsonObject Slack(ShortMessage message) => new()
    {
        ["text"] = Text(message, Most).Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal),
        ["mrkdwn"] = false,
    };

    /// <summary>An adaptive card; a run of text in it has no Markdown.</summary>
    /// <remarks>learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using, and RichTextBlock of
    /// adaptivecards.io/explorer.</remarks>
    public static JsonObject Teams(ShortMessage message)
    {
        var card = new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = new JsonArray([.. Lines(message with { Url = null }, Most).Select(JsonNode (line, i) => new JsonObject
            {
                ["type"] = "RichTextBlock",
                ["inlines"] = new JsonArray(new JsonObject
                {
                    ["type"] = "TextRun",
                    ["text"] = line,
                    ["weight"] = i == 0 ? "bolder" : "default",
                }),
            })]),
        };
        if (message.Url is { } url)
            card["actions"] = new JsonArray(new JsonObject
            {
                ["type"] = "Action.OpenUrl",
                ["title"] = message.Date.ToString("yyyy-MM-dd"),
                ["url"] = url,
            });
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = card,
            }),
        };
    }

    /// <summary>All lines of a text that is at most so many bytes long in UTF-8.</summary>
    static string Text(ShortMessage message, int most) => string.Join('\n', Lines(message, most));

    static List<string> Lines(ShortMessage message, int most)
    {
        string[] last = message.Url is { } url ? [url] : [];
        var left = most - last.Sum(Size);
        var lines = new List<string>();
        foreach (var line in message.Lines.Prepend(message.Title))
        {
            var shown = Cut(line, left - Size("…"));
            lines.Add(shown.Length < line.Length ? shown + "…" : line);
            left -= Size(lines[^1]);
            if (shown.Length < line.Length || left <= Size("…"))
                break;
        }
        return [.. lines, .. last];
    }

    static int Size(string line) => Encoding.UTF8.GetByteCount(line) + 1;

    /// <summary>As much of a text as has so many bytes.</summary>
    static string Cut(string text, int most)
    {
        var (length, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((bytes += rune.Utf8SequenceLength) > most)
                break;
            length += rune.Utf16SequenceLength;
        }
        return text[..length];
    }
}
