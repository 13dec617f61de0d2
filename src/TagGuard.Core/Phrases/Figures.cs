using System.Globalization;

namespace TagGuard.Phrases;

/// <summary>How numbers read in a sentence: thousands separators, no digits that nobody needs, the same in every language.</summary>
public static class Figures
{
    public static string Number(double value) =>
        value is >= 0 and < 1000 && value == (int)value ? ((int)value).ToString(CultureInfo.InvariantCulture) : Long(value);

    public static string Percent(double value) => value.ToString(Math.Abs(value) >= 1e15 ? "0.##e+0" : "#,##0.#", CultureInfo.InvariantCulture) + "%";

    /// <summary>A change with its sign: "-50%", "+12%".</summary>
    public static string Change(double percent) => percent.ToString("+#,##0.#;-#,##0.#;0", CultureInfo.InvariantCulture) + "%";

    static string Long(double value) => value.ToString(Math.Abs(value) switch
    {
        >= 1e15 => "0.##e+0",
        >= 100 => "#,##0",
        _ => "#,##0.##",
    }, CultureInfo.InvariantCulture);
}
