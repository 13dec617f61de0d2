using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TagGuard.Adapters.DuckDb;

/// <summary>The different hashes of one part: open addressing, at most three quarters full; an empty place is 0.</summary>
/// <param name="expected">How many different ones are expected: the first size. It grows beyond that.</param>
sealed class HashPart(int expected)
{
    ulong[] _places = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(expected * 2L, 16))];

    public int Distinct { get; private set; }

    /// <summary>How many of them had the flag (the lowest bit) at least once.</summary>
    public int Flagged { get; private set; }

    public static HashPart Of(IReadOnlyList<ReadOnlyMemory<ulong>> blocks)
    {
        var part = new HashPart(blocks.Sum(block => block.Length));
        foreach (var block in blocks)
            part.Add(block.Span);
        return part;
    }

    public void Add(ReadOnlySpan<ulong> entries)
    {
        var places = _places;
        foreach (var entry in entries)
        {
            var hash = Named(entry);
            var at = PlaceOf(hash, places);
            Flagged += (int)(entry & 1 & ~places[at]);
            if (places[at] == 0 && ++Distinct * 4L > places.Length * 3L)
            {
                places = Grow();
                at = PlaceOf(hash, places);
            }
            places[at] |= hash | (entry & 1);
        }
    }

    public bool Contains(ulong hash) => _places[PlaceOf(Named(hash), _places)] != 0;

    /// <summary>Asks the processor to fetch where a hash would lie: the next look at it then need not wait for memory.</summary>
    public unsafe void Prefetch(ulong hash)
    {
        if (!Sse.IsSupported)
            return;
        // A hint only: an address that the collector moved meanwhile is fetched for nothing.
        ref var place = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_places), FirstPlaceOf(Named(hash), _places));
        Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }

    ulong[] Grow()
    {
        var grown = new ulong[_places.Length * 2];
        foreach (var entry in _places)
        {
            if (entry != 0)
                grown[PlaceOf(entry & ~1UL, grown)] = entry;
        }
        return _places = grown;
    }

    /// <summary>Where a hash is, or the empty place where it would be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int PlaceOf(ulong hash, ulong[] places)
    {
        var at = FirstPlaceOf(hash, places);
        while (places[at] != 0 && (places[at] & ~1UL) != hash)
            at = (at + 1) & (places.Length - 1);
        return at;
    }

    /// <summary>The leading bits are the same for all of a part, so the place comes from the others.</summary>
    static int FirstPlaceOf(ulong hash, ulong[] places) => (int)(hash >> 1) & (places.Length - 1);

    /// <summary>A hash without its flag; the one that is then 0, which means an empty place, is kept as another.</summary>
    static ulong Named(ulong hash) => (hash & ~1UL) is var named && named == 0 ? 1UL << 63 : named;
}
