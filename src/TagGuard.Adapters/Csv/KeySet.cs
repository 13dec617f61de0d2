namespace TagGuard.Adapters.Csv;

/// <summary>Keys that were seen, by their 64-bit FNV-1a hash (Fowler, Noll, Vo; mixed once more, for it is weak in its upper bits): open addressing, at most half full.</summary>
sealed class KeySet
{
    ulong[] _places = new ulong[1 << 16];
    int _count;

    /// <summary>False when the key was there already.</summary>
    public bool Add(ReadOnlySpan<byte> key)
    {
        if (_count * 2L >= _places.Length)
            Grow();
        if (!Put(_places, HashOf(key)))
            return false;
        _count++;
        return true;
    }

    void Grow()
    {
        var places = new ulong[_places.Length * 2L];
        foreach (var hash in _places)
        {
            if (hash != 0)
                Put(places, hash);
        }
        _places = places;
    }

    static bool Put(ulong[] places, ulong hash)
    {
        var mask = (ulong)places.LongLength - 1;
        var at = hash & mask;
        for (; places[at] != 0; at = (at + 1) & mask)
        {
            if (places[at] == hash)
                return false;
        }
        places[at] = hash;
        return true;
    }

    static ulong HashOf(ReadOnlySpan<byte> key)
    {
        var hash = 14695981039346656037UL;
        foreach (var one in key)
            hash = (hash ^ one) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        // 0 is an empty place.
        return Math.Max(hash ^ (hash >> 33), 1);
    }
}
