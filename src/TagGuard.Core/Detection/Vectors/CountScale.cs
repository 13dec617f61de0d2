using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Vectors;

/// <summary><see cref="LogScale"/> for four tags at a time.</summary>
/// <remarks>
/// Everything here and in the files beside works on 4 tags in the 4 lanes of a vector, whatever the machine: the sums over tags have the same
/// order, so the same bits, with wider and with narrower hardware.
/// </remarks>
static class CountScale
{
    /// <summary>Tags that are worked on side by side.</summary>
    public const int Width = 4;

    const double Theta = LogScale.Theta;

    static readonly double TwoRoots = 2 * Math.Sqrt(Theta);

    /// <summary>Points of counts: 2 sqrt(theta) asinh(sqrt((x + 3/8) / theta)). NaN stays NaN.</summary>
    public static Lanes Of(Lanes counts)
    {
        // asinh(sqrt(q)) = ln(sqrt(q) + sqrt(q + 1))
        var q = (counts + Vector256.Create(0.375)) / Vector256.Create(Theta);
        return Vector256.Log(Vector256.Sqrt(q) + Vector256.Sqrt(q + Lanes.One)) * Vector256.Create(TwoRoots);
    }

    /// <summary>The counts at points of the scale, 0 for what lies under the point of zero.</summary>
    public static Lanes CountAt(Lanes points)
    {
        var power = Vector256.Exp(Vector256.Max(points, Lanes.Zero) / Vector256.Create(TwoRoots));
        var sinh = (power - Lanes.One / power) * Vector256.Create(0.5);
        return Vector256.Min(
            Vector256.Max(Vector256.Create(Theta) * sinh * sinh - Vector256.Create(0.375), Lanes.Zero),
            Vector256.Create(double.MaxValue));
    }

    /// <summary>Points per log unit around counts.</summary>
    public static Lanes PerLogUnit(Lanes counts) =>
        Vector256.Sqrt(Vector256.Create(Theta) / (Lanes.One + Vector256.Create(Theta) / (counts + Vector256.Create(0.375))));
}
