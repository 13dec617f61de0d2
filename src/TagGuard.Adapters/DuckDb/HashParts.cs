using System.Buffers;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// 64-bit hashes of users, 8 bytes each, split by their leading bits as they come, so that each part can be looked at alone, in cache.
/// </summary>
/// <remarks>
/// The lowest bit carries a flag. Two of n users share a hash with a chance of about n^2 / 2^64: 1 in 7,000 for 50 million users, and then one user is
/// taken for a duplicate.
/// </remarks>
sealed class HashParts
{
    const int PartBits = 8;
    const int BlockLength = 1 << 12;
    readonly List<ulong[]>[] _parts = [.. Enumerable.Range(0, 1 << PartBits).Select(_ => new List<ulong[]>())];
    readonly int[] _inLast = new int[1 << PartBits];

    /// <summary>Adds a hash with a flag.</summary>
    public void Add(ulong hash, bool flag)
    {
        var part = (int)(hash >> (64 - PartBits));
        ref var used = ref _inLast[part];
        var blocks = _parts[part];
        if (blocks.Count == 0 || used == BlockLength)
        {
            blocks.Add(new ulong[BlockLength]);
            used = 0;
        }
        blocks[^1][used++] = (hash & ~1UL) | (flag ? 1UL : 0UL);
    }

    /// <summary>How many different hashes several of these hold together, and how many of them had the flag at least once.</summary>
    public static (long Distinct, long Flagged) Count(IReadOnlyCollection<HashParts> all, CancellationToken cancellationToken)
    {
        var distinct = 0L;
        var flagged = 0L;
        Parallel.For(0, 1 << PartBits, new ParallelOptions { CancellationToken = cancellationToken }, part =>
        {
            var blocks = all.SelectMany(hashes => hashes.BlocksOf(part)).ToList();
            var (different, marked) = CountPart(blocks);
            Interlocked.Add(ref distinct, different);
            Interlocked.Add(ref flagged, marked);
        });
        return (distinct, flagged);
    }

    IEnumerable<ReadOnlyMemory<ulong>> BlocksOf(int part) =>
        _parts[part].Select((block, i) => new ReadOnlyMemory<ulong>(block, 0, i == _parts[part].Count - 1 ? _inLast[part] : BlockLength));

    /// <summary>Open addressing, half full; the leading bits are the same for all, so the place comes from the ones behind them.</summary>
    static (long Distinct, long Flagged) CountPart(IReadOnlyList<ReadOnlyMemory<ulong>> blocks)
    {
        var length = blocks.Sum(block => block.Length);
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(length * 2, 16));
        var places = ArrayPool<ulong>.Shared.Rent(size);
        places.AsSpan(0, size).Clear();
        var distinct = 0L;
        var flagged = 0L;
        foreach (var block in blocks)
        {
            foreach (var entry in block.Span)
            {
                // An empty place is 0, so the one hash that is 0 (without its flag) is kept as another.
                var hash = (entry & ~1UL) == 0 ? 1UL << 63 : entry & ~1UL;
                var at = (int)(hash >> 1) & (size - 1);
                while (places[at] != 0 && (places[at] & ~1UL) != hash)
                    at = (at + 1) & (size - 1);
                distinct += places[at] == 0 ? 1 : 0;
                flagged += (long)(entry & 1 & ~places[at]);
                places[at] |= hash | (entry & 1);
            }
        }
        ArrayPool<ulong>.Shared.Return(places);
        return (distinct, flagged);
    }
}
