using TagGuard.Facts;

namespace TagGuard.Judgements.Rules;

/// <summary>Which series are volumes: counts that are judged against their own past.</summary>
static class VolumeSeries
{
    static readonly string[] Totals =
        [Facts.Metrics.Rows, Facts.Metrics.TaggedUsers, Facts.Metrics.ActiveUsers, Facts.Metrics.LeftRows, Facts.Metrics.RightRows];

    /// <summary>Their metrics.</summary>
    public static IReadOnlyList<string> Metrics { get; } = [Facts.Metrics.TagCount, .. Totals];

    public static bool Has(SeriesId series) =>
        series.Key.Length > 0 ? series.Metric == Facts.Metrics.TagCount : Array.IndexOf(Totals, series.Metric) >= 0;

    public static IReadOnlyList<Measurement> In(Batch batch) => [.. batch.Today.Where(measurement => Has(measurement.Series))];
}
