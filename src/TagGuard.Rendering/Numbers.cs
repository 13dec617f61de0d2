using System.Globalization;
using TagGuard.Facts;

namespace TagGuard.Rendering;

/// <summary>Numbers and dates as the report shows them, the same on every machine.</summary>
static class Numbers
{
    public const string None = "–";

    public static string Count(double value) => Sign(value.ToString(value == Math.Floor(value) ? "#,0" : "#,0.##", CultureInfo.InvariantCulture));

    /// <summary>A share of 0 to 1 as percent; what is small but there is not shown as nothing.</summary>
    public static string Percent(double? share) => share switch
    {
        null => None,
        > 0 and < 0.0005 => "<0.1%",
        double known => Sign((known * 100).ToString("#,0.0", CultureInfo.InvariantCulture)) + "%",
    };

    /// <summary>A relative change with its sign; from zero there is no percentage.</summary>
    public static string Change(double? now, double? before) => (now, before) switch
    {
        (null, _) or (_, null) => None,
        (0, 0) => "0.0%",
        (_, 0) => "from 0",
        (double a, double b) when a / b >= 10 => "×" + (a / b).ToString("#,0.0", CultureInfo.InvariantCulture),
        (double a, double b) => Sign(((a - b) / Math.Abs(b) * 100).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture)) + "%",
    };

    /// <summary>A value in the unit of its metric.</summary>
    public static string Value(string metric, double value) =>
        AreMinutes(metric) ? Minutes(value) : Count(value);

    /// <summary>An expected value in the unit of its metric, without digits that no count has: 824, and not 823.6.</summary>
    public static string Expected(string metric, double value) =>
        AreMinutes(metric) ? Minutes(value) : Sign(value.ToString(Math.Abs(value) < 10 ? "#,0.#" : "#,0", CultureInfo.InvariantCulture));

    /// <summary>What would have been right, in the unit of its metric: "592 to 1,145", "at most 8 h 00 min"; empty without a limit.</summary>
    public static string Interval(string metric, double? low, double? high)
    {
        string Show(double value) => Value(metric, value);
        return (AreMinutes(metric) ? (low, high) : Inside(low, high)) switch
        {
            (double from, double to) when from == to => Show(from),
            (double from, double to) => $"{Show(from)} to {Show(to)}",
            (double from, null) => $"at least {Show(from)}",
            (null, double to) => $"at most {Show(to)}",
            _ => "",
        };
    }

    /// <summary>The smallest and the largest count between two limits; the limits themselves when no count lies between them.</summary>
    static (double? Low, double? High) Inside(double? low, double? high)
    {
        // Binary arithmetic leaves limits a hair beside the count that they stand for: 45 × 1.4 is 62.99999999999999.
        double? from = low is double least ? Math.Ceiling(Math.Round(least, 6)) : null;
        double? to = high is double most ? Math.Floor(Math.Round(most, 6)) : null;
        return from > to ? (low, high) : (from, to);
    }

    static bool AreMinutes(string metric) => metric is Metrics.ReadyMinutes or Metrics.LagMinutes;

    public static string Minutes(double minutes)
    {
        var whole = (long)Math.Round(Math.Abs(minutes));
        var text = whole < 60 ? $"{whole} min" : $"{whole / 60} h {whole % 60:00} min";
        return minutes < 0 && whole > 0 ? "−" + text : text;
    }

    public static string Took(TimeSpan span) => span.TotalSeconds < 1 ? "under 1 s"
        : span.TotalSeconds < 120 ? $"{Math.Round(span.TotalSeconds)} s"
        : Minutes(span.TotalMinutes);

    /// <summary>"1 tag", "2 tags".</summary>
    public static string Many(int count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    public static string ShortDay(DateOnly date) => date.ToString("d MMM", CultureInfo.InvariantCulture);

    public static string Day(DateOnly date) => date.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    public static string LongDay(DateOnly date) => date.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string IsoDay(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A hyphen is too short to be seen beside digits.
    static string Sign(string number) => number.Replace('-', '−');
}
