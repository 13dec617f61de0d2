using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Judgements;

/// <summary>What several rules say alike, as phrases.</summary>
static class Said
{
    /// <summary>A phrase about the count of a series, which it holds with what it counts: "12,431 rows …".</summary>
    public static Phrase Of(string name, Measurement.Taken counted, params ReadOnlySpan<(string Name, object? Value)> more) =>
        new(name, [("value", counted.Value), ("metric", counted.Series.Metric), .. more]);

    /// <summary>Where a count lies: "38% below", "12% above", "24 times", "close to" what it is compared with.</summary>
    public static Phrase Against(Measurement.Taken counted, double expected, Phrase reference)
    {
        var value = counted.Value;
        if (value <= 0 && expected > 0)
            return Of("verdict.instead", counted, ("reference", reference));
        var change = expected > 0 ? (value - expected) / expected * 100 : 0;
        return change switch
        {
            >= 900 => Of("verdict.times", counted, ("times", value / expected), ("reference", reference)),
            > 0.05 => Of("verdict.above", counted, ("change", change), ("reference", reference)),
            < -0.05 => Of("verdict.below", counted, ("change", -change), ("reference", reference)),
            _ when Figures.Number(value) == Figures.Number(expected) => Of("verdict.same", counted, ("reference", reference)),
            _ => Of("verdict.close", counted, ("reference", reference)),
        };
    }

    /// <summary>The counts that would not fail.</summary>
    public static Phrase Range(double? low, double? high) => (low, high) switch
    {
        (double from, double to) => new Phrase("verdict.range", ("low", Math.Ceiling(from)), ("high", Math.Floor(to))),
        (double from, _) => new Phrase("verdict.range_from", ("low", Math.Ceiling(from))),
        (_, double to) => new Phrase("verdict.range_to", ("high", Math.Floor(to))),
        _ => new Phrase("verdict.range_any"),
    };

    /// <summary>A share of a whole in percent; what is not zero never reads as 0%.</summary>
    public static object Share(double part, double whole) => (whole > 0 ? part / whole * 100 : 0) switch
    {
        > 0 and < 0.05 => new Phrase("verdict.tiny_share"),
        var percent => percent,
    };

    /// <summary>The day of the week, by its name in `weekday.txt`.</summary>
    public static string Weekday(DateOnly date) => date.DayOfWeek switch
    {
        DayOfWeek.Sunday => "sunday",
        DayOfWeek.Monday => "monday",
        DayOfWeek.Tuesday => "tuesday",
        DayOfWeek.Wednesday => "wednesday",
        DayOfWeek.Thursday => "thursday",
        DayOfWeek.Friday => "friday",
        _ => "saturday",
    };
}
