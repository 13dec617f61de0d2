using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Vectors;

/// <summary>The smallest value at which half of the weight is reached.</summary>
/// <remarks>
/// Found without sorting, by closing a bracket: each pass sums the weight up to a guess, and takes the values next to it as the new ends. Passes have
/// no branches that depend on the data, so about ten of them over all values are cheaper than to sort once.
/// </remarks>
static class WeightedMedian
{
    /// <summary>Sums of weights in another order differ in the last bits; a half that is missed by less is reached.</summary>
    const double Rounding = 1 - 1e-12;

    /// <summary>0 with fewer than 3 known values.</summary>
    public static double Of(ReadOnlySpan<Lanes> values, ReadOnlySpan<Lanes> weights)
    {
        var (sum, count, least, most) = Survey(values, weights);
        if (count < 3)
            return 0;
        var half = 0.5 * sum * Rounding;
        // `low` has less than half of the weight at or below it, `high` has half or more and is one of the values.
        var (low, below) = (double.BitDecrement(least), 0.0);
        var (high, above) = (most, sum);
        for (var pass = 0; ; pass++)
        {
            var guess = Guess(low, below, high, above, half, pass);
            var (reached, nearestBelow, nearestAbove) = Split(values, weights, guess);
            if (reached >= half)
                (high, above) = (nearestBelow, reached);
            else if (nearestAbove >= high)
                return high;
            else
                (low, below) = (Math.Max(guess, double.BitDecrement(nearestAbove)), reached);
            if (double.BitIncrement(low) >= high)
                return high;
        }
    }

    /// <summary>In proportion to the weights, and every third time the middle, so that no shape of the data makes it slow.</summary>
    static double Guess(double low, double below, double high, double above, double half, int pass)
    {
        var share = pass % 3 == 2 ? 0.5 : Math.Clamp((half - below) / (above - below), 0.02, 0.98);
        var guess = low + share * (high - low);
        return guess > low && guess < high ? guess : double.BitIncrement(low);
    }

    static (double Sum, double Count, double Least, double Most) Survey(ReadOnlySpan<Lanes> values, ReadOnlySpan<Lanes> weights)
    {
        Lanes sum = Lanes.Zero,
            count = Lanes.Zero,
            least = Vector256.Create(double.PositiveInfinity),
            most = Vector256.Create(double.NegativeInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            var known = Vector256.Equals(values[i], values[i]);
            sum += weights[i] & known;
            count += Lanes.One & known;
            least = Vector256.ConditionalSelect(known, Vector256.MinNative(least, values[i]), least);
            most = Vector256.ConditionalSelect(known, Vector256.MaxNative(most, values[i]), most);
        }
        return (Vector256.Sum(sum), Vector256.Sum(count), Least(least), -Least(-most));
    }

    static (double Reached, double NearestBelow, double NearestAbove) Split(ReadOnlySpan<Lanes> values, ReadOnlySpan<Lanes> weights, double guess)
    {
        var at = Vector256.Create(guess);
        Lanes reached = Lanes.Zero, below = Vector256.Create(double.NegativeInfinity), above = Vector256.Create(double.PositiveInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            var isBelow = Vector256.LessThanOrEqual(value, at);
            var isAbove = Vector256.GreaterThan(value, at);
            reached += weights[i] & isBelow;
            below = Vector256.ConditionalSelect(isBelow, Vector256.MaxNative(below, value), below);
            above = Vector256.ConditionalSelect(isAbove, Vector256.MinNative(above, value), above);
        }
        return (Vector256.Sum(reached), -Least(-below), Least(above));
    }

    static double Least(Lanes values) => Math.Min(Math.Min(values[0], values[1]), Math.Min(values[2], values[3]));
}
