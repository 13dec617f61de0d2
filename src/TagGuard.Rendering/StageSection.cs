using TagGuard.Facts;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>The stages with their checks: one line for each number, and one for all tags of a check together.</summary>
static class StageSection
{
    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        html.Write($"<section>\n<h2>{html.Words.Say("report.stages")}</h2>\n");
        foreach (var stage in facts.Stages)
            WriteStage(html, stage, html.Words.Say(facts.ReasonOf(stage)), options);
        html.Write($"</section>\n");
    }

    static void WriteStage(HtmlWriter html, StageFacts stage, string reason, ReportOptions options)
    {
        var standing = html.Words.StandingOf(stage);
        html.Write($"""
            <article class="stage">
            <h3>{stage.Name} <span class="badge {Signs.ClassOf(stage.Standing)}">{Signs.Of(stage.Standing)} {standing}</span></h3>
            <p class="meta">{reason.TrimEnd('.', '。')}{RunOf(html.Words, stage, options)}</p>

            """);
        if (stage.Counts.Total > 0)
            WriteTable(html, stage);
        html.Write($"</article>\n");
    }

    static string RunOf(Words words, StageFacts stage, ReportOptions options) => stage.Stored is not { } run ? "" : " · " + words.Say(
        "report.attempt",
        ("attempt", run.Attempt),
        ("from", Words.Clock(run.Started, options)),
        ("to", Words.Clock(run.Finished, options)),
        ("took", words.Took(run.Finished - run.Started)));

    static void WriteTable(HtmlWriter html, StageFacts stage)
    {
        var words = html.Words;
        html.Write($"<table class=\"checks\">\n<thead><tr><th>{words.Say("report.verdict")}</th><th>{words.Say("report.check")}</th>");
        html.Write($"<th class=\"n\">{words.Say("report.value")}</th><th class=\"n\">{words.Say("report.expected")}</th>");
        html.Write($"<th>{words.Say("report.finding")}</th></tr></thead>\n<tbody>\n");
        foreach (var check in stage.Stored!.Judgements.Select(stored => stored.Judgement).GroupBy(judgement => judgement.Series.Check))
        {
            foreach (var judgement in check.Where(judgement => judgement.Series.Key.Length == 0))
                WriteRow(html, judgement);
            foreach (var rule in check.Where(one => one.Series.Key.Length > 0).GroupBy(one => (one.Series.Metric, one.Rule)))
                WriteGroup(html, [.. rule]);
        }
        html.Write($"</tbody></table>\n");
    }

    static void WriteRow(HtmlWriter html, Judgement judgement)
    {
        var (words, metric) = (html.Words, judgement.Series.Metric);
        var value = judgement.Value is double known ? words.Value(metric, known) : Numbers.None;
        var about = words.Say("report.metric_and_rule", ("metric", words.OfMetric(metric)), ("rule", judgement.Rule));
        var (ofValue, ofExpected) = (words.Say("report.value"), words.Say("report.expected"));
        html.Write(
            $"<tr><td>{words.Badge(judgement.Verdict)}<td><b>{judgement.Series.Check}</b> <small>{about}</small>"
                + $"<td class=\"n\" data-is=\"{ofValue}\">{value}<td class=\"n\" data-is=\"{ofExpected}\">{ExpectedOf(words, judgement)}"
                + $"<td>{words.SentenceOf(judgement)}\n");
    }

    /// <summary>All tags of a check under one rule: how many are in order, and the worst as an example.</summary>
    static void WriteGroup(HtmlWriter html, List<Judgement> judgements)
    {
        var counts = VerdictCounts.Of(judgements);
        var worst = judgements.MaxBy(judgement => judgement.Verdict)!;
        var words = html.Words;
        var example =
            counts.Worst == Verdict.Pass
                ? ""
                : " · " + words.Say("report.example", ("name", words.NameOf(worst.Series)), ("sentence", words.SentenceOf(worst)));
        var each = words.Say(worst.Series.IsFamily ? "report.each_family" : "report.each_of", ("count", counts.Total), ("rule", worst.Rule));
        html.Write(
            $"<tr><td>{words.Badge(counts.Worst)}<td><b>{worst.Series.Check}</b> <small>{each}</small>"
                + $"<td class=\"n\"><td class=\"n\"><td>{Headline.Counts(words, counts)}{example}\n");
    }

    static string ExpectedOf(Words words, Judgement judgement) =>
        (words.Interval(judgement.Series.Metric, judgement.Low, judgement.High), judgement.Expected) switch
        {
            ({ Length: > 0 } interval, _) => interval,
            (_, double expected) => words.Expected(judgement.Series.Metric, expected),
            _ => Numbers.None,
        };
}
