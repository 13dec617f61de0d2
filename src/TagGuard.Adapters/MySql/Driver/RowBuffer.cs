using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>The memory of one row: the library writes each row over the one before. Long values stay with the library until they are asked for.</summary>
sealed unsafe class RowBuffer
{
    /// <summary>Values up to here get a buffer, once one of their size was met; longer ones are fetched apart.</summary>
    const int MaxBuffer = 64 * 1024;
    const int FirstBuffer = 1024;

    readonly MySqlStatement _statement;
    readonly Cell[] _cells;
    readonly Bind[] _binds;
    readonly byte[][] _buffers;
    bool _isBound;

    public RowBuffer(MySqlStatement statement, Column[] columns)
    {
        _statement = statement;
        _cells = GC.AllocateArray<Cell>(columns.Length, pinned: true);
        _binds = GC.AllocateArray<Bind>(columns.Length, pinned: true);
        _buffers = new byte[columns.Length][];
        for (var i = 0; i < columns.Length; i++)
        {
            var cell = CellAt(i);
            _binds[i] = new Bind
            {
                Type = columns[i].BufferType,
                IsUnsigned = columns[i].Kind == ColumnKind.Unsigned ? (byte)1 : (byte)0,
                Length = &cell->Length,
                IsNull = &cell->IsNull,
                Error = &cell->Error,
                Buffer = &cell->Fixed,
                BufferLength = (nuint)sizeof(Fixed),
            };
            if (columns[i].IsLong)
                Give(i, (int)Math.Clamp(columns[i].MaxLength, 1, FirstBuffer));
        }
    }

    /// <summary>Fetches the next row; false after the last. Called within a turn.</summary>
    public bool Next()
    {
        if (!_isBound)
            _statement.Bind((Bind*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_binds)));
        _isBound = true;
        var isRow = _statement.Fetch();
        GC.KeepAlive(this);
        return isRow;
    }

    public bool IsNull(int i) => _cells[i].IsNull != 0;

    public long Integer(int i) => _cells[i].Fixed.Integer;

    public float Float(int i) => _cells[i].Fixed.Float;

    public double Double(int i) => _cells[i].Fixed.Double;

    public ref readonly Time Time(int i) => ref _cells[i].Fixed.Time;

    /// <summary>Bytes of the current value.</summary>
    public long Length(int i) => (long)_cells[i].Length;

    /// <summary>The whole value; good until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int i)
    {
        var length = checked((int)Length(i));
        if (length <= _buffers[i].Length)
            return _buffers[i].AsSpan(0, length);
        var whole = GC.AllocateUninitializedArray<byte>(length);
        Copy(i, 0, whole);
        if (length <= MaxBuffer)
            Give(i, Math.Min(2 * length, MaxBuffer));
        return whole;
    }

    /// <summary>Copies a part of the value, from <paramref name="offset"/> on; returns how many bytes there were.</summary>
    public int Copy(int i, long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(Length(i) - offset, 0, into.Length);
        if (count == 0)
            return 0;
        fixed (byte* start = into)
        {
            nuint length = 0;
            byte isNull = 0, isCut = 0;
            var bind = new Bind { Type = FieldType.Blob, Buffer = start, BufferLength = (nuint)count, Length = &length, IsNull = &isNull, Error = &isCut };
            using var turn = _statement.Connection.Take();
            _statement.FetchColumn(i, &bind, offset);
        }
        return count;
    }

    /// <summary>Gives a column a buffer, from the next row on. What is in the old one is no longer this row's value.</summary>
    void Give(int i, int length)
    {
        _buffers[i] = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        _binds[i].Buffer = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_buffers[i]));
        _binds[i].BufferLength = (nuint)length;
        _isBound = false;
    }

    Cell* CellAt(int i) => (Cell*)Unsafe.AsPointer(ref _cells[i]);

    struct Cell
    {
        public nuint Length;
        public Fixed Fixed;
        public byte IsNull, Error;
    }

    [StructLayout(LayoutKind.Explicit)]
    struct Fixed
    {
        [FieldOffset(0)] public long Integer;
        [FieldOffset(0)] public float Float;
        [FieldOffset(0)] public double Double;
        [FieldOffset(0)] public Time Time;
    }
}
