using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>Why two sides differ, as far as the keys showed it, in sentences.</summary>
/// <param name="batch">The measurements.</param>
/// <param name="leftName">Name of the left side.</param>
/// <param name="rightName">Name of the right side.</param>
sealed class CauseText(Batch batch, string leftName, string rightName)
{
    public IEnumerable<Phrase> Sentences()
    {
        foreach (var slice in Of(Metrics.MissingSlice))
            yield return new Phrase("verdict.missing_slice", ("side", rightName), ("keys", slice.Series.Key), ("count", slice.Value));
        foreach (var lost in Of(Metrics.LostBucket))
        {
            var (part, hash) = lost.Series.Key.Split(' ') is [var first, var second] ? (first, second) : (lost.Series.Key, "");
            yield return new Phrase("verdict.lost_bucket", ("part", part), ("hash", hash));
        }
        foreach (var collapsed in Of(Metrics.CollapsedRows))
            yield return new Phrase("verdict.collapsed", ("count", collapsed.Value), ("side", leftName), ("other", rightName));
        foreach (var stale in Of(Metrics.StaleRows))
            yield return new Phrase("verdict.stale_there", ("count", stale.Value), ("side", rightName), ("time", stale.Series.Key));
        foreach (var renamed in Of(Metrics.RenamedKeys))
            yield return new Phrase(NameOf(renamed.Series.Key), ("count", renamed.Value), ("side", rightName));
    }

    static string NameOf(string by) => by switch
    {
        "spaces" => "verdict.renamed_spaces",
        "zeros" => "verdict.renamed_zeros",
        "prefix" => "verdict.renamed_prefix",
        _ => "verdict.renamed_encoding",
    };

    IEnumerable<Measurement.Taken> Of(string metric) => batch.Today.OfType<Measurement.Taken>()
        .Where(taken => taken.Series.Check == batch.Check && taken.Series.Metric == metric)
        .OrderBy(taken => taken.Series.Key, StringComparer.Ordinal);
}
