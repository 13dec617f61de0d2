namespace TagGuard.Adapters.Csv;

/// <summary>64-bit hashes of keys, 8 bytes each however many there are, and which of them came more than once.</summary>
sealed class KeyHashes
{
    /// <summary>Hashes are put apart by their upper 8 bits, so that a small part at a time is sorted.</summary>
    const int Parts = 256;
    const int BlockSize = 4096;

    readonly List<ulong[]>[] _blocks = [.. Enumerable.Range(0, Parts).Select(_ => new List<ulong[]>())];
    readonly int[] _counts = new int[Parts];

    /// <summary>FNV-1a (Fowler, Noll, Vo), mixed once more, for it is weak in its upper bits.</summary>
    public static ulong Of(ReadOnlySpan<byte> key)
    {
        var hash = 14695981039346656037UL;
        foreach (var one in key)
            hash = (hash ^ one) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        return hash ^ (hash >> 33);
    }

    public void Add(ReadOnlySpan<byte> key)
    {
        var hash = Of(key);
        var part = (int)(hash >> 56);
        var at = _counts[part]++ % BlockSize;
        if (at == 0)
            _blocks[part].Add(new ulong[BlockSize]);
        _blocks[part][^1][at] = hash;
    }

    /// <summary>The hashes that were added more than once, ascending.</summary>
    public ulong[] Repeated()
    {
        var repeated = new List<ulong>();
        var sorted = new ulong[_counts.Max()];
        for (var part = 0; part < Parts; part++)
        {
            var hashes = sorted.AsSpan(0, _counts[part]);
            for (var block = 0; block < _blocks[part].Count; block++)
                _blocks[part][block].AsSpan(0, Math.Min(BlockSize, hashes.Length - (block * BlockSize))).CopyTo(hashes[(block * BlockSize)..]);
            hashes.Sort();
            for (var i = 1; i < hashes.Length; i++)
            {
                if (hashes[i] == hashes[i - 1] && (repeated.Count == 0 || repeated[^1] != hashes[i]))
                    repeated.Add(hashes[i]);
            }
        }
        return [.. repeated];
    }
}
