using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>Every row of a volume has a user id, and no tag in it is NULL.</summary>
/// <remarks>Days that were stored before these were counted have neither number, and are not judged by them.</remarks>
public sealed record IdsRule : IRule
{
    /// <summary>How far the day before may lie from what would tell where the rows come from, as a part of them.</summary>
    const double MostApart = 0.4;

    public string Kind => "ids";

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metrics.RowsWithoutUser, Metrics.NullTags];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var rows = Of(batch, Metrics.Rows)?.Value ?? 0;
        if (Of(batch, Metrics.RowsWithoutUser) is { } nameless)
            yield return Users(nameless, rows) with { Clue = nameless.Value > 0 ? WhereFrom(batch, nameless.Value, rows) : null };
        if (Of(batch, Metrics.NullTags) is { Value: > 0 } nulls)
            yield return Tags(nulls);
    }

    static Measurement.Taken? Of(Batch batch, string metric)
    {
        var series = new SeriesId(batch.Check, metric);
        return batch.Today.OfType<Measurement.Taken>().FirstOrDefault(taken => taken.Series == series);
    }

    Judgement Users(Measurement.Taken nameless, double rows) => new()
    {
        Series = nameless.Series,
        Rule = Kind,
        Verdict = nameless.Value > 0 ? Verdict.Fail : Verdict.Pass,
        Finding = nameless.Value > 0 ? Finding.NoId : Finding.Normal,
        Said = nameless.Value > 0
            ? new Phrase("verdict.no_user_id", ("count", nameless.Value), ("rows", rows), ("share", Said.Share(nameless.Value, rows)))
            : new Phrase("verdict.every_user_id"),
        Value = nameless.Value,
        Expected = 0,
        High = 0,
    };

    /// <summary>Whether these rows came on top of the usual ones or are those of users whose ids went; null when the days before cannot
    /// tell.</summary>
    static Phrase? WhereFrom(Batch batch, double nameless, double rows)
    {
        var before = batch.History.Of(new SeriesId(batch.Check, Metrics.Rows));
        if (before.Count == 0)
            return null;
        var usual = before[^1].Value;
        var apart = MostApart * nameless;
        return Math.Abs(rows - nameless - usual) <= apart ? new Phrase("cause.ids_on_top", ("count", nameless), ("rows", rows), ("usual", usual))
            : Math.Abs(rows - usual) <= apart ? new Phrase("cause.ids_emptied", ("count", nameless), ("rows", rows), ("usual", usual))
            : null;
    }

    /// <summary>A tag that got lost shows in its own count: this says why.</summary>
    Judgement Tags(Measurement.Taken nulls) => new()
    {
        Series = nulls.Series,
        Rule = Kind,
        Verdict = Verdict.Warn,
        Finding = Finding.NoId,
        Said = new Phrase("verdict.null_tags", ("count", nulls.Value)),
        Value = nulls.Value,
        Expected = 0,
        High = 0,
    };
}
