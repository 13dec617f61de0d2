namespace TagGuard.Facts;

/// <summary>The day the data is about, in the plan's time zone.</summary>
public readonly record struct BusinessDay(DateOnly Date, TimeZoneInfo Zone)
{
    /// <summary>The first and the last date that can be asked for: far enough from the ends of the
    /// calendar for a hundred years of history and every place of a date.</summary>
    public static readonly DateOnly Earliest = new(1900, 1, 1), Latest = new(2999, 12, 31);

    /// <summary>The instant at which this clock time of the morning after the business date is reached.</summary>
    /// <remarks>A time that daylight saving skips is taken as the first valid one after it.</remarks>
    public DateTimeOffset MorningAfter(TimeOnly time)
    {
        var local = Date.AddDays(1).ToDateTime(time);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }

    /// <summary>Minutes from the end of the business date (midnight) to an instant; negative when before it.</summary>
    public double MinutesAfter(DateTimeOffset instant) => (instant - MorningAfter(TimeOnly.MinValue)).TotalMinutes;

    /// <summary>The same for a time as a source gives it: an instant when its kind is UTC, else a
    /// clock time of the zone. Any time of the calendar will do.</summary>
    public double MinutesAfter(DateTime time)
    {
        var ticks = time.Ticks - (time.Kind == DateTimeKind.Utc ? 0 : Zone.GetUtcOffset(time).Ticks);
        return (ticks - MorningAfter(TimeOnly.MinValue).UtcTicks) / (double)TimeSpan.TicksPerMinute;
    }

    /// <summary>The instant so many minutes after the end of the business date; what lies beyond the calendar is a day from its ends.</summary>
    public DateTimeOffset InstantAfter(double minutes)
    {
        var ticks = MorningAfter(TimeOnly.MinValue).UtcTicks + (Int128)Math.Round(Math.Clamp(minutes, -1e13, 1e13) * TimeSpan.TicksPerMinute);
        return new DateTimeOffset((long)Int128.Clamp(ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.Zero);
    }

    /// <summary>The business date that is due at an instant: the day before it in the zone.</summary>
    public static DateOnly DueAt(DateTimeOffset now, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(-1);
}
