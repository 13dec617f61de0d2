using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Common;

/// <summary>The products of every two days, summed over all tags: with them a step of the power iteration need not look at the tags again.</summary>
static class DayProducts
{
    /// <summary>63 days and an empty one, for tiles of 4 by 2.</summary>
    public const int Days = 64;

    /// <summary>Fours of tags that are worked on before the next ones, 32 KB of them.</summary>
    const int Chunk = 16;

    /// <param name="values">Per 4 tags 64 days; none NaN.</param>
    /// <param name="products">64 by 64, written.</param>
    public static void Fill(ReadOnlySpan<Lanes> values, Span<double> products)
    {
        var rented = ArrayPool<Lanes>.Shared.Rent(Days * Days);
        var sums = rented.AsSpan(0, Days * Days);
        sums.Clear();
        for (var start = 0; start < values.Length; start += Chunk * Days)
        {
            var chunk = values[start..Math.Min(start + Chunk * Days, values.Length)];
            for (var row = 0; row < Days; row += 4)
            {
                for (var column = row; column < Days; column += 2)
                    Tile(chunk, row, column, sums);
            }
        }
        for (var row = 0; row < Days; row++)
        {
            for (var column = row; column < Days; column++)
                products[row * Days + column] = products[column * Days + row] = Vector256.Sum(sums[row * Days + column]);
        }
        ArrayPool<Lanes>.Shared.Return(rented);
    }

    /// <summary>The path that the tags make, each counting by its loading on the path before: Z'(Z f) / |Z f|, from the products Z'Z.</summary>
    /// <param name="products">Of <see cref="Fill"/>.</param>
    /// <param name="path">63 days.</param>
    public static void PowerStep(ReadOnlySpan<double> products, Span<double> path)
    {
        Span<double> now = stackalloc double[Days];
        Span<double> next = stackalloc double[Days];
        now.Clear();
        path.CopyTo(now);
        for (var row = 0; row < Days; row += CountScale.Width)
            Rows(products.Slice(row * Days, CountScale.Width * Days), now, next[row..]);
        var square = 0.0;
        for (var day = 0; day < path.Length; day++)
            square += next[day] * now[day];
        var length = Math.Sqrt(square) + 1e-9;
        for (var day = 0; day < path.Length; day++)
            path[day] = next[day] / length;
    }

    /// <summary>Four rows at a time, for one sum would wait for itself.</summary>
    static void Rows(ReadOnlySpan<double> products, ReadOnlySpan<double> path, Span<double> next)
    {
        ref var rows = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<double, Lanes>(products));
        var vectors = MemoryMarshal.Cast<double, Lanes>(path);
        const int width = Days / CountScale.Width;
        Lanes s0 = Lanes.Zero, s1 = Lanes.Zero, s2 = Lanes.Zero, s3 = Lanes.Zero;
        for (var i = 0; i < vectors.Length; i++)
        {
            s0 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref rows, i), vectors[i], s0);
            s1 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref rows, width + i), vectors[i], s1);
            s2 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref rows, 2 * width + i), vectors[i], s2);
            s3 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref rows, 3 * width + i), vectors[i], s3);
        }
        (next[0], next[1], next[2], next[3]) = (Vector256.Sum(s0), Vector256.Sum(s1), Vector256.Sum(s2), Vector256.Sum(s3));
    }

    static void Tile(ReadOnlySpan<Lanes> values, int row, int column, Span<Lanes> sums)
    {
        ref var s = ref sums[row * Days + column];
        Lanes s00 = s, s01 = Unsafe.Add(ref s, 1);
        Lanes s10 = Unsafe.Add(ref s, Days), s11 = Unsafe.Add(ref s, Days + 1);
        Lanes s20 = Unsafe.Add(ref s, 2 * Days), s21 = Unsafe.Add(ref s, 2 * Days + 1);
        Lanes s30 = Unsafe.Add(ref s, 3 * Days), s31 = Unsafe.Add(ref s, 3 * Days + 1);
        ref var first = ref MemoryMarshal.GetReference(values);
        for (var start = 0; start < values.Length; start += Days)
        {
            ref var a = ref Unsafe.Add(ref first, start + row);
            var b0 = Unsafe.Add(ref first, start + column);
            var b1 = Unsafe.Add(ref first, start + column + 1);
            s00 = Vector256.FusedMultiplyAdd(a, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(a, b1, s01);
            s10 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref a, 1), b0, s10);
            s11 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref a, 1), b1, s11);
            s20 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref a, 2), b0, s20);
            s21 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref a, 2), b1, s21);
            s30 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref a, 3), b0, s30);
            s31 = Vector256.FusedMultiplyAdd(Unsafe.Add(ref a, 3), b1, s31);
        }
        (s, Unsafe.Add(ref s, 1)) = (s00, s01);
        (Unsafe.Add(ref s, Days), Unsafe.Add(ref s, Days + 1)) = (s10, s11);
        (Unsafe.Add(ref s, 2 * Days), Unsafe.Add(ref s, 2 * Days + 1)) = (s20, s21);
        (Unsafe.Add(ref s, 3 * Days), Unsafe.Add(ref s, 3 * Days + 1)) = (s30, s31);
    }
}
