using System.Runtime.CompilerServices;
using System.Text;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// Counts texts straight from DuckDB's memory: open addressing, one cache line a key, no .NET string until the end. A key is counted once a row.
/// </summary>
/// <remarks>Texts of up to 12 bytes, as tag ids mostly are, are their own 16 bytes; longer ones are their hash, and compared byte by byte.</remarks>
sealed unsafe class KeyCounter
{
    /// <summary>Marks the second word of a long text: no text in place has these bytes, for 0xFF is not in UTF-8.</summary>
    const ulong Long = 0xFFFF_FFFF_0000_0000;

    Slot[] _slots = new Slot[2048];
    byte[]?[] _long = new byte[]?[2048];
    int _used;

    struct Slot
    {
        public ulong First;
        public ulong Second;

        /// <summary>The last row that had the key; 0 is an empty slot.</summary>
        public long LastRow;
        public long Rows;
        public long ActiveRows;
    }

    /// <summary>Counts a key for a row. Rows are numbered from 1, ascending.</summary>
    public void Add(DuckDbString* key, long row, bool isActive)
    {
        var (first, second) = key->IsInPlace ? key->Raw : (HashOf(key->Bytes), Long | (uint)key->Bytes.Length);
        ref var slot = ref Find(first, second, key);
        if (slot.LastRow == row)
            return;
        slot.LastRow = row;
        slot.Rows++;
        slot.ActiveRows += isActive ? 1 : 0;
    }

    /// <summary>What was counted, in no order.</summary>
    public IEnumerable<(string Key, long Rows, long ActiveRows)> Counts()
    {
        for (var at = 0; at < _slots.Length; at++)
        {
            if (_slots[at].LastRow != 0)
                yield return (TextAt(at), _slots[at].Rows, _slots[at].ActiveRows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    ref Slot Find(ulong first, ulong second, DuckDbString* key)
    {
        var slots = _slots;
        for (var at = PlaceOf(first, second, slots.Length); ; at = (at + 1) & (slots.Length - 1))
        {
            ref var slot = ref slots[at];
            if (slot.First == first && slot.Second == second && slot.LastRow != 0 && (second < Long || key->Bytes.SequenceEqual(_long[at])))
                return ref slot;
            if (slot.LastRow == 0)
                return ref Insert(at, first, second, key);
        }
    }

    ref Slot Insert(int at, ulong first, ulong second, DuckDbString* key)
    {
        if (++_used * 2 > _slots.Length)
        {
            Grow();
            at = EmptyPlaceFor(first, second);
        }
        _slots[at] = new Slot { First = first, Second = second };
        _long[at] = second < Long ? null : key->Bytes.ToArray();
        return ref _slots[at];
    }

    void Grow()
    {
        var (slots, texts) = (_slots, _long);
        _slots = new Slot[slots.Length * 2];
        _long = new byte[]?[slots.Length * 2];
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i].LastRow == 0)
                continue;
            var at = EmptyPlaceFor(slots[i].First, slots[i].Second);
            (_slots[at], _long[at]) = (slots[i], texts[i]);
        }
    }

    int EmptyPlaceFor(ulong first, ulong second)
    {
        var at = PlaceOf(first, second, _slots.Length);
        while (_slots[at].LastRow != 0)
            at = (at + 1) & (_slots.Length - 1);
        return at;
    }

    string TextAt(int at)
    {
        if (_long[at] is { } bytes)
            return Encoding.UTF8.GetString(bytes);
        fixed (Slot* slot = &_slots[at])
            return Encoding.UTF8.GetString(((DuckDbString*)slot)->Bytes);
    }

    /// <summary>Multiply both words and fold the 128 bits, as wyhash (Wang Yi, public domain) does.</summary>
    static int PlaceOf(ulong first, ulong second, int length)
    {
        var high = Math.BigMul(first ^ 0xA0761D6478BD642F, second ^ 0xE7037ED1A0B428DB, out var low);
        return (int)(high ^ low) & (length - 1);
    }

    /// <summary>FNV-1a, 64 bits (Fowler, Noll, Vo): simple, and equal hashes are told apart by their bytes.</summary>
    static ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var one in bytes)
            hash = (hash ^ one) * 0x100000001B3;
        return hash;
    }
}
