using System.Globalization;
using TagGuard.Facts;

namespace TagGuard.Judgements;

/// <summary>How numbers read in a sentence: thousands separators, no digits that nobody needs, the same in every culture.</summary>
static class Say
{
    public static string Number(double value) => value is >= 0 and < 1000 && value == (int)value ? ((int)value).ToString(CultureInfo.InvariantCulture) : Long(value);

    static string Long(double value) => value.ToString(Math.Abs(value) switch
    {
        >= 1e15 => "0.##e+0",
        >= 100 => "#,##0",
        _ => "#,##0.##",
    }, CultureInfo.InvariantCulture);

    public static string Percent(double value) => value.ToString(Math.Abs(value) >= 1e15 ? "0.##e+0" : "#,##0.#", CultureInfo.InvariantCulture) + "%";

    /// <summary>A change with its sign: "-50%", "+12%".</summary>
    public static string Signed(double percent) => percent.ToString("+#,##0.#;-#,##0.#;0", CultureInfo.InvariantCulture) + "%";

    /// <summary>A metric's name in words.</summary>
    public static string Plain(string metric) => metric.Replace('_', ' ');

    /// <summary>A share of a whole in percent; what is not zero never reads as 0%.</summary>
    public static string Share(double part, double whole) => (whole > 0 ? part / whole * 100 : 0) switch
    {
        > 0 and < 0.05 => "under 0.1%",
        var percent => Percent(percent),
    };

    /// <summary>Where a value lies: "38% below", "12% above", "24 times", "close to"; made to stand before "the average 20,050".</summary>
    public static string Against(double value, double expected)
    {
        var change = (value - expected) / expected * 100;
        return change switch
        {
            >= 900 => $"{Number(value / expected)} times",
            > 0.05 => $"{Percent(change)} above",
            < -0.05 => $"{Percent(-change)} below",
            _ when Number(value) == Number(expected) => "the same as",
            _ => "close to",
        };
    }

    /// <summary>A count with what it counts: "12,431 rows", "1 user".</summary>
    public static string Count(double value, SeriesId series)
    {
        var unit = series.Metric switch
        {
            Metrics.TagCount => "user",
            Metrics.TaggedUsers => "tagged user",
            Metrics.ActiveUsers => "active user",
            Metrics.LagMinutes or Metrics.ReadyMinutes => "minute",
            Metrics.Rows or Metrics.LeftRows or Metrics.RightRows => "row",
            var other => Plain(other).TrimEnd('s'),
        };
        return $"{Number(value)} {unit}{(value == 1 ? "" : "s")}";
    }

    /// <summary>How many of a thing: "1 tag", "14 tags".</summary>
    public static string Many(int count, string thing) => $"{Number(count)} {thing}{(count == 1 ? "" : "s")}";
}
