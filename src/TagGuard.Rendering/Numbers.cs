using System.Globalization;

namespace TagGuard.Rendering;

/// <summary>Numbers as the report shows them, the same on every machine and in every language.</summary>
static class Numbers
{
    public const string None = "–";

    public static string Count(double value) => Sign(value.ToString(value == Math.Floor(value) ? "#,0" : "#,0.##", CultureInfo.InvariantCulture));

    public static string Rounded(double value) => Sign(value.ToString(Math.Abs(value) < 10 ? "#,0.#" : "#,0", CultureInfo.InvariantCulture));

    /// <summary>A share of 0 to 1 as percent; what is small but there is not shown as nothing.</summary>
    public static string Percent(double? share) => share switch
    {
        null => None,
        > 0 and < 0.0005 => "<0.1%",
        double known => Sign((known * 100).ToString("#,0.0", CultureInfo.InvariantCulture)) + "%",
    };

    /// <summary>A relative change with its sign; null from zero, where there is no percentage.</summary>
    public static string? Change(double? now, double? before) => (now, before) switch
    {
        (null, _) or (_, null) => None,
        (0, 0) => "0.0%",
        (_, 0) => null,
        (double a, double b) when a / b >= 10 => "×" + (a / b).ToString("#,0.0", CultureInfo.InvariantCulture),
        (double a, double b) => Sign(((a - b) / Math.Abs(b) * 100).ToString("+#,0.0;-#,0.0;0.0", CultureInfo.InvariantCulture)) + "%",
    };

    /// <summary>The smallest and the largest count between two limits; the limits themselves when no count lies between them.</summary>
    public static (double? Low, double? High) Inside(double? low, double? high)
    {
        // Binary arithmetic leaves limits a hair beside the count that they stand for: 45 × 1.4 is 62.99999999999999.
        double? from = low is double least ? Math.Ceiling(Math.Round(least, 6)) : null;
        double? to = high is double most ? Math.Floor(Math.Round(most, 6)) : null;
        return from > to ? (low, high) : (from, to);
    }

    public static string IsoDay(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A hyphen is too short to be seen beside digits.
    static string Sign(string number) => number.Replace('-', '−');
}
