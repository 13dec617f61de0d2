using System.Globalization;

namespace TagGuard.Rendering;

/// <summary>Instants as clock times of the plan's zone.</summary>
static class Times
{
    public static string At(DateTimeOffset instant, ReportOptions options) => Local(instant, options).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    public static string Clock(DateTimeOffset instant, ReportOptions options) => Local(instant, options).ToString("HH:mm", CultureInfo.InvariantCulture);

    static DateTimeOffset Local(DateTimeOffset instant, ReportOptions options) => TimeZoneInfo.ConvertTime(instant, options.Zone);
}
