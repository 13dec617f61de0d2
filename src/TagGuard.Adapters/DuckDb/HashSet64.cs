using System.Numerics;

namespace TagGuard.Adapters.DuckDb;

/// <summary>A set of 64-bit hashes that many threads read at once after it was filled: 8 to 16 bytes a hash.</summary>
sealed class HashSet64(long capacity)
{
    readonly ulong[] _places = new ulong[BitOperations.RoundUpToPowerOf2((ulong)Math.Max(capacity * 3 / 2, 16))];

    /// <summary>Adds a hash that is not in it more than <c>capacity</c> times in all.</summary>
    public void Add(ulong hash)
    {
        hash = hash == 0 ? 1 : hash;
        var at = hash & (ulong)(_places.LongLength - 1);
        while (_places[at] != 0 && _places[at] != hash)
            at = (at + 1) & (ulong)(_places.LongLength - 1);
        _places[at] = hash;
    }

    public bool Contains(ulong hash)
    {
        hash = hash == 0 ? 1 : hash;
        var at = hash & (ulong)(_places.LongLength - 1);
        while (_places[at] != 0)
        {
            if (_places[at] == hash)
                return true;
            at = (at + 1) & (ulong)(_places.LongLength - 1);
        }
        return false;
    }
}
