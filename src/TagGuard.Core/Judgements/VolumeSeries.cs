using TagGuard.Measurements;

namespace TagGuard.Judgements;

/// <summary>Which series are volumes: counts that are judged against their own past.</summary>
static class VolumeSeries
{
    public static bool Has(SeriesId series) => series.Key.Length > 0
        ? series.Metric == Metrics.TagCount
        : series.Metric is Metrics.Rows or Metrics.TaggedUsers or Metrics.ActiveUsers or Metrics.LeftRows or Metrics.RightRows;

    public static IReadOnlyList<Measurement> In(Batch batch) => [.. batch.Today.Where(measurement => Has(measurement.Series))];
}
