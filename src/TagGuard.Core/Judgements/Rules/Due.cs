using System.Globalization;
using TagGuard.Facts;

namespace TagGuard.Judgements.Rules;

/// <summary>What is not there: before its deadline it is not ready yet, after it late. Without a deadline it is not ready, whenever it is asked for.</summary>
static class Due
{
    public static Judgement NotThere(string rule, Measurement.Missed missed, Batch batch, TimeOnly? deadline) => Unjudged.Missing(rule, missed) with
    {
        Finding = FindingAt(batch, deadline),
        Sentence = missed.Reason + Told(batch, deadline),
        High = At(batch.Day, deadline) is { } due ? batch.Day.MinutesAfter(due) : null,
    };

    /// <summary>The instant of the deadline.</summary>
    public static DateTimeOffset? At(BusinessDay day, TimeOnly? deadline) => deadline is { } time ? day.MorningAfter(time) : null;

    public static Finding FindingAt(Batch batch, TimeOnly? deadline) => batch.Now > At(batch.Day, deadline) ? Finding.Late : Finding.NotReady;

    /// <summary>A sentence to stand behind another; empty without a deadline.</summary>
    public static string Told(Batch batch, TimeOnly? deadline) => At(batch.Day, deadline) switch
    {
        null => "",
        { } due when batch.Now > due => $" It was due {Clock(due, batch.Day)}, and it is {Clock(batch.Now, batch.Day)}.",
        { } due => $" It is due {Clock(due, batch.Day)}.",
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
