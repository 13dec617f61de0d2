using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>The verdict of the date, and the stages in their order: all that many mornings need.</summary>
static class Headline
{
    public static void Write(HtmlWriter html, ReportFacts facts, Anchors anchors, ReportOptions options)
    {
        var words = html.Words;
        html.Write($"<header class=\"{ClassOf(facts)}\">\n");
        Navigation.Write(html, options.Links);
        html.Write($"""
            <p class="when">{words.LongDay(facts.Day.Date)} · {facts.Day.Plan}</p>
            <h1>{words.Say(facts.Headline)}</h1>

            """);
        if (facts.Reason is { } reason)
            html.Write($"<p class=\"why\">{words.Say(reason)}</p>\n");
        WriteStrip(html, facts, anchors, options.Mornings);
        foreach (var stage in facts.Stages)
        {
            if (stage.Override is { } given)
                WriteOverride(html, stage, given, ReasonOf(words, facts, stage), options);
        }
        html.Write($"<p class=\"counts\">{Counts(words, facts.Counts)} · {Incidents(words, facts)}</p>\n");
        html.Write($"<p class=\"made\">{MadeOf(words, options)}</p>\n</header>\n");
    }

    static void WriteStrip(HtmlWriter html, ReportFacts facts, Anchors anchors, IReadOnlyList<Morning> mornings)
    {
        var words = html.Words;
        html.Write($"<ol class=\"strip\" aria-label=\"{words.Say("report.strip")}\">\n");
        foreach (var stage in facts.Stages)
        {
            var (style, sign) = (Signs.ClassOf(stage.Standing), Signs.Of(stage.Standing));
            html.Write(
                $"<li class=\"{style}\"><b><a href=\"#{anchors.Told(stage)}\"><span aria-hidden=\"true\">{sign}</span> {stage.Name}</a></b>"
                    + $"<span>{words.StandingOf(stage)}</span>");
            Mornings.Write(html, stage.Name, mornings);
            html.Write($"</li>\n");
        }
        html.Write($"</ol>\n");
    }

    /// <summary>What the check said of a stage that is open by override: its incidents stand below, and are only counted here.</summary>
    static string ReasonOf(Words words, ReportFacts facts, StageFacts stage) => facts.IncidentsOf(stage).Count(incident => incident.ClosesGate) switch
    {
        0 => words.Say(stage.Why),
        var count => words.Say("report.incidents", ("count", count)),
    };

    static void WriteOverride(HtmlWriter html, StageFacts stage, Override given, string reason, ReportOptions options)
    {
        var inForce = stage.Standing == GateStanding.OpenByOverride;
        var words = html.Words;
        var title = words.Say(inForce ? "report.override_in_force" : "report.override_ran_out", ("stage", stage.Name));
        var why = words.Say("report.override_why");
        var until = words.Say(inForce ? "report.override_until" : "report.override_was_until");
        var times = words.Say("report.override_given", ("until", words.Time(given.Until, options)), ("since", words.Time(given.Since, options)));
        var said = stage.Stored?.Gate.IsGood == true ? words.Say(Phrase.Joined(new Phrase("report.data_is_good"), Phrase.Text(reason))) : reason;
        html.Write($"""
            <div class="override"><b><span aria-hidden="true">!</span> {title}</b>
            <dl><dt>{words.Say("report.override_who")}</dt><dd>{given.By}</dd><dt>{why}</dt><dd>{given.Why}</dd><dt>{until}</dt><dd>{times}</dd>
            <dt>{words.Say("report.override_check")}</dt><dd>{said}</dd></dl></div>

            """);
    }

    /// <summary>What is right again: good to know, and not before what is wrong.</summary>
    public static void WriteRecovered(HtmlWriter html, ReportFacts facts)
    {
        if (facts.Recovered.Count > 0)
            html.Write($"<p class=\"counts\">{html.Words.Say("report.recovered", ("names", Recovered(html.Words, facts)))}</p>\n");
    }

    static string ClassOf(ReportFacts facts) =>
        Signs.ClassOf(facts.Stages.Count == 0 ? Verdict.Unknown : facts.Stages.Max(stage => Signs.ColourOf(stage.Standing)));

    /// <summary>When the page was made.</summary>
    public static string MadeOf(Words words, ReportOptions options) =>
        words.Say("report.made", ("time", words.Time(options.MadeAt, options)), ("zone", options.Zone.Id));

    public static Markup Counts(Words words, VerdictCounts counts)
    {
        var html = new HtmlWriter(words);
        var separator = "";
        foreach (var (count, verdict) in new[]
        {
            (counts.Fail, Verdict.Fail), (counts.Unknown, Verdict.Unknown), (counts.Warn, Verdict.Warn), (counts.Pass, Verdict.Pass),
        })
        {
            if (count == 0)
                continue;
            html.Write(
                $"{separator}<b "
                    + $"class=\"{Signs.ClassOf(verdict)}\">{words.Say("report.verdicts_of", ("count", count), ("verdict", words.Of(verdict)))}</b>");
            separator = words.Comma;
        }
        return counts.Total == 0 ? Markup.Of($"{words.Say("report.no_verdicts")}") : Markup.From(html);
    }

    static string Incidents(Words words, ReportFacts facts)
    {
        if (facts.Incidents.Count == 0)
            return words.Say("report.no_incidents");
        var started = facts.Incidents.Count(incident => incident.Since == facts.Day.Date);
        var ongoing = facts.Incidents.Count(incident => incident.Since < facts.Day.Date);
        var which = new List<Phrase>();
        if (started > 0)
            which.Add(new Phrase("report.new_today", ("count", started)));
        if (ongoing > 0)
            which.Add(new Phrase("report.ongoing", ("count", ongoing)));
        return which.Count == 0
            ? words.Say("report.incidents", ("count", facts.Incidents.Count))
            : words.Say("report.incidents_of_which", ("count", facts.Incidents.Count), ("which", Listing.Of(which, which.Count)));
    }

    /// <summary>By check, for the whole of a check often comes back at once: "call centre export
    /// (malformed lines), user tags (A111, A112 and 30 more)".</summary>
    public static Phrase Recovered(Words words, ReportFacts facts) =>
        Listing.Of(
            [
                .. facts
                    .Recovered.GroupBy(series => series.Check)
                    .Select(check => new Phrase(
                        "report.recovered_of",
                        ("check", check.Key),
                        ("names", Listing.Of([.. check.Select(series => Phrase.Text(words.NameOf(series)))], most: 3)))),
            ],
            most: 5);
}
