using TagGuard.Facts;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>The stages with their checks: one line for each number, and one for all tags of a check together.</summary>
static class StageSection
{
    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        html.Write($"<section>\n<h2>Stages</h2>\n");
        foreach (var stage in facts.Stages)
            WriteStage(html, stage, facts.ReasonOf(stage), options);
        html.Write($"</section>\n");
    }

    static void WriteStage(HtmlWriter html, StageFacts stage, string reason, ReportOptions options)
    {
        html.Write($"""
            <article class="stage">
            <h3>{stage.Name} <span class="badge {Words.ClassOf(Words.ColourOf(stage.Standing))}">{Words.SignOf(stage.Standing)} {Words.Of(stage.Standing)}</span></h3>
            <p class="meta">{reason.TrimEnd('.')}{RunOf(stage, options)}</p>

            """);
        if (stage.Counts.Total > 0)
            WriteTable(html, stage);
        html.Write($"</article>\n");
    }

    static string RunOf(StageFacts stage, ReportOptions options) => stage.Stored is null
        ? ""
        : $" · attempt {stage.Stored.Attempt}, {Times.Clock(stage.Stored.Started, options)} to {Times.Clock(stage.Stored.Finished, options)}, took {Numbers.Took(stage.Stored.Finished - stage.Stored.Started)}";

    static void WriteTable(HtmlWriter html, StageFacts stage)
    {
        html.Write($"<table class=\"checks\">\n<thead><tr><th>Verdict</th><th>Check</th><th class=\"n\">Value</th><th class=\"n\">Expected</th><th>Finding</th></tr></thead>\n<tbody>\n");
        foreach (var check in stage.Stored!.Judgements.Select(stored => stored.Judgement).GroupBy(judgement => judgement.Series.Check))
        {
            foreach (var judgement in check.Where(judgement => judgement.Series.Key.Length == 0))
                WriteRow(html, judgement);
            foreach (var rule in check.Where(judgement => judgement.Series.Key.Length > 0).GroupBy(judgement => judgement.Rule))
                WriteGroup(html, [.. rule]);
        }
        html.Write($"</tbody></table>\n");
    }

    static void WriteRow(HtmlWriter html, Judgement judgement)
    {
        var metric = judgement.Series.Metric;
        var value = judgement.Value is double known ? Numbers.Value(metric, known) : Numbers.None;
        html.Write($"""
            <tr><td>{Words.Badge(judgement.Verdict)}<td><b>{judgement.Series.Check}</b> <small>{Words.OfMetric(metric)}, {judgement.Rule}</small><td class="n" data-is="Value">{value}<td class="n" data-is="Expected">{ExpectedOf(judgement)}<td>{judgement.Sentence}

            """);
    }

    /// <summary>All tags of a check under one rule: how many are in order, and the worst as an example.</summary>
    static void WriteGroup(HtmlWriter html, List<Judgement> judgements)
    {
        var counts = VerdictCounts.Of(judgements);
        var worst = judgements.MaxBy(judgement => judgement.Verdict)!;
        var example = counts.Worst == Verdict.Pass ? "" : $" · {Words.NameOf(worst.Series)}: {worst.Sentence}";
        html.Write($"""
            <tr><td>{Words.Badge(counts.Worst)}<td><b>{worst.Series.Check}</b> <small>each of {Numbers.Count(counts.Total)}, {worst.Rule}</small><td class="n"><td class="n"><td>{Headline.Counts(counts)}{example}

            """);
    }

    static string ExpectedOf(Judgement judgement) => (Numbers.Interval(judgement.Series.Metric, judgement.Low, judgement.High), judgement.Expected) switch
    {
        ({ Length: > 0 } interval, _) => interval,
        (_, double expected) => Numbers.Expected(judgement.Series.Metric, expected),
        _ => Numbers.None,
    };
}
