using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>A service reads the table of the business date, or, before it is switched, one of some days before.</summary>
public sealed record ReadsRule : IRule
{
    [PlanKey("The service's table of a date.")]
    public DatePattern Table { get; init; } = new("");

    [PlanKey("Days that the table may be behind the business date.")]
    public int Behind { get; init; }

    [PlanKey("Clock time of the morning after the business date.")]
    public TimeOnly? Deadline { get; init; }

    public string Kind => "reads";

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metrics.DaysBehind];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var series = new SeriesId(batch.Check, Metrics.DaysBehind);
        yield return batch.Today.FirstOrDefault(measurement => measurement.Series == series) switch
        {
            Measurement.Taken taken => Judge(taken, batch),
            Measurement.Missed missed => Unjudged.Missing(Kind, missed),
            _ => Unjudged.Missing(Kind, batch, Metrics.DaysBehind),
        };
    }

    Judgement Judge(Measurement.Taken taken, Batch batch)
    {
        var (read, wanted) = (Table.For(batch.Day.Date.AddDays(-(int)taken.Value)), Table.For(batch.Day.Date.AddDays(-Behind)));
        (string, object?)[] tables = [("table", read), ("wanted", wanted)];
        // What should have been switched days ago does not come by waiting.
        var (verdict, finding, name, cause) = (taken.Value - Behind) switch
        {
            > 0 => (Verdict.Fail, Behind > 0 ? Finding.Late : Due.FindingAt(batch, Deadline), "verdict.reads_behind", "cause.reads_behind"),
            0 => (Verdict.Pass, Finding.Normal, "verdict.reads", null),
            _ when taken.Value < 0 => (Verdict.Fail, Finding.Different, "verdict.reads_later", "cause.reads_later"),
            _ => (Verdict.Warn, Finding.Different, "verdict.reads_early", "cause.reads_early"),
        };
        var said = new Phrase(name, tables);
        return new Judgement
        {
            Series = taken.Series,
            Rule = Kind,
            Verdict = verdict,
            Finding = finding,
            Said = verdict == Verdict.Fail && finding != Finding.Different ? Due.With(said, batch, Behind > 0 ? null : Deadline) : said,
            Clue = cause is null ? null : new Phrase(cause, tables),
            Value = taken.Value,
            Expected = Behind,
            High = Behind,
        };
    }
}
