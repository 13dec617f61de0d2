using System.Numerics;
using System.Text;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// Counts texts straight from DuckDB's memory: open addressing with a 64-bit hash, no .NET string until the end. A key is counted once a row.
/// </summary>
/// <remarks>Texts of up to 12 bytes, as tag ids mostly are, are compared as two 64-bit words.</remarks>
sealed unsafe class KeyCounter
{
    Slot[] _slots = new Slot[1024];
    Count[] _counts = new Count[512];
    int _used;

    struct Slot
    {
        public ulong Hash;

        /// <summary>Index of the count, plus one; 0 is an empty slot.</summary>
        public int Index;
    }

    struct Count
    {
        public (ulong First, ulong Second) Raw;
        public byte[]? Long;
        public long Rows;
        public long ActiveRows;
        public long LastRow;
    }

    /// <summary>Counts a key for a row. Rows are numbered from 1, ascending.</summary>
    public void Add(DuckDbString* key, long row, bool active)
    {
        ref var count = ref Find(key);
        if (count.LastRow == row)
            return;
        count.LastRow = row;
        count.Rows++;
        if (active)
            count.ActiveRows++;
    }

    /// <summary>What was counted, in no order.</summary>
    public IEnumerable<(string Key, long Rows, long ActiveRows)> Counts()
    {
        for (var i = 0; i < _used; i++)
            yield return (TextOf(ref _counts[i]), _counts[i].Rows, _counts[i].ActiveRows);
    }

    ref Count Find(DuckDbString* key)
    {
        var raw = key->Raw;
        var inPlace = key->IsInPlace;
        var hash = inPlace ? Mix(raw.First, raw.Second) : HashOf(key->Bytes);
        var mask = _slots.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref _slots[at];
            if (slot.Index == 0)
                return ref Insert(ref slot, hash, key, inPlace);
            if (slot.Hash != hash)
                continue;
            ref var count = ref _counts[slot.Index - 1];
            if (inPlace ? count.Long is null && count.Raw == raw : count.Long is not null && key->Bytes.SequenceEqual(count.Long))
                return ref count;
        }
    }

    ref Count Insert(ref Slot slot, ulong hash, DuckDbString* key, bool inPlace)
    {
        slot = new Slot { Hash = hash, Index = ++_used };
        if (_used > _counts.Length)
            Array.Resize(ref _counts, _counts.Length * 2);
        _counts[_used - 1] = new Count { Raw = inPlace ? key->Raw : default, Long = inPlace ? null : key->Bytes.ToArray() };
        if (_used * 2 > _slots.Length)
            Grow();
        return ref _counts[_used - 1];
    }

    void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 4];
        var mask = _slots.Length - 1;
        foreach (var slot in old.Where(slot => slot.Index != 0))
        {
            var at = (int)slot.Hash & mask;
            while (_slots[at].Index != 0)
                at = (at + 1) & mask;
            _slots[at] = slot;
        }
    }

    static string TextOf(ref Count count)
    {
        if (count.Long is not null)
            return Encoding.UTF8.GetString(count.Long);
        fixed ((ulong, ulong)* raw = &count.Raw)
            return Encoding.UTF8.GetString(((DuckDbString*)raw)->Bytes);
    }

    /// <summary>Two rounds of multiply and fold (the finaliser of MurmurHash3 by Austin Appleby, public domain, on the sum of both words).</summary>
    static ulong Mix(ulong first, ulong second)
    {
        var hash = first ^ BitOperations.RotateLeft(second * 0x9E3779B97F4A7C15, 31);
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return hash ^ (hash >> 33);
    }

    static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return Mix((ulong)bytes.Length, (uint)hash.ToHashCode());
    }
}
