using System.Globalization;

namespace TagGuard.Keys;

/// <summary>
/// Relative changes between which a value is quiet, in percent: `-10%` (drops only), `+20%` (rises only), `10%` (both ways) or `[-10%, +30%]`.
/// </summary>
/// <param name="Drop">The lowest quiet change, below 0 and not under -100; null when drops are not looked at.</param>
/// <param name="Rise">The highest quiet change, above 0; null when rises are not looked at.</param>
public readonly record struct Limits(double? Drop, double? Rise)
{
    /// <summary>Whether a change in percent is outside.</summary>
    public bool AreLeftBy(double changePercent) => changePercent < Drop || changePercent > Rise;

    /// <summary>Limits so many times as far away.</summary>
    public Limits Widened(double factor) => new(Drop * factor, Rise * factor);

    public override string ToString() => (Drop, Rise) switch
    {
        (double drop, double rise) => $"{Percent(drop)} to {Percent(rise)}",
        (double drop, null) => Percent(drop),
        (null, double rise) => Percent(rise),
        _ => "no limit",
    };

    static string Percent(double value) => value.ToString("+0.##;-0.##;0", CultureInfo.InvariantCulture) + "%";
}
