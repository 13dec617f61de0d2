using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>Something is there, and was there in time. A time after now, or the zero of
/// a clock where a deadline asks for the time, is none.</summary>
public sealed record DeadlineRule : IRule
{
    [PlanKey("Clock time of the morning after the business date.")]
    public TimeOnly? Deadline { get; init; }

    public string Kind => "deadline";

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metrics.ReadyMinutes];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var series = new SeriesId(batch.Check, Metrics.ReadyMinutes);
        yield return batch.Today.FirstOrDefault(measurement => measurement.Series == series) switch
        {
            Measurement.Taken taken => Landed(taken, batch),
            Measurement.Missed { IsAbsent: true } missed => Due.NotThere(Kind, missed, batch, Deadline),
            Measurement.Missed missed => Unjudged.Missing(Kind, missed),
            _ => Unjudged.Missing(Kind, batch, Metrics.ReadyMinutes),
        };
    }

    Judgement Landed(Measurement.Taken taken, Batch batch)
    {
        var day = batch.Day;
        var due = Due.At(day, Deadline);
        var landed = day.InstantAfter(taken.Value);
        if (ImpossibleTime.IsAhead(landed, batch.Now, ImpossibleTime.ClockDifference) || (due is not null && ImpossibleTime.IsZero(landed)))
            return ImpossibleTime.Of(Kind, taken, batch, landed, new Phrase("verdict.last_change"));
        var late = landed > due;
        var (at, by) = (Due.Clock(landed, day), due is null ? "" : Due.Clock(due.Value, day));
        return new Judgement
        {
            Series = taken.Series,
            Rule = Kind,
            Verdict = late ? Verdict.Fail : Verdict.Pass,
            Finding = late ? Finding.Late : Finding.Normal,
            Said = late ? new Phrase("verdict.landed_late_by", ("at", at), ("due", by), ("late", ImpossibleTime.Span(landed - due!.Value)))
                : due is null ? new Phrase("verdict.landed", ("at", at))
                : new Phrase("verdict.landed_due", ("at", at), ("due", by)),
            Value = taken.Value,
            High = due is null ? null : day.MinutesAfter(due.Value),
        };
    }
}
