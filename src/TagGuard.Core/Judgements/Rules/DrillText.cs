using TagGuard.Facts;
using TagGuard.Keys;

namespace TagGuard.Judgements.Rules;

/// <summary>What a drill-down found, read back from a check's measurements, and its sentences.</summary>
/// <param name="batch">The measurements.</param>
/// <param name="leftName">Name of the left side.</param>
/// <param name="rightName">Name of the right side.</param>
/// <param name="export">The file for the keys, or null.</param>
sealed class DrillText(Batch batch, string leftName, string rightName, DatePattern? export)
{
    /// <summary>Keys of each kind that a sentence names.</summary>
    const int MostNamed = 3;

    /// <summary>Why no keys were found although they were looked for; null when nobody looked, or it went well.</summary>
    public Measurement.Missed? Missed => batch.Today.OfType<Measurement.Missed>().FirstOrDefault(missed => missed.Series == Series(Metrics.MissingThere));

    public bool IsThere => Number(Metrics.MissingThere) is not null;

    /// <summary>Keys that differ, at least: a bucket that differs and was not searched holds one or more.</summary>
    public double Differing =>
        Of(Metrics.MissingThere) + Of(Metrics.ExtraThere) + Of(Metrics.DifferentThere) + Of(Metrics.DifferingBuckets) - Of(Metrics.SearchedBuckets);

    /// <summary>The sentences, each with a blank before it; nothing when nobody looked.</summary>
    public string Sentences => Missed is { } missed ? $" Which rows they are could not be told: {missed.Reason}" : IsThere ? Kinds + Sample + Repeats + File : "";

    string Kinds =>
        $" By key: {Kind(Metrics.MissingThere, "missing there")}, {Kind(Metrics.ExtraThere, "extra there")}, {Kind(Metrics.DifferentThere, "different")}.";

    string Sample => Of(Metrics.SearchedBuckets) < Of(Metrics.DifferingBuckets)
        ? $" That is what {Say.Number(Of(Metrics.SearchedBuckets))} of {Say.Number(Of(Metrics.DifferingBuckets))} differing buckets of keys hold; the others hold too many rows to be compared one by one."
        : "";

    string Repeats => Side(Metrics.LeftRepeats, leftName) + Side(Metrics.RightRepeats, rightName);

    string File => (export, Number(Metrics.ExportedKeys), MissedExport) switch
    {
        ({ } path, double written, _) => $" {(written < Of(Metrics.MissingThere) + Of(Metrics.ExtraThere) + Of(Metrics.DifferentThere) ? $"The first {Say.Number(written)}" : "All of them")} are in {path.For(batch.Day.Date)}.",
        (_, _, { } missed) => $" {missed.Reason}",
        _ => "",
    };

    /// <summary>An older TagGuard wrote the file while it measured, and stored what went wrong.</summary>
    Measurement.Missed? MissedExport => batch.Today.OfType<Measurement.Missed>().FirstOrDefault(missed => missed.Series == Series(Metrics.ExportedKeys));

    string Side(string metric, string name) => Of(metric) > 0 ? $" {Say.Number(Of(metric))} {(Of(metric) == 1 ? "row of" : "rows of")} {name} {(Of(metric) == 1 ? "repeats" : "repeat")} a key." : "";

    string Kind(string metric, string words)
    {
        var keys = batch.Today.Where(one => one.Series.Metric == metric && one.Series.Key.Length > 0).Select(one => one.Series.Key).Order(StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", keys.Take(MostNamed));
        var more = Of(metric) > Math.Min(keys.Count, MostNamed) ? ", …" : "";
        return $"{Say.Number(Of(metric))} {words}{(keys.Count > 0 ? $" ({shown}{more})" : "")}";
    }

    double Of(string metric) => Number(metric) ?? 0;

    double? Number(string metric) => batch.Today.OfType<Measurement.Taken>().FirstOrDefault(taken => taken.Series == Series(metric))?.Value;

    SeriesId Series(string metric) => new(batch.Check, metric);
}
