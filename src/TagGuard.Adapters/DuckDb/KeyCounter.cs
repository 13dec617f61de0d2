using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// Counts texts straight from DuckDB's memory: open addressing, half a cache line a key, no .NET string until the end. A key is counted once a row.
/// </summary>
/// <remarks>Texts of up to 12 bytes, as tag ids mostly are, are their own 16 bytes; longer ones are their hash, and compared byte by byte.</remarks>
sealed unsafe class KeyCounter
{
    /// <summary>Marks the second word of a long text: no text in place has these bytes, for 0xFF is not in UTF-8.</summary>
    const ulong Long = 0xFFFF_FFFF_0000_0000;

    /// <summary>A slot in four is used at most: then nearly every look finds its key at the first place.
    /// Of very many keys one in two, for they leave the cache anyway.</summary>
    const int Room = 4, RoomOfMany = 2, Many = 1 << 16;

    int _length = 4096;
    Slot[] _memory;
    Slot* _slots;
    byte[]?[] _long;
    int _used;

    readonly FamilyCounter? _families;

    /// <param name="families">Counts the families of the keys; null when they are not asked for.</param>
    public KeyCounter(FamilyCounter? families = null)
    {
        _families = families;
        Allocate();
    }

    /// <summary>32 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8, Size = 32)]
    struct Slot
    {
        public ulong First;
        public ulong Second;

        /// <summary>The last row that had the key; 0 is an empty slot.</summary>
        public uint LastRow;
        public uint Rows;
        public uint ActiveRows;

        /// <summary>The number of the key's family; 0 without one.</summary>
        public uint Family;
    }

    /// <summary>How many different keys there are.</summary>
    public int Count => _used;

    /// <summary>Counts a key for a row.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">The row's number, ascending.</param>
    /// <param name="isActive">1 for the row of an active user.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(DuckDbString* key, long entry, uint isActive)
    {
        // Never 0, and far from the last row that had the key.
        var row = (uint)(entry % uint.MaxValue) + 1;
        var (first, second) = key->IsInPlace ? key->Raw : NameOfLong(key);
        var slot = Find(first, second, key->Bytes);
        if (slot->LastRow == row)
            return;
        slot->LastRow = row;
        slot->Rows++;
        slot->ActiveRows += isActive;
        if (slot->Family != 0)
            _families!.Add(slot->Family, row);
    }

    /// <summary>What was counted, in no order.</summary>
    public IEnumerable<(string Key, long Rows, long ActiveRows)> Counts()
    {
        for (var at = 0; at < _length; at++)
        {
            var slot = SlotAt(at);
            if (slot.LastRow != 0)
                yield return (TextAt(at), slot.Rows, slot.ActiveRows);
        }
    }

    /// <summary>Adds what another counted of other rows.</summary>
    /// <exception cref="OverflowException">A key has more than 4 billion rows.</exception>
    public void Add(KeyCounter other)
    {
        for (var at = 0; at < other._length; at++)
        {
            var theirs = other._slots + at;
            if (theirs->LastRow == 0)
                continue;
            var slot = Find(theirs->First, theirs->Second, other._long[at] ?? ((DuckDbString*)theirs)->Bytes);
            slot->LastRow = 1;
            checked
            {
                slot->Rows += theirs->Rows;
                slot->ActiveRows += theirs->ActiveRows;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Slot* Find(ulong first, ulong second, ReadOnlySpan<byte> key)
    {
        for (var at = PlaceOf(first, second); ; at++)
        {
            at &= _length - 1;
            var slot = _slots + at;
            if (slot->First == first && slot->Second == second && slot->LastRow != 0 && (second < Long || key.SequenceEqual(_long[at])))
                return slot;
            if (slot->LastRow == 0)
                return Insert(at, first, second, key);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    Slot* Insert(int at, ulong first, ulong second, ReadOnlySpan<byte> key)
    {
        if (++_used * (long)(_used < Many ? Room : RoomOfMany) > _length)
        {
            Grow();
            at = EmptyPlaceFor(first, second);
        }
        _slots[at] = new Slot { First = first, Second = second, Family = _families?.NumberOf(key) ?? 0 };
        _long[at] = second < Long ? null : key.ToArray();
        return _slots + at;
    }

    void Grow()
    {
        var (memory, slots, texts, length) = (_memory, (nint)_slots, _long, _length);
        _length *= 2;
        Allocate();
        for (var i = 0; i < length; i++)
        {
            var slot = ((Slot*)slots)[i];
            if (slot.LastRow == 0)
                continue;
            var at = EmptyPlaceFor(slot.First, slot.Second);
            (_slots[at], _long[at]) = (slot, texts[i]);
        }
        GC.KeepAlive(memory);
    }

    /// <summary>Slots start at a multiple of their size, so that none lies across two cache lines.</summary>
    [MemberNotNull(nameof(_memory), nameof(_long))]
    void Allocate()
    {
        _memory = GC.AllocateArray<Slot>(_length + 1, pinned: true);
        _slots = (Slot*)(((nint)Unsafe.AsPointer(ref _memory[0]) + sizeof(Slot) - 1) & -sizeof(Slot));
        _long = new byte[]?[_length];
    }

    int EmptyPlaceFor(ulong first, ulong second)
    {
        var at = PlaceOf(first, second) & (_length - 1);
        while (_slots[at].LastRow != 0)
            at = (at + 1) & (_length - 1);
        return at;
    }

    Slot SlotAt(int at) => _slots[at];

    string TextAt(int at) => Encoding.UTF8.GetString(_long[at] ?? ((DuckDbString*)(_slots + at))->Bytes);

    /// <summary>Multiply both words and fold the 128 bits, as wyhash (Wang Yi, public domain) does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int PlaceOf(ulong first, ulong second)
    {
        var high = Math.BigMul(first ^ 0xA0761D6478BD642F, second ^ 0xE7037ED1A0B428DB, out var low);
        return (int)(high ^ low);
    }

    /// <summary>FNV-1a, 64 bits (Fowler, Noll, Vo): simple, and equal hashes are told apart by their bytes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static (ulong First, ulong Second) NameOfLong(DuckDbString* key)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var one in key->Bytes)
            hash = (hash ^ one) * 0x100000001B3;
        return (hash, Long | (uint)key->Bytes.Length);
    }
}
