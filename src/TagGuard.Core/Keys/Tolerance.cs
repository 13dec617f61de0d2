using System.Globalization;

namespace TagGuard.Keys;

/// <summary>How far two counts may lie apart: an absolute number (`5`) or a share of the larger one (`0.1%`).</summary>
public readonly record struct Tolerance(double Amount, bool IsPercent)
{
    /// <summary>The largest difference that is still allowed, in the unit of the counts.</summary>
    public double Of(double left, double right) => IsPercent ? Amount / 100 * Math.Max(Math.Abs(left), Math.Abs(right)) : Amount;

    public override string ToString() => Amount.ToString("0.######", CultureInfo.InvariantCulture) + (IsPercent ? "%" : "");
}
