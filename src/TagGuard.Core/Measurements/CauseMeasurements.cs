using System.Globalization;
using TagGuard.Facts;
using TagGuard.Reconciliations;

namespace TagGuard.Measurements;

/// <summary>What shows why two sides differ, as measurements: what is said of it is the judgement's.</summary>
static class CauseMeasurements
{
    public static IEnumerable<Measurement> Of(MeasureContext context, Drilled drilled)
    {
        var causes = drilled.Causes;
        foreach (var slice in causes.Slices.DistinctBy(slice => (slice.From, slice.To)))
            yield return Taken(Metrics.MissingSlice, $"{slice.From} … {slice.To}", slice.Rows);
        if (causes.Lost is { } lost)
            yield return Taken(
                Metrics.LostBucket, string.Create(CultureInfo.InvariantCulture, $"{lost.Bucket}/{lost.Of} {lost.By}"), drilled.Missing);
        if (causes.Collapsed > 0)
            yield return Taken(Metrics.CollapsedRows, "", causes.Collapsed);
        if (causes.Stale is { } stale)
            yield return Taken(
                Metrics.StaleRows,
                DateTimeOffset.FromUnixTimeMilliseconds(stale.Newest).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                stale.Rows);
        if (causes.Renamed is { } renamed)
            yield return Taken(Metrics.RenamedKeys, renamed.By, renamed.Rows);

        Measurement Taken(string metric, string key, long value) => new Measurement.Taken(context.Series(metric, key), value);
    }
}
