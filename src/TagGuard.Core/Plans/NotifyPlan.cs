using TagGuard.Keys;

namespace TagGuard.Plans;

/// <summary>Who is told, and how.</summary>
public sealed record NotifyPlan : IPlanPart
{
    [PlanKey("The morning's mail. Without it there is none.")]
    public MailPlan? Mail { get; init; }

    [PlanKey("Groups, channels and programs that get a short message, by their names.", Example = "{ duty-group: { format: dingtalk, url: … } }")]
    public IReadOnlyDictionary<string, WebhookPlan> Webhooks { get; init; } = new Dictionary<string, WebhookPlan>();

    [PlanKey(
        "When every stage of a date has been judged at the latest, on the morning after it. If not, that is mailed once, by whichever process comes "
            + "next: have `tagguard watch` come from cron.",
        Example = "06:30")]
    public TimeOnly? ExpectedBy { get; init; }

    [PlanKey(
        "An address that is called (GET) after each run, so that another system notices when TagGuard itself is gone.",
        Example = "https://heartbeat.example.com/${env:HEARTBEAT_KEY}")]
    public string? Heartbeat { get; init; }

    /// <summary>Only the type's name: a record would print the heartbeat's key.</summary>
    public override string ToString() => nameof(NotifyPlan);

    public IEnumerable<KeyMistake> Mistakes()
    {
        // An address of a mail has an @, so who gets a message is known by its name.
        foreach (var name in Webhooks.Keys.Where(name => name.Length is 0 or > 100 || PlainText.HasHidden(name) || name.Contains('@')))
            yield return ("webhooks", $"\"{PlainText.Shown(name)}\" is no name of a webhook: write one such as duty-group, without @.");
        if (Heartbeat is not null && !(Uri.TryCreate(Heartbeat, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"))
            yield return ("heartbeat", "It is no address of a page: begin it with https:// or http://.");
    }
}
