namespace TagGuard.Adapters.MySql.Driver;

/// <summary>Dates and times, from and to the library's. MySQL knows microseconds; what is finer is cut off.</summary>
static class TimeValue
{
    public static Time Of(DateTime time) => new()
    {
        Year = (uint)time.Year,
        Month = (uint)time.Month,
        Day = (uint)time.Day,
        Hour = (uint)time.Hour,
        Minute = (uint)time.Minute,
        Second = (uint)time.Second,
        Microsecond = Microseconds(time.Ticks),
        Kind = 1,
    };

    public static Time Of(TimeSpan span)
    {
        var length = span.Duration();
        return new()
        {
            Day = (uint)length.Days,
            Hour = (uint)length.Hours,
            Minute = (uint)length.Minutes,
            Second = (uint)length.Seconds,
            Microsecond = Microseconds(length.Ticks),
            IsNegative = span < TimeSpan.Zero ? (byte)1 : (byte)0,
            Kind = 2,
        };
    }

    /// <summary>The date with its time, or null when it is none of the calendar's, such as 0000-00-00 or 2026-00-01.</summary>
    public static DateTime? DateTimeOf(in Time time)
    {
        if (time.Year is < 1 or > 9999 || time.Month is < 1 or > 12 || time.Day < 1 || time.Day > DateTime.DaysInMonth((int)time.Year, (int)time.Month))
            return null;
        return new DateTime((int)time.Year, (int)time.Month, (int)time.Day, (int)time.Hour, (int)time.Minute, (int)time.Second)
            .AddTicks((long)time.Microsecond * TimeSpan.TicksPerMicrosecond);
    }

    public static TimeSpan SpanOf(in Time time)
    {
        var ticks = (((time.Day * 24L) + time.Hour) * TimeSpan.TicksPerHour) + (time.Minute * TimeSpan.TicksPerMinute)
            + (time.Second * TimeSpan.TicksPerSecond) + ((long)time.Microsecond * TimeSpan.TicksPerMicrosecond);
        return TimeSpan.FromTicks(time.IsNegative != 0 ? -ticks : ticks);
    }

    static nuint Microseconds(long ticks) => (nuint)(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
}
