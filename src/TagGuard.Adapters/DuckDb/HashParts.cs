namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// 64-bit hashes of users, 8 bytes each, split by their leading bits as they come, so that each part can be looked at alone, in cache.
/// </summary>
/// <remarks>
/// The lowest bit carries a flag. Two of n users share a hash with a chance of about n^2 / 2^64: 1 in 7,000 for 50 million users, and then one user
/// is taken for a duplicate.
/// </remarks>
sealed class HashParts
{
    public const int PartBits = 8;
    const int BlockLength = 1 << 12;
    readonly List<ulong[]>[] _parts = [.. Enumerable.Range(0, 1 << PartBits).Select(_ => new List<ulong[]>())];
    readonly ulong[][] _last = [.. Enumerable.Repeat(Array.Empty<ulong>(), 1 << PartBits)];
    readonly int[] _inLast = new int[1 << PartBits];

    /// <summary>Adds a hash with a flag.</summary>
    public void Add(ulong hash, bool flag)
    {
        var part = PartOf(hash);
        var block = _last[part];
        var used = _inLast[part];
        if ((uint)used >= (uint)block.Length)
            (block, used) = (NewBlock(part), 0);
        block[used] = (hash & ~1UL) | (flag ? 1UL : 0UL);
        _inLast[part] = used + 1;
    }

    public static int PartOf(ulong hash) => (int)(hash >> (64 - PartBits));

    /// <summary>How many different hashes several of these hold together, and how many of them had the flag at least once.</summary>
    public static (long Distinct, long Flagged) Count(IReadOnlyCollection<HashParts> all, CancellationToken cancellationToken)
    {
        var (distinct, flagged) = (0L, 0L);
        Parallel.For(0, 1 << PartBits, new ParallelOptions { CancellationToken = cancellationToken }, part =>
        {
            var hashes = HashPart.Of(BlocksOf(all, part));
            Interlocked.Add(ref distinct, hashes.Distinct);
            Interlocked.Add(ref flagged, hashes.Flagged);
        });
        return (distinct, flagged);
    }

    /// <summary>One part of several of these.</summary>
    static IReadOnlyList<ReadOnlyMemory<ulong>> BlocksOf(IReadOnlyCollection<HashParts> all, int part) =>
        [.. all.SelectMany(hashes => hashes.BlocksOf(part))];

    IEnumerable<ReadOnlyMemory<ulong>> BlocksOf(int part) =>
        _parts[part].Select(block => new ReadOnlyMemory<ulong>(block, 0, ReferenceEquals(block, _last[part]) ? _inLast[part] : BlockLength));

    ulong[] NewBlock(int part)
    {
        var block = new ulong[BlockLength];
        _parts[part].Add(block);
        return _last[part] = block;
    }
}
