using TagGuard.Facts;
using TagGuard.Reports;
using TagGuard.Storage;

namespace TagGuard.Rendering;

/// <summary>The stages with their checks: one line for each number, and one for all tags of a check together.</summary>
static class StageSection
{
    public static void Write(HtmlWriter html, ReportFacts facts, Anchors anchors, ReportOptions options)
    {
        html.Write($"<section>\n<h2>{html.Words.Say("report.stages")}</h2>\n");
        foreach (var stage in facts.Stages)
            WriteStage(html, stage, [.. facts.IncidentsOf(stage)], anchors, options);
        html.Write($"</section>\n");
    }

    static void WriteStage(HtmlWriter html, StageFacts stage, List<IncidentFacts> incidents, Anchors anchors, ReportOptions options)
    {
        var words = html.Words;
        html.Write($"""
            <article class="stage" id="{anchors.Of(stage)}">
            <h3>{stage.Name} <span class="badge {Signs.ClassOf(stage.Standing)}">{Signs.Of(stage.Standing)} {words.StandingOf(stage)}</span></h3>
            <p class="meta">
            """);
        // What closes it stands above, once.
        if (incidents.Count > 0)
            html.Write($"<a href=\"#{anchors.Of(incidents[0])}\">{words.Say("report.to_incidents", ("count", incidents.Count))}</a>");
        else
            html.Write($"{words.Say(stage.Why).TrimEnd('.', '。')}");
        html.Write($"{RunOf(words, stage, options)}</p>\n");
        if (stage.Counts.Total > 0)
        {
            html.Write($"<details class=\"folded\"><summary>{Headline.Counts(words, stage.Counts)}</summary>\n");
            WriteTable(html, stage, anchors);
            html.Write($"</details>\n");
        }
        html.Write($"</article>\n");
    }

    static string RunOf(Words words, StageFacts stage, ReportOptions options) => stage.Stored is not { } run ? "" : " · " + words.Say(
        "report.attempt",
        ("attempt", run.Attempt),
        ("from", Words.Clock(run.Started, options)),
        ("to", Words.Clock(run.Finished, options)),
        ("took", words.Took(run.Finished - run.Started)));

    static void WriteTable(HtmlWriter html, StageFacts stage, Anchors anchors)
    {
        var words = html.Words;
        html.Write($"<table class=\"checks\">\n<thead><tr><th>{words.Say("report.verdict")}</th><th>{words.Say("report.check")}</th>");
        html.Write($"<th class=\"n\">{words.Say("report.value")}</th><th class=\"n\">{words.Say("report.expected")}</th>");
        html.Write($"<th>{words.Say("report.finding")}</th></tr></thead>\n<tbody>\n");
        var judged = stage.Stored!.Judgements.Select(stored => stored.Judgement).ToLookup(judgement => judgement.Series.Check);
        var passed = stage.Stored.Passes.Select(stored => stored.Passes).ToLookup(passes => passes.Check);
        var checks = stage.Stored.Checks.Select(check => check.Name).Union(judged.Select(same => same.Key)).Union(passed.Select(same => same.Key));
        foreach (var check in checks)
            WriteCheck(html, check, [.. judged[check]], [.. passed[check]], anchors);
        html.Write($"</tbody></table>\n");
    }

    static void WriteCheck(HtmlWriter html, string check, List<Judgement> judgements, List<Passes> passes, Anchors anchors)
    {
        foreach (var judgement in judgements.Where(judgement => judgement.Series.Key.Length == 0))
            WriteRow(html, judgement, anchors);
        var ofKeys = judgements.Where(one => one.Series.Key.Length > 0).ToLookup(one => (one.Series.Metric, one.Rule));
        foreach (var rule in passes.Select(one => (one.Metric, one.Rule)).Union(ofKeys.Select(same => same.Key)))
        {
            var passed = passes.Where(one => (one.Metric, one.Rule) == rule).Sum(one => one.Count);
            WriteGroup(html, (check, rule.Metric, rule.Rule), [.. ofKeys[rule]], passed, anchors);
        }
    }

    static void WriteRow(HtmlWriter html, Judgement judgement, Anchors anchors)
    {
        var (words, metric) = (html.Words, judgement.Series.Metric);
        var value = judgement.Value is double known ? words.Value(metric, known) : Numbers.None;
        var about = words.Say("report.metric_and_rule", ("metric", words.OfMetric(metric)), ("rule", judgement.Rule));
        var (ofValue, ofExpected) = (words.Say("report.value"), words.Say("report.expected"));
        html.Write(
            $"<tr><td>{words.Badge(judgement.Verdict)}<td><b>{judgement.Series.Check}</b> <small>{about}</small>"
                + $"<td class=\"n\" data-is=\"{ofValue}\">{value}<td class=\"n\" data-is=\"{ofExpected}\">{ExpectedOf(words, judgement)}"
                + $"<td>{Said(words, judgement, anchors)}\n");
    }

    /// <summary>All tags of a check under one rule: how many are in order, and the worst as an example.</summary>
    static void WriteGroup(
        HtmlWriter html, (string Check, string Metric, string Rule) of, List<Judgement> judgements, int passed, Anchors anchors)
    {
        var counts = VerdictCounts.Of(judgements, passed);
        var words = html.Words;
        var example = counts.Worst == Verdict.Pass || judgements.MaxBy(judgement => judgement.Verdict) is not { } worst ? default
            : Markup.Of($" · {words.NameOf(worst.Series)}: {Said(words, worst, anchors)}");
        var each = words.Say(of.Metric == Metrics.FamilyUsers ? "report.each_family" : "report.each_of", ("count", counts.Total), ("rule", of.Rule));
        html.Write(
            $"<tr><td>{words.Badge(counts.Worst)}<td><b>{of.Check}</b> <small>{each}</small>"
                + $"<td class=\"n\"><td class=\"n\"><td>{Headline.Counts(words, counts)}{example}\n");
    }

    /// <summary>What was found; of what an incident tells, only where it stands.</summary>
    static Markup Said(Words words, Judgement judgement, Anchors anchors) =>
        judgement.Verdict != Verdict.Pass && anchors.Of(judgement.Series) is { } incident
            ? Markup.Of($"<a href=\"#{incident}\">{words.Say("report.told_above", ("finding", words.Of(judgement.Finding)))}</a>")
            : Markup.Of($"{words.SentenceOf(judgement)}");

    static string ExpectedOf(Words words, Judgement judgement) =>
        (words.Interval(judgement.Series.Metric, judgement.Low, judgement.High), judgement.Expected) switch
        {
            ({ Length: > 0 } interval, _) => interval,
            (_, double expected) => words.Expected(judgement.Series.Metric, expected),
            _ => Numbers.None,
        };
}
