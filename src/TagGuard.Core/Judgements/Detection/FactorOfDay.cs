using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Judgements.Detection;

/// <summary>The value of a factor on each day: the regression of all tags on their loadings by Huber's weights, four days at a time.</summary>
static class FactorOfDay
{
    /// <summary>Days that are worked on side by side.</summary>
    public const int Together = 4;

    const int Columns = LevelFilters.Kept + 1;
    const int Steps = 5;
    const double Knee = 2;
    const double Ridge = 1;

    /// <param name="scores">Per 4 tags 64 days of residuals in sigmas.</param>
    /// <param name="loadings">Per 4 tags.</param>
    /// <param name="days">Room for 4 days of all tags.</param>
    /// <param name="values">64 days, written.</param>
    public static void All(ReadOnlySpan<Lanes> scores, ReadOnlySpan<Lanes> loadings, Span<Lanes> days, Span<double> values)
    {
        for (var day = 0; day < Columns; day += Together)
        {
            for (var block = 0; block < loadings.Length; block++)
                scores.Slice(block * Columns + day, Together).CopyTo(days[(block * Together)..]);
            Four(days[..(loadings.Length * Together)], loadings, values.Slice(day, Together));
        }
    }

    static void Four(ReadOnlySpan<Lanes> days, ReadOnlySpan<Lanes> loadings, Span<double> values)
    {
        Lanes v0 = Lanes.Zero, v1 = Lanes.Zero, v2 = Lanes.Zero, v3 = Lanes.Zero;
        for (var step = 0; step < Steps; step++)
        {
            Lanes a0 = Lanes.Zero, a1 = Lanes.Zero, a2 = Lanes.Zero, a3 = Lanes.Zero;
            Lanes b0 = Lanes.Zero, b1 = Lanes.Zero, b2 = Lanes.Zero, b3 = Lanes.Zero;
            for (var block = 0; block < loadings.Length; block++)
            {
                var loading = loadings[block];
                var row = days.Slice(block * Together, Together);
                Add(row[0], loading, v0, ref a0, ref b0);
                Add(row[1], loading, v1, ref a1, ref b1);
                Add(row[2], loading, v2, ref a2, ref b2);
                Add(row[3], loading, v3, ref a3, ref b3);
            }
            v0 = Ratio(a0, b0);
            v1 = Ratio(a1, b1);
            v2 = Ratio(a2, b2);
            v3 = Ratio(a3, b3);
        }
        (values[0], values[1], values[2], values[3]) = (v0[0], v1[0], v2[0], v3[0]);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    static void Add(Lanes score, Lanes loading, Lanes value, ref Lanes product, ref Lanes square)
    {
        var known = Vector256.Equals(score, score);
        var knee = Vector256.Create(Knee);
        var weighted = loading * knee / Vector256.MaxNative(Vector256.Abs(score - loading * value), knee) & known;
        product += weighted * (score & known);
        square += weighted * loading;
    }

    static Lanes Ratio(Lanes product, Lanes square) => Vector256.Create(Vector256.Sum(product) / (Vector256.Sum(square) + Ridge));
}
