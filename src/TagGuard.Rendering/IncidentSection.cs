using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>What failed: a card for each incident, in the order in which to act.</summary>
static class IncidentSection
{
    /// <summary>Cards with a chart; what comes after them is told in a line each.</summary>
    public const int MostCards = 30;

    const int MostLines = 300;
    const int MembersShown = 5;
    const int MostMembers = 200;

    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        var failed = facts.Incidents.Where(incident => incident.Incident.Verdict >= Verdict.Unknown).ToList();
        var warned = facts.Incidents.Where(incident => incident.Incident.Verdict < Verdict.Unknown).ToList();
        WriteGroup(html, facts, options, "What failed", failed, isFolded: false);
        WriteGroup(html, facts, options, "Worth a look", warned, isFolded: true);
    }

    static void WriteGroup(
        HtmlWriter html, ReportFacts facts, ReportOptions options, string title, List<IncidentFacts> incidents, bool isFolded)
    {
        if (incidents.Count == 0)
            return;
        html.Write($"<section>\n<h2>{title} <small>{Numbers.Many(incidents.Count, "incident")}</small></h2>\n");
        foreach (var incident in incidents.Take(MostCards))
        {
            if (isFolded)
                html.Write($"<details class=\"card warn\"><summary>{Words.Badge(incident.Incident.Verdict)} {incident.Incident.Title}</summary>\n");
            else
                html.Write($"<article class=\"card {Words.ClassOf(incident.Incident.Verdict)}\">\n<h3>{incident.Incident.Title}</h3>\n");
            WriteCard(html, incident, facts, options);
            html.Write($"</{(isFolded ? "details" : "article")}>\n");
        }
        WriteLines(html, incidents);
        html.Write($"</section>\n");
    }

    static void WriteCard(HtmlWriter html, IncidentFacts facts, ReportFacts report, ReportOptions options)
    {
        var incident = facts.Incident;
        var date = report.Day.Date;
        html.Write($"""
            <p class="meta">{Words.Badge(incident.Verdict)} <b>{EffectOf(facts, report)}</b>{SinceOf(facts, date)} · {facts.Stage} › {incident.Check}</p>

            """);
        if (incident.Sentence != incident.Title)
            html.Write($"<p>{incident.Sentence}</p>\n");
        if (facts.Series is not null)
            Chart.Write(html, facts.Series, facts.Lead, date);
        html.Write($"<dl>");
        WriteLine(html, "Probable cause", incident.Cause);
        WriteLine(html, "Do first", incident.Advice);
        WriteLine(html, "Tell", incident.Owner);
        html.Write($"<dt>Look closer</dt><dd><code>{Foot.Explain(date, AboutOf(incident))}</code></dd></dl>\n");
        WriteMembers(html, incident.Members);
    }

    static void WriteLine(HtmlWriter html, string label, string text)
    {
        if (text.Length > 0)
            html.Write($"<dt>{label}</dt><dd>{Html.WithCode(text)}</dd>");
    }

    static void WriteMembers(HtmlWriter html, IReadOnlyList<SeriesId> members)
    {
        if (members.Count < 2)
            return;
        var isFolded = members.Count > MembersShown;
        if (isFolded)
            html.Write($"<details class=\"members\"><summary>All {Numbers.Count(members.Count)} in it</summary>");
        else
            html.Write($"<p class=\"members\">In it: ");
        foreach (var member in members.Take(MostMembers))
            html.Write($"<code>{Words.NameOf(member)}</code> ");
        if (members.Count > MostMembers)
            html.Write($"and {Numbers.Count(members.Count - MostMembers)} more");
        html.Write($"</{(isFolded ? "details" : "p")}>\n");
    }

    static void WriteLines(HtmlWriter html, List<IncidentFacts> incidents)
    {
        var rest = incidents.Skip(MostCards).ToList();
        if (rest.Count == 0)
            return;
        html.Write($"<details class=\"card\"><summary>{Numbers.Many(rest.Count, "more incident")}</summary>\n<ul>\n");
        foreach (var incident in rest.Take(MostLines))
            html.Write($"<li>{Words.Badge(incident.Incident.Verdict)} {incident.Incident.Title} <small>{incident.Stage} › {incident.Incident.Check}</small></li>\n");
        if (rest.Count > MostLines)
            html.Write($"<li>and {Numbers.Count(rest.Count - MostLines)} that are not listed</li>\n");
        html.Write($"</ul></details>\n");
    }

    static string EffectOf(IncidentFacts facts, ReportFacts report) => facts.ClosesGate switch
    {
        false => "does not close the gate",
        true when report.Stages.Any(stage => stage.Name == facts.Stage && stage.Standing == GateStanding.OpenByOverride) => "would close the gate, which is open by override",
        true => "closes the gate",
    };

    static string SinceOf(IncidentFacts facts, DateOnly date) => facts.Since switch
    {
        null => "",
        DateOnly since when since == date => " · new today",
        DateOnly since => $" · since {Numbers.Day(since)}, day {date.DayNumber - since.DayNumber + 1}",
    };

    static string AboutOf(Incident incident) => incident.Lead.Key.Length > 0 ? incident.Lead.Key : incident.Check;
}
