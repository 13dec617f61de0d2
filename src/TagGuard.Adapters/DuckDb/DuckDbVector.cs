using System.Runtime.InteropServices;
using System.Text;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace TagGuard.Adapters.DuckDb;

/// <summary>A column of a chunk, in DuckDB's own memory: duckdb.org/docs/stable/clients/c/vector. Valid as long as its chunk.</summary>
readonly unsafe ref struct DuckDbVector
{
    public static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>Timestamps without a zone are clock times of nowhere in particular; those with one are UTC.</summary>
    static readonly DateTime WallClock = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    readonly nint _vector;
    readonly void* _data;
    readonly ulong* _validity;

    internal DuckDbVector(nint vector)
    {
        _vector = vector;
        _data = Vectors.DuckDBVectorGetData(vector);
        _validity = Vectors.DuckDBVectorGetValidity(vector);
    }

    public bool IsNull(long row) => _validity is not null && (_validity[row >> 6] & (1UL << (int)(row & 63))) == 0;

    /// <summary>The values as they lie in memory; those of null rows are undefined.</summary>
    public T* Values<T>() where T : unmanaged => (T*)_data;

    /// <summary>The elements of a list column: <see cref="Values{T}"/> of <see cref="ListEntry"/> says which belong to which row.</summary>
    public DuckDbVector Elements() => new(Vectors.DuckDBListVectorGetChild(_vector));

    public string String(long row) => Encoding.UTF8.GetString(((DuckDbString*)_data)[row].Bytes);

    /// <summary>A value as .NET has it: null, bool, long, decimal-like numbers as double, text, dates and times as <see cref="DateTime"/> (of kind
    /// UTC when they have a zone).</summary>
    /// <remarks>
    /// Times beyond the years 1 to 9999, infinity among them, come as the first or last instant of these. Types that no check asks for (nested ones,
    /// intervals) come as their type's name.
    /// </remarks>
    public object? Value(DuckDBType type, long row)
    {
        if (IsNull(row))
            return null;
        return type switch
        {
            DuckDBType.Boolean => ((byte*)_data)[row] != 0,
            DuckDBType.TinyInt => (long)((sbyte*)_data)[row],
            DuckDBType.SmallInt => (long)((short*)_data)[row],
            DuckDBType.Integer => (long)((int*)_data)[row],
            DuckDBType.BigInt => ((long*)_data)[row],
            DuckDBType.UnsignedTinyInt => (long)((byte*)_data)[row],
            DuckDBType.UnsignedSmallInt => (long)((ushort*)_data)[row],
            DuckDBType.UnsignedInteger => (long)((uint*)_data)[row],
            DuckDBType.UnsignedBigInt => (double)((ulong*)_data)[row],
            DuckDBType.HugeInt => (double)((Int128*)_data)[row],
            DuckDBType.Float => (double)((float*)_data)[row],
            DuckDBType.Double => ((double*)_data)[row],
            DuckDBType.Varchar => String(row),
            DuckDBType.Date => Time(WallClock, ((int*)_data)[row], TimeSpan.TicksPerDay),
            DuckDBType.TimestampTz => Time(DateTime.UnixEpoch, ((long*)_data)[row], TimeSpan.TicksPerMicrosecond),
            DuckDBType.Timestamp => Time(WallClock, ((long*)_data)[row], TimeSpan.TicksPerMicrosecond),
            DuckDBType.TimestampS => Time(WallClock, ((long*)_data)[row], TimeSpan.TicksPerSecond),
            DuckDBType.TimestampMs => Time(WallClock, ((long*)_data)[row], TimeSpan.TicksPerMillisecond),
            // Infinity is the largest number, whatever its unit.
            DuckDBType.TimestampNs when Math.Abs(((long*)_data)[row]) == long.MaxValue => Time(WallClock, ((long*)_data)[row], 1),
            DuckDBType.TimestampNs => WallClock.AddTicks(((long*)_data)[row] / 100),
            _ => type.ToString(),
        };
    }

    static DateTime Time(DateTime epoch, long units, long ticksPerUnit)
    {
        var ticks = epoch.Ticks + (Int128)units * ticksPerUnit;
        return new DateTime((long)Int128.Clamp(ticks, 0, DateTime.MaxValue.Ticks), epoch.Kind);
    }
}

/// <summary>duckdb_list_entry: where a row's elements lie in the child vector.</summary>
[StructLayout(LayoutKind.Sequential)]
readonly struct ListEntry
{
    public readonly long Offset;
    public readonly long Length;
}

/// <summary>duckdb_string_t: up to 12 bytes in place, longer text behind a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
readonly unsafe struct DuckDbString
{
    [FieldOffset(0)] readonly uint _length;
    [FieldOffset(4)] readonly byte _inPlace;
    [FieldOffset(8)] readonly byte* _pointer;
    [FieldOffset(0)] readonly ulong _first;
    [FieldOffset(8)] readonly ulong _second;

    public bool IsInPlace => _length <= 12;

    /// <summary>The bytes in UTF-8. Taken from the value's own place in memory, so use it on a value that stays where it is.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            if (!IsInPlace)
                return new ReadOnlySpan<byte>(_pointer, (int)_length);
            fixed (byte* start = &_inPlace)
                return new ReadOnlySpan<byte>(start, (int)_length);
        }
    }

    /// <summary>Length and text of a value in place as 16 bytes: equal for equal texts, for DuckDB fills the rest with zeros.</summary>
    public (ulong First, ulong Second) Raw => (_first, _second);
}
