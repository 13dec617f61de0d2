using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>The verdict of the date, and the stages in their order: all that many mornings need.</summary>
static class Headline
{
    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        html.Write($"""
            <header class="{ClassOf(facts)}">
            <p class="when">{Numbers.LongDay(facts.Day.Date)} · {facts.Day.Plan}</p>
            <h1>{facts.Headline}</h1>

            """);
        if (facts.Reason.Length > 0)
            html.Write($"<p class=\"why\">{facts.Reason}</p>\n");
        WriteStrip(html, facts);
        foreach (var stage in facts.Stages)
        {
            if (stage.Override is { } given)
                WriteOverride(html, stage, given, facts.ReasonOf(stage), options);
        }
        html.Write($"<p class=\"counts\">{Counts(facts.Counts)} · {Incidents(facts)}</p>\n");
        if (facts.Recovered.Count > 0)
            html.Write($"<p class=\"counts\">In order again since yesterday: {Recovered(facts)}</p>\n");
        html.Write($"<p class=\"made\">Made {Times.At(options.MadeAt, options)} ({options.Zone.Id})</p>\n</header>\n");
    }

    static void WriteStrip(HtmlWriter html, ReportFacts facts)
    {
        html.Write($"<ol class=\"strip\" aria-label=\"Stages in order\">\n");
        foreach (var stage in facts.Stages)
        {
            html.Write($"""
                <li class="{Words.ClassOf(Words.ColourOf(stage.Standing))}"><b><span aria-hidden="true">{Words.SignOf(stage.Standing)}</span> {stage.Name}</b><span>{Words.Of(stage.Standing)}</span></li>

                """);
        }
        html.Write($"</ol>\n");
    }

    static void WriteOverride(HtmlWriter html, StageFacts stage, Override given, string reason, ReportOptions options)
    {
        var inForce = stage.Standing == GateStanding.OpenByOverride;
        var title = inForce ? $"{stage.Name} is open by override" : $"An override of {stage.Name} ran out";
        html.Write($"""
            <div class="override"><b><span aria-hidden="true">!</span> {title}</b>
            <dl><dt>Who</dt><dd>{given.By}</dd><dt>Why</dt><dd>{given.Why}</dd><dt>{(inForce ? "Until" : "Was until")}</dt><dd>{Times.At(given.Until, options)} (given {Times.At(given.Since, options)})</dd>
            <dt>The check</dt><dd>{(stage.Stored?.Gate.IsGood == true ? "The data is good. " : "")}{reason}</dd></dl></div>

            """);
    }

    static string ClassOf(ReportFacts facts) => facts.Stages.Count == 0
        ? Words.ClassOf(Verdict.Unknown)
        : Words.ClassOf(facts.Stages.Max(stage => Words.ColourOf(stage.Standing)));

    public static Markup Counts(VerdictCounts counts)
    {
        var html = new HtmlWriter();
        var separator = "";
        foreach (var (count, verdict) in new[]
        {
            (counts.Fail, Verdict.Fail), (counts.Unknown, Verdict.Unknown), (counts.Warn, Verdict.Warn), (counts.Pass, Verdict.Pass),
        })
        {
            if (count == 0)
                continue;
            html.Write($"{separator}<b class=\"{Words.ClassOf(verdict)}\">{Numbers.Count(count)} {Words.Of(verdict)}</b>");
            separator = ", ";
        }
        return counts.Total == 0 ? Markup.Of($"no verdicts") : Markup.From(html);
    }

    static string Incidents(ReportFacts facts)
    {
        if (facts.Incidents.Count == 0)
            return "no incidents";
        var started = facts.Incidents.Count(incident => incident.Since == facts.Day.Date);
        var ongoing = facts.Incidents.Count(incident => incident.Since < facts.Day.Date);
        var parts = new[] { started > 0 ? $"{started} new today" : "", ongoing > 0 ? $"{ongoing} going on" : "" }.Where(part => part.Length > 0);
        var text = string.Join(", ", parts);
        return Numbers.Many(facts.Incidents.Count, "incident") + (text.Length > 0 ? $" ({text})" : "");
    }

    static string Recovered(ReportFacts facts)
    {
        const int Shown = 5;
        var names = string.Join(", ", facts.Recovered.Take(Shown).Select(series => series.ToString()));
        return facts.Recovered.Count > Shown ? $"{names} and {facts.Recovered.Count - Shown} more" : names;
    }
}
