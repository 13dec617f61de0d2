using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>What failed: a card for each incident, in the order in which to act.</summary>
static class IncidentSection
{
    /// <summary>Cards with a chart; what comes after them is told in a line each.</summary>
    public const int MostCards = 30;

    /// <summary>Cards that are open: half awake, nobody reads a fourth, and a phone shows where the rest begins.</summary>
    public const int OpenCards = 3;

    const int MostLines = 300;
    const int MembersShown = 5;
    const int MostMembers = 200;

    public static void Write(HtmlWriter html, ReportFacts facts, Anchors anchors, ReportOptions options)
    {
        var failed = facts.Incidents.Where(incident => incident.Incident.Verdict >= Verdict.Unknown).ToList();
        var warned = facts.Incidents.Where(incident => incident.Incident.Verdict < Verdict.Unknown).ToList();
        WriteGroup(html, facts, anchors, options, html.Words.Say("report.what_failed"), failed, OpenCards);
        WriteGroup(html, facts, anchors, options, html.Words.Say("report.worth_a_look"), warned, open: 0);
    }

    static void WriteGroup(
        HtmlWriter html, ReportFacts facts, Anchors anchors, ReportOptions options, string title, List<IncidentFacts> incidents, int open)
    {
        if (incidents.Count == 0)
            return;
        var words = html.Words;
        html.Write($"<section>\n<h2>{title} <small>{words.Say("report.incidents", ("count", incidents.Count))}</small></h2>\n");
        foreach (var (i, incident) in incidents.Take(MostCards).Index())
        {
            var (style, what) = (Signs.ClassOf(incident.Incident.Verdict), words.TitleOf(incident.Incident));
            if (i >= open)
                html.Write($"<details class=\"card {style}\"><summary>{words.Badge(incident.Incident.Verdict)} {what}</summary>\n");
            else
                html.Write($"<article class=\"card {style}\">\n<h3>{what}</h3>\n");
            WriteCard(html, incident, facts, anchors.Of(incident), options);
            html.Write($"</{(i >= open ? "details" : "article")}>\n");
        }
        WriteLines(html, incidents, anchors);
        html.Write($"</section>\n");
    }

    static void WriteCard(HtmlWriter html, IncidentFacts facts, ReportFacts report, string anchor, ReportOptions options)
    {
        var incident = facts.Incident;
        var (date, words) = (report.Day.Date, html.Words);
        var effect = words.Say(EffectOf(facts, report));
        // The name is within what may be folded: a jump to it opens that.
        html.Write($"<p class=\"meta\" id=\"{anchor}\">{words.Badge(incident.Verdict)} <b>{effect}</b>{SinceOf(words, facts, date)}");
        html.Write($" · {facts.Stage} › {incident.Check}</p>\n");
        if (words.BodyOf(incident) is { Length: > 0 } body)
            html.Write($"<p>{body}</p>\n");
        if (facts.Series is not null)
            Chart.Write(html, facts.Series, facts.Lead, date);
        html.Write($"<dl>");
        WriteLine(html, words.Say("report.cause"), words.CauseOf(incident));
        if (words.AdviceOf(incident) is { Length: > 0 } advice)
            html.Write($"<dt>{words.Say("report.advice")}</dt><dd>{Html.WithLinks(words, advice, isOfPlan: incident.DoFirst.IsText)}</dd>");
        WriteLine(html, words.Say("report.owner"), incident.Owner);
        html.Write($"</dl>\n");
        new Commands(options, date).Write(html, facts);
        WriteMembers(html, incident.Members);
        WriteFollowing(html, facts, report);
    }

    /// <summary>What follows from it in later stages: it needs no card, for nothing is to be done there.</summary>
    static void WriteFollowing(HtmlWriter html, IncidentFacts facts, ReportFacts report)
    {
        if (facts.Following.Count == 0)
            return;
        var words = html.Words;
        html.Write($"<p class=\"members\">{words.Say("report.follows")}</p>\n<ul>");
        foreach (var following in facts.Following)
            html.Write($"""
                <li>{words.Badge(following.Incident.Verdict)} {words.TitleOf(following.Incident)}
                <small>{following.Stage} › {following.Incident.Check} · {words.Say(EffectOf(following, report))}</small><br>
                {words.CauseOf(following.Incident)}</li>
                """);
        html.Write($"</ul>\n");
    }

    static void WriteLine(HtmlWriter html, string label, string text)
    {
        if (text.Length > 0)
            html.Write($"<dt>{label}</dt><dd>{Html.WithCode(html.Words, text)}</dd>");
    }

    static void WriteMembers(HtmlWriter html, IReadOnlyList<SeriesId> members)
    {
        if (members.Count < 2)
            return;
        var (words, isFolded) = (html.Words, members.Count > MembersShown);
        if (isFolded)
            html.Write($"<details class=\"members\"><summary>{words.Say("report.members_folded", ("count", members.Count))}</summary>");
        else
            html.Write($"<p class=\"members\">{words.Say("report.members")} ");
        foreach (var member in members.Take(MostMembers))
            html.Write($"<code>{words.NameOf(member)}</code> ");
        if (members.Count > MostMembers)
            html.Write($"{words.Say("report.members_more", ("count", members.Count - MostMembers))}");
        html.Write($"</{(isFolded ? "details" : "p")}>\n");
    }

    static void WriteLines(HtmlWriter html, List<IncidentFacts> incidents, Anchors anchors)
    {
        var rest = incidents.Skip(MostCards).ToList();
        if (rest.Count == 0)
            return;
        var words = html.Words;
        var more = rest.Count == 1 ? words.Say("report.incident_more") : words.Say("report.incidents_more", ("count", rest.Count));
        html.Write($"<details class=\"card\"><summary>{more}</summary>\n<ul>\n");
        foreach (var incident in rest.Take(MostLines))
            html.Write(
                $"<li id=\"{anchors.Of(incident)}\">{words.Badge(incident.Incident.Verdict)} {words.TitleOf(incident.Incident)} "
                    + $"<small>{incident.Stage} › {incident.Incident.Check}</small></li>\n");
        if (rest.Count > MostLines)
            html.Write($"<li>{words.Say("report.not_listed", ("count", rest.Count - MostLines))}</li>\n");
        html.Write($"</ul></details>\n");
    }

    /// <summary>What it does to its gate.</summary>
    public static string EffectOf(IncidentFacts facts, ReportFacts report) => facts.ClosesGate switch
    {
        false => "report.leaves_gate",
        true when report.Stages.Any(stage => stage.Name == facts.Stage && stage.Standing == GateStanding.OpenByOverride) => "report.would_close_gate",
        true => "report.closes_gate",
    };

    /// <summary>Since when, behind a dot; empty when that is not known.</summary>
    public static string SinceOf(Words words, IncidentFacts facts, DateOnly date) => facts.Since switch
    {
        null => "",
        DateOnly since when since == date => " · " + words.Say("report.since_today"),
        DateOnly since => " · " + words.Say("report.since", ("day", words.Day(since)), ("days", date.DayNumber - since.DayNumber + 1)),
    };
}
