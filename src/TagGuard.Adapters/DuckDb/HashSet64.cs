namespace TagGuard.Adapters.DuckDb;

/// <summary>A set of 64-bit hashes that many threads add to, and then many read at once:
/// 11 to 22 bytes a hash, however often each is added.</summary>
sealed class HashSet64
{
    readonly HashPart[] _parts = [.. Enumerable.Range(0, 1 << HashParts.PartBits).Select(_ => new HashPart(0))];

    public long Count => _parts.Sum(part => (long)part.Distinct);

    /// <summary>How many of them were added with the flag at least once.</summary>
    public long Flagged => _parts.Sum(part => (long)part.Flagged);

    /// <summary>Nobody may add any more.</summary>
    public bool Contains(ulong hash) => _parts[HashParts.PartOf(hash)].Contains(hash);

    public void Prefetch(ulong hash) => _parts[HashParts.PartOf(hash)].Prefetch(hash);

    /// <summary>Adds hashes of one part, with their flags in the lowest bit. Threads may call it at once.</summary>
    public void Add(int part, ReadOnlySpan<ulong> entries)
    {
        lock (_parts[part])
            _parts[part].Add(entries);
    }
}

/// <summary>Collects one thread's hashes by part, so that the set's locks are taken once for many of them.</summary>
sealed class HashBuffer(HashSet64 set)
{
    const int Room = 512;
    readonly ulong[] _entries = new ulong[Room << HashParts.PartBits];
    readonly int[] _used = new int[1 << HashParts.PartBits];

    public void Add(ulong hash, bool flag)
    {
        var part = HashParts.PartOf(hash);
        _entries[part * Room + _used[part]++] = (hash & ~1UL) | (flag ? 1UL : 0UL);
        if (_used[part] == Room)
            Flush(part);
    }

    /// <summary>Hands over what is left.</summary>
    public void Flush()
    {
        for (var part = 0; part < _used.Length; part++)
            Flush(part);
    }

    void Flush(int part)
    {
        set.Add(part, _entries.AsSpan(part * Room, _used[part]));
        _used[part] = 0;
    }
}
