using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>What a drill-down found, read back from a check's measurements, and what is said of it.</summary>
/// <param name="batch">The measurements.</param>
/// <param name="leftName">Name of the left side.</param>
/// <param name="rightName">Name of the right side.</param>
/// <param name="export">The file for the keys, or null.</param>
sealed class DrillText(Batch batch, string leftName, string rightName, DatePattern? export)
{
    /// <summary>The part of the missing keys that must be there in another case to say that case is why.</summary>
    const double MostOfThem = 0.9;

    /// <summary>Keys of each kind that a sentence names.</summary>
    const int MostNamed = 3;

    /// <summary>Why no keys were found although they were looked for; null when nobody looked, or it went well.</summary>
    public Measurement.Missed? Missed =>
        batch.Today.OfType<Measurement.Missed>().FirstOrDefault(missed => missed.Series == Series(Metrics.MissingThere));

    public bool IsThere => Number(Metrics.MissingThere) is not null;

    /// <summary>Keys that differ, at least: a bucket that differs and was not searched holds one or more.</summary>
    public double Differing =>
        Of(Metrics.MissingThere) + Of(Metrics.ExtraThere) + Of(Metrics.DifferentThere) + Of(Metrics.DifferingBuckets) - Of(Metrics.SearchedBuckets);

    /// <summary>A sentence, and what is said of the rows behind it; the sentence alone when nobody looked.</summary>
    public Phrase After(Phrase sentence) => (Missed, IsThere) switch
    {
        ({ } missed, _) => sentence.And(new Phrase("verdict.rows_unknown", ("reason", missed.Reason))),
        (_, true) => new[] { Kinds, Case, Sample, Side(Metrics.LeftRepeats, leftName), Side(Metrics.RightRepeats, rightName), File }
            .OfType<Phrase>().Concat(new CauseText(batch, leftName, rightName).Sentences()).Aggregate(sentence, (said, next) => said.And(next)),
        _ => sentence,
    };

    Phrase Kinds => new("verdict.by_key",
        ("missing", Kind(Metrics.MissingThere, "verdict.missing_there")),
        ("extra", Kind(Metrics.ExtraThere, "verdict.extra_there")),
        ("different", Kind(Metrics.DifferentThere, "verdict.different_there")));

    Phrase? Case => Of(Metrics.InOtherCase) > 0 ? new Phrase("verdict.in_other_case", ("count", Of(Metrics.InOtherCase))) : null;

    /// <summary>The cause that the keys show; null when they show none.</summary>
    public Phrase? Clue
    {
        get
        {
            var (missing, extra, repeats) = (Of(Metrics.MissingThere), Of(Metrics.ExtraThere), Of(Metrics.LeftRepeats));
            if (!IsThere)
                return null;
            if (missing > 0 && Of(Metrics.InOtherCase) >= MostOfThem * missing)
                return new Phrase("cause.keys_case", ("count", Of(Metrics.InOtherCase)), ("missing", missing));
            if (NullAgainstEmpty is { } written)
                return written;
            var isWhole = Of(Metrics.SearchedBuckets) >= Of(Metrics.DifferingBuckets);
            return isWhole && missing == 0 && extra == 0 && repeats > 0 && repeats == Of(Metrics.LeftRows) - Of(Metrics.RightRows)
                ? new Phrase("cause.left_repeats", ("left_name", leftName), ("right_name", rightName), ("count", repeats))
                : null;
        }
    }

    /// <summary>All that differs is the row without a key: NULL on one side, an empty text on the other.</summary>
    Phrase? NullAgainstEmpty
    {
        get
        {
            if ((Of(Metrics.MissingThere), Of(Metrics.ExtraThere), Of(Metrics.DifferentThere)) is not (1, 1, 0))
                return null;
            return (KeysOf(Metrics.MissingThere), KeysOf(Metrics.ExtraThere)) switch
            {
                ([Difference.NoKey], [Difference.EmptyKey]) => Written(leftName, rightName),
                ([Difference.EmptyKey], [Difference.NoKey]) => Written(rightName, leftName),
                _ => null,
            };

            static Phrase Written(string nulls, string empties) => new("cause.null_or_empty", ("nulls", nulls), ("empties", empties));
        }
    }

    Phrase? Sample => Of(Metrics.SearchedBuckets) < Of(Metrics.DifferingBuckets)
        ? new Phrase("verdict.searched", ("searched", Of(Metrics.SearchedBuckets)), ("differing", Of(Metrics.DifferingBuckets)))
        : null;

    Phrase? File => (export?.For(batch.Day.Date), Number(Metrics.ExportedKeys), MissedExport) switch
    {
        ({ } path, double written, _) when written < Of(Metrics.MissingThere) + Of(Metrics.ExtraThere) + Of(Metrics.DifferentThere) =>
            new Phrase("verdict.first_in_file", ("count", written), ("file", path)),
        ({ } path, double, _) => new Phrase("verdict.all_in_file", ("file", path)),
        (_, _, { } missed) => new Phrase("verdict.absent", ("reason", missed.Reason)),
        _ => null,
    };

    /// <summary>An older TagGuard wrote the file while it measured, and stored what went wrong.</summary>
    Measurement.Missed? MissedExport =>
        batch.Today.OfType<Measurement.Missed>().FirstOrDefault(missed => missed.Series == Series(Metrics.ExportedKeys));

    Phrase? Side(string metric, string name) => Of(metric) > 0 ? new Phrase("verdict.repeats", ("count", Of(metric)), ("side", name)) : null;

    Phrase Kind(string metric, string name)
    {
        var keys = KeysOf(metric);
        var shown = string.Join(", ", keys.Take(MostNamed));
        var more = Of(metric) > Math.Min(keys.Count, MostNamed) ? ", …" : "";
        var kind = new Phrase(name, ("count", Of(metric)));
        return keys.Count > 0 ? new Phrase("verdict.named", ("what", kind), ("keys", shown + more)) : kind;
    }

    /// <summary>Keys of a kind that are named.</summary>
    List<string> KeysOf(string metric) => [.. batch
        .Today.Where(one => one.Series.Metric == metric && one.Series.Key.Length > 0)
        .Select(one => one.Series.Key)
        .Order(StringComparer.Ordinal)];

    double Of(string metric) => Number(metric) ?? 0;

    double? Number(string metric) => batch.Today.OfType<Measurement.Taken>().FirstOrDefault(taken => taken.Series == Series(metric))?.Value;

    SeriesId Series(string metric) => new(batch.Check, metric);
}
