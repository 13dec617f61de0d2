using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Vectors;

/// <summary>Medians of the known values of each lane.</summary>
static class LaneMedian
{
    /// <summary>The median of what is not NaN in each lane, NaN where nothing is; <paramref name="values"/> is left in another order.</summary>
    public static Lanes Of(Span<Lanes> values, SortingNetwork network, out Lanes known)
    {
        known = Lanes.Zero;
        for (var i = 0; i < network.Length; i++)
        {
            var isKnown = Vector256.Equals(values[i], values[i]);
            known += isKnown & Lanes.One;
            values[i] = Vector256.ConditionalSelect(isKnown, values[i], Vector256.Create(double.PositiveInfinity));
        }
        network.Sort(values);
        if (Vector256.EqualsAll(known, Vector256.Create((double)network.Length)))
            return Middle(values, network.Length);
        var result = Vector256.Create(double.NaN);
        for (var lane = 0; lane < CountScale.Width; lane++)
        {
            var n = (int)known[lane];
            if (n > 0)
                result = result.WithElement(lane, Middle(values, n)[lane]);
        }
        return result;
    }

    /// <summary>The median of sorted numbers.</summary>
    public static double OfSorted(ReadOnlySpan<double> sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : 0.5 * (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]);

    static Lanes Middle(ReadOnlySpan<Lanes> sorted, int n) =>
        n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) * Vector256.Create(0.5);
}
