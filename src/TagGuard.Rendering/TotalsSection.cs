using TagGuard.Facts;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>The totals of each check over time, folded.</summary>
static class TotalsSection
{
    const int MostCharts = 40;

    public static void Write(HtmlWriter html, ReportFacts facts)
    {
        var totals = facts.Day.Series
            .Where(series => series.Id is { Key: "", Metric: not (Metrics.FamilyMark or Metrics.TableTags) } && series.Before.Count > 0)
            .OrderBy(series => series.Id)
            .ToList();
        if (totals.Count == 0)
            return;
        var words = html.Words;
        html.Write(
            $"<details class=\"all\"><summary>{words.Say("report.totals")} "
                + $"<small>{words.Say("report.charts", ("count", totals.Count))}</small></summary>\n<div class=\"grid\">\n");
        var judged = facts
            .Day.Stages.SelectMany(stage => stage.Judgements)
            .Select(stored => stored.Judgement)
            .Where(judgement => judgement.Series.Key.Length == 0)
            .GroupBy(judgement => judgement.Series)
            .ToDictionary(same => same.Key, same => same.MaxBy(judgement => judgement.Verdict));
        foreach (var series in totals.Take(MostCharts))
        {
            html.Write($"<article class=\"card\"><h3>{series.Id.Check} <small>{words.OfMetric(series.Id.Metric)}</small></h3>\n");
            Chart.Write(html, series, judged.GetValueOrDefault(series.Id), facts.Day.Date);
            html.Write($"</article>\n");
        }
        html.Write($"</div>\n");
        if (totals.Count > MostCharts)
            html.Write($"<p>{words.Say("report.not_drawn", ("count", totals.Count - MostCharts))}</p>\n");
        html.Write($"</details>\n");
    }
}
