using System.Globalization;
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

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var series = new SeriesId(batch.Check, Metrics.ReadyMinutes);
        yield return batch.Today.FirstOrDefault(measurement => measurement.Series == series) switch
        {
            Measurement.Taken taken => Landed(taken, batch.Day),
            Measurement.Missed { IsAbsent: true } missed => NotThere(missed, batch),
            Measurement.Missed missed => Unjudged.Missing(Kind, missed),
            _ => Unjudged.Missing(Kind, batch, Metrics.ReadyMinutes),
        };
    }

    Judgement Landed(Measurement.Taken taken, BusinessDay day)
    {
        var due = Deadline is TimeOnly deadline ? day.MorningAfter(deadline) : (DateTimeOffset?)null;
        var minutes = Math.Clamp(taken.Value, -FurthestMinutes, FurthestMinutes);
        var landed = day.MorningAfter(TimeOnly.MinValue).AddMinutes(minutes);
        var late = landed > due;
        var sentence = $"Landed {Clock(landed, day)}";
        if (due is not null)
            sentence += $", due {Clock(due.Value, day)}";
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

    Judgement NotThere(Measurement.Missed missed, Batch batch)
    {
        var due = Deadline is TimeOnly deadline ? batch.Day.MorningAfter(deadline) : (DateTimeOffset?)null;
        var late = batch.Now > due;
        var when = due is null ? "" : late
            ? $" It was due {Clock(due.Value, batch.Day)}, and it is {Clock(batch.Now, batch.Day)}."
            : $" It is due {Clock(due.Value, batch.Day)}.";
        return Unjudged.Missing(Kind, missed) with
        {
            Finding = late ? Finding.Late : Finding.NotReady,
            Sentence = missed.Reason + when,
            High = due is null ? null : batch.Day.MinutesAfter(due.Value),
        };
    }

    /// <summary>The clock time in the plan's zone, with its date when that is not the morning after the business date.</summary>
    static string Clock(DateTimeOffset instant, BusinessDay day)
    {
        var local = TimeZoneInfo.ConvertTime(instant, day.Zone);
        var isThatMorning = DateOnly.FromDateTime(local.DateTime) == day.Date.AddDays(1);
        return local.ToString(isThatMorning ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
