using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>No user is in the partition twice.</summary>
public sealed record DuplicatesRule : IRule
{
    [PlanKey("Most rows that may repeat a user: a number or percent of the rows. Default 0.", Example = "0.1%")]
    public Tolerance AtMost { get; init; }

    public string Kind => "duplicates";

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metrics.DuplicateUsers, Metrics.DuplicatePairs];

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (AtMost.IsPercent && AtMost.Amount >= 100)
            yield return (
                "at_most",
                $"at_most {AtMost} can never fail: the first row of a user repeats nobody, so fewer than 100% of the rows do. Use e.g. 0.1%.");
        if (!(AtMost.Amount >= 0))
            yield return ("at_most", $"at_most {AtMost} would always fail: no rows can be fewer than 0. Use 0.");
    }

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var repeated = Of(batch, Metrics.DuplicateUsers) ?? Of(batch, Metrics.DuplicatePairs);
        var rows = Of(batch, Metrics.Rows);
        yield return (repeated, rows) switch
        {
            (Measurement.Taken taken, Measurement.Taken all) => Judge(taken, all.Value, Of(batch, Metrics.RowsWithoutUser)),
            (Measurement.Taken taken, _) when !AtMost.IsPercent => Judge(taken, null, null),
            (Measurement.Missed missed, _) => Unjudged.Missing(Kind, missed),
            (_, Measurement.Missed missed) => Unjudged.Missing(Kind, missed),
            _ => Unjudged.Missing(Kind, batch, Metrics.DuplicateUsers),
        };
    }

    static Measurement? Of(Batch batch, string metric)
    {
        var series = new SeriesId(batch.Check, metric);
        return batch.Today.FirstOrDefault(measurement => measurement.Series == series);
    }

    /// <summary>Rows that are a multiple of the different ones: a load that ran again, and no join.</summary>
    static Phrase? LoadedAgain(double repeated, double rows) => Multiple.Of(rows, rows - repeated) is { } times
        ? new Phrase("cause.loaded_times", ("rows", rows), ("times", times), ("different", rows - repeated))
        : null;

    Judgement Judge(Measurement.Taken repeated, double? rows, Measurement? nameless)
    {
        var most = AtMost.Of(rows ?? 0, 0);
        var fails = repeated.Value > most;
        var arePairs = repeated.Series.Metric == Metrics.DuplicatePairs;
        return new Judgement
        {
            Series = repeated.Series,
            Rule = Kind,
            Verdict = fails ? Verdict.Fail : Verdict.Pass,
            Finding = fails ? Finding.Duplicates : Finding.Normal,
            Said = (repeated.Value, rows) switch
            {
                (0, _) => new Phrase(arePairs ? "verdict.no_duplicate_pairs" : "verdict.no_duplicates"),
                (var count, { } of) when of > 0 => new Phrase(
                    arePairs ? "verdict.duplicate_pairs" : "verdict.duplicates",
                    ("repeated", count), ("share", Said.Share(count, of)), ("rows", of), ("allowed", AtMost.ToString())),
                (var count, _) => new Phrase(
                    arePairs ? "verdict.duplicate_pairs_alone" : "verdict.duplicates_alone", ("repeated", count), ("allowed", AtMost.ToString())),
            },
            Value = repeated.Value,
            Expected = 0,
            High = most,
            Clue = fails && rows is { } all ? LoadedAgain(repeated.Value, all - ((nameless as Measurement.Taken)?.Value ?? 0)) : null,
        };
    }
}
