using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Forecast;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;
using Singles = System.Runtime.Intrinsics.Vector256<float>;

namespace TagGuard.Detection.Common;

/// <summary>The value of a factor on each day: the regression of all tags on their loadings by Huber's weights, four days at a time.</summary>
/// <remarks>
/// All steps but the last two are in single precision, eight tags at a time: most of the time goes into the division of each weight. What they are
/// off by is lost in the last two, and scores change by less than 1e-6.
/// </remarks>
static class FactorOfDay
{
    /// <summary>Days that are worked on side by side.</summary>
    const int Together = 4;

    /// <summary>Eights of tags that are summed in single precision.</summary>
    const int Run = 16;

    const int Columns = LevelFilters.Kept + 1;
    const int SingleSteps = 3;
    const int ExactSteps = 2;
    const float Knee = 2;
    const double Ridge = 1;

    /// <summary>Vectors that <see cref="All"/> needs to work with: the loadings and 4 days of all tags.</summary>
    public static int RoomFor(int blocks) => (blocks + 1) / 2 * (Together + 1);

    /// <param name="scores">Per 4 tags 64 days of residuals in sigmas.</param>
    /// <param name="loadings">Per 4 tags.</param>
    /// <param name="room">As many as <see cref="RoomFor"/> says.</param>
    /// <param name="values">64 days, written.</param>
    public static void All(ReadOnlySpan<Lanes> scores, ReadOnlySpan<Lanes> loadings, Span<Singles> room, Span<double> values)
    {
        var eights = (loadings.Length + 1) / 2;
        var singles = room[..eights];
        var days = room.Slice(eights, eights * Together);
        for (var i = 0; i < eights; i++)
            singles[i] = Vector256.Narrow(loadings[2 * i], 2 * i + 1 < loadings.Length ? loadings[2 * i + 1] : Lanes.Zero);
        for (var day = 0; day < Columns; day += Together)
        {
            for (var i = 0; i < eights; i++)
            {
                for (var k = 0; k < Together; k++)
                {
                    var other = 2 * i + 1 < loadings.Length ? scores[(2 * i + 1) * Columns + day + k] : Vector256.Create(double.NaN);
                    days[i * Together + k] = Vector256.Narrow(scores[2 * i * Columns + day + k], other);
                }
            }
            Four(days, singles, values.Slice(day, Together));
            for (var step = 0; step < ExactSteps; step++)
                Exact(scores, loadings, day, values);
        }
    }

    static void Four(ReadOnlySpan<Singles> days, ReadOnlySpan<Singles> loadings, Span<double> values)
    {
        Span<double> products = stackalloc double[Together];
        Span<double> squares = stackalloc double[Together];
        values.Clear();
        for (var step = 0; step < SingleSteps; step++)
        {
            products.Clear();
            squares.Clear();
            for (var start = 0; start < loadings.Length; start += Run)
            {
                var run = Math.Min(Run, loadings.Length - start);
                Sum(days.Slice(start * Together, run * Together), loadings.Slice(start, run), values, products, squares);
            }
            for (var k = 0; k < Together; k++)
                values[k] = products[k] / (squares[k] + Ridge);
        }
    }

    static void Exact(ReadOnlySpan<Lanes> scores, ReadOnlySpan<Lanes> loadings, int day, Span<double> values)
    {
        Lanes v0 = Vector256.Create(values[day]), v1 = Vector256.Create(values[day + 1]);
        Lanes v2 = Vector256.Create(values[day + 2]), v3 = Vector256.Create(values[day + 3]);
        Lanes a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        ref var row = ref Unsafe.Add(ref MemoryMarshal.GetReference(scores), day);
        for (var i = 0; i < loadings.Length; i++)
        {
            var loading = loadings[i];
            Add(row, loading, v0, ref a0, ref b0);
            Add(Unsafe.Add(ref row, 1), loading, v1, ref a1, ref b1);
            Add(Unsafe.Add(ref row, 2), loading, v2, ref a2, ref b2);
            Add(Unsafe.Add(ref row, 3), loading, v3, ref a3, ref b3);
            row = ref Unsafe.Add(ref row, Columns);
        }
        values[day] = Vector256.Sum(a0) / (Vector256.Sum(b0) + Ridge);
        values[day + 1] = Vector256.Sum(a1) / (Vector256.Sum(b1) + Ridge);
        values[day + 2] = Vector256.Sum(a2) / (Vector256.Sum(b2) + Ridge);
        values[day + 3] = Vector256.Sum(a3) / (Vector256.Sum(b3) + Ridge);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(Lanes score, Lanes loading, Lanes value, ref Lanes product, ref Lanes square)
    {
        var known = Vector256.Equals(score, score);
        var knee = Vector256.Create((double)Knee);
        var weighted = knee / Vector256.MaxNative(Vector256.Abs(score - loading * value), knee) * loading & known;
        product = Vector256.FusedMultiplyAdd(weighted, score & known, product);
        square = Vector256.FusedMultiplyAdd(weighted, loading, square);
    }

    static void Sum(
        ReadOnlySpan<Singles> days,
        ReadOnlySpan<Singles> loadings,
        ReadOnlySpan<double> values,
        Span<double> products,
        Span<double> squares)
    {
        Singles v0 = Vector256.Create((float)values[0]), v1 = Vector256.Create((float)values[1]);
        Singles v2 = Vector256.Create((float)values[2]), v3 = Vector256.Create((float)values[3]);
        Singles a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
        ref var row = ref MemoryMarshal.GetReference(days);
        for (var i = 0; i < loadings.Length; i++)
        {
            var loading = loadings[i];
            Add(row, loading, v0, ref a0, ref b0);
            Add(Unsafe.Add(ref row, 1), loading, v1, ref a1, ref b1);
            Add(Unsafe.Add(ref row, 2), loading, v2, ref a2, ref b2);
            Add(Unsafe.Add(ref row, 3), loading, v3, ref a3, ref b3);
            row = ref Unsafe.Add(ref row, Together);
        }
        (products[0], products[1], products[2], products[3]) = (
            products[0] + Total(a0),
            products[1] + Total(a1),
            products[2] + Total(a2),
            products[3] + Total(a3));
        (squares[0], squares[1], squares[2], squares[3]) = (
            squares[0] + Total(b0),
            squares[1] + Total(b1),
            squares[2] + Total(b2),
            squares[3] + Total(b3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Add(Singles score, Singles loading, Singles value, ref Singles product, ref Singles square)
    {
        var known = Vector256.Equals(score, score);
        var knee = Vector256.Create(Knee);
        var error = Vector256.Abs(score - loading * value);
        var weighted = knee / Vector256.MaxNative(error, knee) * loading & known;
        product = Vector256.FusedMultiplyAdd(weighted, score & known, product);
        square = Vector256.FusedMultiplyAdd(weighted, loading, square);
    }

    static double Total(Singles sums)
    {
        var (low, high) = Vector256.Widen(sums);
        return Vector256.Sum(low + high);
    }
}
