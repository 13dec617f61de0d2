using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Vectors;

/// <summary>Sorts the lanes of a fixed number of vectors, each lane for itself, without branches: Batcher's odd-even merge sort.</summary>
/// <remarks>K. E. Batcher, Sorting networks and their applications, AFIPS 1968 (doi:10.1145/1468075.1468121).</remarks>
sealed class SortingNetwork
{
    readonly (ushort Low, ushort High)[] _pairs;

    /// <param name="length">Number of vectors.</param>
    /// <param name="wanted">Positions whose value is wanted; what only matters to others is left out. None: all.</param>
    public SortingNetwork(int length, params ReadOnlySpan<int> wanted)
    {
        var pairs = Pairs(length).ToList();
        var live = new bool[length];
        foreach (var position in wanted)
            live[position] = true;
        if (wanted.Length == 0)
            Array.Fill(live, true);
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            var (low, high) = pairs[i];
            if (live[low] || live[high])
                live[low] = live[high] = true;
            else
                pairs.RemoveAt(i);
        }
        Length = length;
        _pairs = [.. pairs];
    }

    public int Length { get; }

    /// <summary>Puts the wanted positions in order. No lane may hold NaN.</summary>
    public void Sort(Span<Lanes> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, Length);
        ref var first = ref MemoryMarshal.GetReference(values);
        foreach (var (low, high) in _pairs)
        {
            ref var a = ref Unsafe.Add(ref first, low);
            ref var b = ref Unsafe.Add(ref first, high);
            var (x, y) = (a, b);
            a = Vector256.MinNative(x, y);
            b = Vector256.MaxNative(x, y);
        }
    }

    static IEnumerable<(ushort Low, ushort High)> Pairs(int length)
    {
        for (var p = 1; p < length; p *= 2)
        {
            for (var k = p; k >= 1; k /= 2)
            {
                for (var j = k % p; j + k < length; j += 2 * k)
                {
                    for (var i = j; i < j + k && i + k < length; i++)
                    {
                        if (i / (2 * p) == (i + k) / (2 * p))
                            yield return ((ushort)i, (ushort)(i + k));
                    }
                }
            }
        }
    }
}
