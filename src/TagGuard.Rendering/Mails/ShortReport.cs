using TagGuard.Deliveries;
using TagGuard.Keys;
using TagGuard.Reports;
using TagGuard.Storage;

namespace TagGuard.Rendering.Mails;

/// <summary>The morning's mail in a few lines, for a group's chat.</summary>
public static class ShortReport
{
    /// <summary>Incidents that are told by name.</summary>
    const int MostIncidents = 5;

    /// <summary>Writes a date as a short message. Pure: the same day and options give the same message.</summary>
    public static ShortMessage Write(StoredDay day, ReportOptions report, MailOptions options, string id)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(options);
        var scene = new MailScene(ReportFacts.Of(day, report.Gates), Words.Of(report.Language, day), report, options);
        var (facts, words) = (scene.Facts, scene.Words);
        var call = MailVerdict.Of(scene).OfType<MailBlock.Call>().Single();
        var incidents = scene.AtMost(MostIncidents, [.. facts.Incidents.Select(incident => Line(words, incident))]);
        return new ShortMessage
        {
            Id = id,
            Plan = day.Plan,
            Date = day.Date,
            Kind = "report",
            State = facts.IsOverridden ? "overridden" : facts.IsOpen ? "open" : facts.IsNotReady ? "not_ready" : "closed",
            Title = MailSubject.Of(facts, words),
            Lines =
            [
                .. incidents.Select(line => line.Text).Prepend($"{call.Label}{words.Colon}{call.Said.Text}").Select(line => PlainText.Shown(line)),
            ],
            Url = options.ReportUrl,
            Incidents = [.. facts.Incidents.Select(incident => Of(words, incident, day.Date))],
        };
    }

    /// <summary>A notice about TagGuard itself as a short message.</summary>
    /// <param name="notice">The notice as a mail.</param>
    /// <param name="row">The message that it is for.</param>
    /// <param name="plan">The plan's name.</param>
    public static ShortMessage Of(MailBody notice, OutboxRow row, string plan)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(row);
        return new ShortMessage
        {
            Id = row.MessageId,
            Plan = plan,
            Date = row.Date,
            Kind = "silence",
            State = "missing",
            Title = notice.Subject,
            Lines = notice.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        };
    }

    static MailLine Line(Words words, IncidentFacts incident)
    {
        var line = MailIncidents.Line(words, incident);
        return incident.Incident.Owner is { Length: > 0 } owner ? line with { Text = $"{line.Text} · {words.Say("report.owner")} {owner}" } : line;
    }

    static ShortIncident Of(Words words, IncidentFacts facts, DateOnly date) => new(
        facts.Stage,
        facts.Incident.Check,
        words.TitleOf(facts.Incident),
        facts.Severity.ToString().ToLowerInvariant(),
        facts.ClosesGate,
        facts.Incident.Owner,
        facts.Since ?? date);
}
