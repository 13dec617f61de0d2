using System.Globalization;

namespace TagGuard.Rendering;

/// <summary>Dates, and instants as clock times of the plan's zone.</summary>
sealed partial class Words
{
    public string ShortDay(DateOnly date) => Say("date.short", DatesOf(date, ""));

    public string Day(DateOnly date) => Say("date.with_weekday", DatesOf(date, ""));

    public string LongDay(DateOnly date) => Say("date.long", DatesOf(date, "long_"));

    public string Time(DateTimeOffset instant, ReportOptions options)
    {
        var local = Local(instant, options);
        return Say("date.with_time", [.. DatesOf(DateOnly.FromDateTime(local.DateTime), ""), ("clock", ClockOf(local))]);
    }

    public static string Clock(DateTimeOffset instant, ReportOptions options) => ClockOf(Local(instant, options));

    static DateTimeOffset Local(DateTimeOffset instant, ReportOptions options) => TimeZoneInfo.ConvertTime(instant, options.Zone);

    static string ClockOf(DateTimeOffset local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    (string, object?)[] DatesOf(DateOnly date, string length) =>
    [
        ("weekday", _book.Word("date", $"{length}weekday_{(int)date.DayOfWeek}")),
        ("day", Digits(date.Day)),
        ("month", _book.Word("date", $"{length}month_{date.Month}")),
        ("year", Digits(date.Year)),
    ];

    // A year has no thousands separator.
    static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
