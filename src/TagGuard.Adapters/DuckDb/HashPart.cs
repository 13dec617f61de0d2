using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace TagGuard.Adapters.DuckDb;

/// <summary>The different hashes of one part: open addressing, at most half full; an empty place is 0.</summary>
readonly struct HashPart
{
    readonly ulong[] _places;

    HashPart(ulong[] places, int distinct, int flagged) => (_places, Distinct, Flagged) = (places, distinct, flagged);

    public int Distinct { get; }

    /// <summary>How many of them had the flag (the lowest bit) at least once.</summary>
    public int Flagged { get; }

    public static HashPart Of(IReadOnlyList<ReadOnlyMemory<ulong>> blocks)
    {
        var places = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(blocks.Sum(block => block.Length) * 2, 16))];
        var (distinct, flagged) = (0, 0);
        foreach (var block in blocks)
        {
            foreach (var entry in block.Span)
            {
                var hash = Named(entry);
                var at = PlaceOf(hash, places.Length);
                while (places[at] != 0 && (places[at] & ~1UL) != hash)
                    at = (at + 1) & (places.Length - 1);
                distinct += places[at] == 0 ? 1 : 0;
                flagged += (int)(entry & 1 & ~places[at]);
                places[at] |= hash | (entry & 1);
            }
        }
        return new HashPart(places, distinct, flagged);
    }

    public bool Contains(ulong hash)
    {
        hash = Named(hash);
        for (var at = PlaceOf(hash, _places.Length); _places[at] != 0; at = (at + 1) & (_places.Length - 1))
        {
            if ((_places[at] & ~1UL) == hash)
                return true;
        }
        return false;
    }

    /// <summary>Asks the processor to fetch where a hash would lie: the next look at it then need not wait for memory.</summary>
    public unsafe void Prefetch(ulong hash)
    {
        if (!Sse.IsSupported)
            return;
        // A hint only: an address that the collector moved meanwhile is fetched for nothing.
        ref var place = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_places), PlaceOf(Named(hash), _places.Length));
        Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }

    /// <summary>The leading bits are the same for all of a part, so the place comes from the others.</summary>
    static int PlaceOf(ulong hash, int length) => (int)(hash >> 1) & (length - 1);

    /// <summary>A hash without its flag; the one that is then 0, which means an empty place, is kept as another.</summary>
    static ulong Named(ulong hash) => (hash & ~1UL) is var named && named == 0 ? 1UL << 63 : named;
}
