using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Judgements;

/// <summary>Something is there, and was there in time.</summary>
public sealed record DeadlineRule : IRule
{
    // Two years: what lies further off is told as that far off, and never leaves the calendar.
    const double FurthestMinutes = 1_000_000;

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
            Measurement.Taken taken => Landed(taken, batch.Day),
            Measurement.Missed { IsAbsent: true } missed => Due.NotThere(Kind, missed, batch, Deadline),
            Measurement.Missed missed => Unjudged.Missing(Kind, missed),
            _ => Unjudged.Missing(Kind, batch, Metrics.ReadyMinutes),
        };
    }

    Judgement Landed(Measurement.Taken taken, BusinessDay day)
    {
        var due = Due.At(day, Deadline);
        var minutes = Math.Clamp(taken.Value, -FurthestMinutes, FurthestMinutes);
        var landed = day.MorningAfter(TimeOnly.MinValue).AddMinutes(minutes);
        var late = landed > due;
        var sentence = $"Landed {Due.Clock(landed, day)}";
        if (due is not null)
            sentence += $", due {Due.Clock(due.Value, day)}";
        if (late)
            sentence += $": {Say.Number(Math.Ceiling((landed - due!.Value).TotalMinutes))} min late";
        return new Judgement
        {
            Series = taken.Series,
            Rule = Kind,
            Verdict = late ? Verdict.Fail : Verdict.Pass,
            Finding = late ? Finding.Late : Finding.Normal,
            Sentence = sentence + ".",
            Value = taken.Value,
            High = due is null ? null : day.MinutesAfter(due.Value),
        };
    }
}
