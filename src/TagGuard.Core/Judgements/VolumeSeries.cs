using TagGuard.Measurements;

namespace TagGuard.Judgements;

/// <summary>Which series are volumes: counts that are judged against their own past.</summary>
static class VolumeSeries
{
    static readonly string[] Totals =
        [Measurements.Metrics.Rows, Measurements.Metrics.TaggedUsers, Measurements.Metrics.ActiveUsers, Measurements.Metrics.LeftRows, Measurements.Metrics.RightRows];

    /// <summary>Their metrics.</summary>
    public static IReadOnlyList<string> Metrics { get; } = [Measurements.Metrics.TagCount, .. Totals];

    public static bool Has(SeriesId series) => series.Key.Length > 0 ? series.Metric == Measurements.Metrics.TagCount : Array.IndexOf(Totals, series.Metric) >= 0;

    public static IReadOnlyList<Measurement> In(Batch batch) => [.. batch.Today.Where(measurement => Has(measurement.Series))];
}
