using System.ComponentModel.DataAnnotations;
using TagGuard.Keys;

namespace TagGuard.Plans;

/// <summary>A group, a channel or a program that gets a short message of each report, by HTTP.</summary>
public sealed record WebhookPlan : IPlanPart
{
    static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    [
        Required,
        PlanStored,
        PlanKey("What its other end understands: `dingtalk`, `wecom`, `feishu`, `slack`, `teams`, or `json` for any other.", Example = "dingtalk")
    ]
    public WebhookFormat? Format { get; init; }

    [Required, PlanKey("Where a message is posted to. It may hold a key.", Example = "${env:DUTY_GROUP_URL}")]
    public string Url { get; init; } = "";

    [PlanKey("What messages are signed with; of dingtalk, feishu and json.", Example = "${env:DUTY_GROUP_SECRET}")]
    public string? Secret { get; init; }

    [PlanStored, PlanKey("Of which reports it is told: `closed` gates, `warned` ones too, `always`. Default closed.")]
    public WebhookWhen When { get; init; } = WebhookWhen.Closed;

    [PlanKey(
        "Of `json`, what is posted instead of everything: {title}, {text}, {date}, {plan}, {state}, {url} and {id} are put in. What begins with { "
            + "is JSON, anything else a form.",
        Example = "mobile=13800000000&content={title}")]
    public string? Body { get; init; }

    [PlanKey("PEM file with the authorities to trust instead of the machine's.", Example = "/etc/ssl/our-ca.pem")]
    public string? Ca { get; init; }

    [PlanKey("How long an answer may take. Default 10s.", Example = "10s")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Only the type's name: a record would print its secret.</summary>
    public override string ToString() => nameof(WebhookPlan);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (!(Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"))
            yield return ("url", "It is no address of a page: begin it with https:// or http://.");
        if (Secret is not null && Format is WebhookFormat.Wecom or WebhookFormat.Slack or WebhookFormat.Teams)
            yield return ("secret", "Its messages are not signed, for the key is in its address: take `secret` out.");
        if (Body is not null && Format is not (null or WebhookFormat.Json))
            yield return ("body", "What it gets is what it understands: take `body` out, or write `format: json`.");
        if (Body is not null && BodyTemplate.MistakeIn(Body) is { } mistake)
            yield return ("body", mistake);
        if (Timeout <= TimeSpan.Zero || Timeout > LongestTimeout)
            yield return ("timeout", "A timeout is longer than 0s and at most 10m: write e.g. `timeout: 10s`.");
    }
}
