using System.Globalization;
using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>What is not there: before its deadline it is not ready yet, after it late.
/// Without a deadline it is not ready, whenever it is asked for.</summary>
static class Due
{
    public static Judgement NotThere(string rule, Measurement.Missed missed, Batch batch, TimeOnly? deadline)
    {
        var missing = Unjudged.Missing(rule, missed);
        return missing with
        {
            Finding = FindingAt(batch, deadline),
            Said = With(missing.Said, batch, deadline),
            High = At(batch.Day, deadline) is { } due ? batch.Day.MinutesAfter(due) : null,
        };
    }

    /// <summary>The instant of the deadline.</summary>
    public static DateTimeOffset? At(BusinessDay day, TimeOnly? deadline) => deadline is { } time ? day.MorningAfter(time) : null;

    public static Finding FindingAt(Batch batch, TimeOnly? deadline) => batch.Now > At(batch.Day, deadline) ? Finding.Late : Finding.NotReady;

    /// <summary>What is said, and when it is due; without a deadline what is said alone.</summary>
    public static Phrase With(Phrase said, Batch batch, TimeOnly? deadline) => At(batch.Day, deadline) switch
    {
        null => said,
        { } due when batch.Now > due => said.And(new Phrase("verdict.was_due", ("due", Clock(due, batch.Day)), ("now", Clock(batch.Now, batch.Day)))),
        { } due => said.And(new Phrase("verdict.is_due", ("due", Clock(due, batch.Day)))),
    };

    /// <summary>Date and clock time in the plan's zone.</summary>
    public static string Date(DateTimeOffset instant, BusinessDay day) =>
        TimeZoneInfo.ConvertTime(instant, day.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The clock time in the plan's zone, with its date when that is not the morning after the business date.</summary>
    public static string Clock(DateTimeOffset instant, BusinessDay day)
    {
        var local = TimeZoneInfo.ConvertTime(instant, day.Zone);
        var isThatMorning = DateOnly.FromDateTime(local.DateTime) == day.Date.AddDays(1);
        return isThatMorning ? local.ToString("HH:mm", CultureInfo.InvariantCulture) : Date(instant, day);
    }
}
