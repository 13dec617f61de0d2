using TagGuard.Keys;
using TagGuard.Phrases;
using TagGuard.Reports;

namespace TagGuard.Rendering.Mails;

/// <summary>The subject: what a person sees on a lock screen.</summary>
static class MailSubject
{
    /// <summary>One line: `[TagGuard] 2026-11-19 BLOCKED: 1 critical, 3 warnings (userprofile)`.</summary>
    public static string Of(ReportFacts facts, Words words)
    {
        var state = new Phrase(
            facts.IsOverridden ? "mail.overridden"
            : facts.IsOpen ? "mail.ok"
            : facts.IsNotReady ? "mail.not_ready"
            : "mail.blocked");
        var critical = facts.Incidents.Count(incident => incident.Severity == Severity.Critical);
        var found = new List<Phrase>();
        if (critical > 0)
            found.Add(new Phrase("mail.critical", ("count", critical)));
        if (facts.Incidents.Count > critical)
            found.Add(new Phrase("mail.warnings", ("count", facts.Incidents.Count - critical)));
        var name = found.Count > 0 ? "mail.subject_found" : facts.IsOpen && !facts.IsOverridden ? "mail.subject_open" : "mail.subject";
        return PlainText.Shown(words.Say(
            name,
            ("date", facts.Day.Date),
            ("state", state),
            ("found", found.Count > 0 ? Listing.Of(found, found.Count) : null),
            ("plan", facts.Day.Plan)));
    }
}
