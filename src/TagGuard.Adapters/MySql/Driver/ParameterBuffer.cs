using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>The values of one execution, laid out for the library. Their memory does not move; long blobs are used where they are.</summary>
/// <remarks>
/// Taken: null, bool, all integers and their enums, decimal, float, double, char, string (utf8mb4), byte[] and memory of bytes, Guid (as text), DateOnly, TimeOnly,
/// TimeSpan, DateTime (local ones become UTC, the session's zone), DateTimeOffset (as UTC). Times keep microseconds.
/// </remarks>
sealed unsafe class ParameterBuffer : IDisposable
{
    const int PinFrom = 8 * 1024;
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly List<MemoryHandle> _pins = [];
    readonly List<int> _fromStart = [];
    readonly Bind[] _binds;
    byte[] _data = GC.AllocateUninitializedArray<byte>(256, pinned: true);
    int _used;
    int _count;

    public ParameterBuffer(int count) => _binds = GC.AllocateArray<Bind>(Math.Max(count, 1), pinned: true);

    /// <summary>Bytes of all values.</summary>
    public long Length { get; private set; }

    /// <summary>Forgets all values but keeps the memory.</summary>
    public void Clear()
    {
        Dispose();
        _fromStart.Clear();
        _used = _count = 0;
        Length = 0;
        Array.Clear(_binds);
    }

    /// <summary>Lays out the next value.</summary>
    /// <exception cref="ArgumentException">The value cannot be sent; the message names the parameter and does not show the value.</exception>
    public void Add(string name, object? value)
    {
        switch (value is Enum ? Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), CultureInfo.InvariantCulture) : value)
        {
            case null or DBNull:
                _binds[_count++].Type = FieldType.Null;
                break;
            case bool flag:
                Put(FieldType.Tiny, flag ? (byte)1 : (byte)0);
                break;
            case sbyte or short or int or long or byte or ushort or uint:
                Put(FieldType.LongLong, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                _binds[_count].IsUnsigned = 1;
                Put(FieldType.LongLong, number);
                break;
            case float number:
                Put(FieldType.Float, number);
                break;
            case double number:
                Put(FieldType.Double, number);
                break;
            case decimal number:
                Text(FieldType.NewDecimal, number.ToString(CultureInfo.InvariantCulture), name);
                break;
            case string text:
                Text(FieldType.String, text, name);
                break;
            case char letter:
                Text(FieldType.String, letter.ToString(), name);
                break;
            case Guid id:
                Text(FieldType.String, id.ToString(), name);
                break;
            case byte[] bytes:
                Bytes(bytes);
                break;
            case ReadOnlyMemory<byte> bytes:
                Bytes(bytes);
                break;
            case Memory<byte> bytes:
                Bytes(bytes);
                break;
            case ArraySegment<byte> bytes:
                Bytes(bytes);
                break;
            case DateTime time:
                Put(FieldType.DateTime, TimeValue.Of(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time));
                break;
            case DateTimeOffset time:
                Put(FieldType.DateTime, TimeValue.Of(time.UtcDateTime));
                break;
            case DateOnly date:
                Put(FieldType.Date, TimeValue.Of(date.ToDateTime(TimeOnly.MinValue)));
                break;
            case TimeOnly time:
                Put(FieldType.Time, TimeValue.Of(time.ToTimeSpan()));
                break;
            case TimeSpan span:
                Put(FieldType.Time, TimeValue.Of(span));
                break;
            default:
                throw new ArgumentException($"The parameter @{name} is a {value?.GetType()}, which is no value for MySQL: give a number, text, bytes, a date or a time.");
        }
    }

    /// <summary>The values for mysql_stmt_bind_param, good until the next change of this buffer.</summary>
    public Bind* Seal()
    {
        var start = Address(_data);
        foreach (var i in _fromStart)
            _binds[i].Buffer = start + (nint)_binds[i].Buffer;
        _fromStart.Clear();
        return (Bind*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_binds));
    }

    public void Dispose()
    {
        foreach (var pin in _pins)
            pin.Dispose();
        _pins.Clear();
    }

    void Put<T>(FieldType type, T value) where T : unmanaged
    {
        Unsafe.WriteUnaligned(ref Room(sizeof(T))[0], value);
        Point(type, sizeof(T));
    }

    void Text(FieldType type, string text, string name)
    {
        try
        {
            Point(type, Utf8.GetBytes(text, Room(Utf8.GetMaxByteCount(text.Length) < PinFrom ? Utf8.GetMaxByteCount(text.Length) : Utf8.GetByteCount(text))));
        }
        catch (EncoderFallbackException fault)
        {
            throw new ArgumentException($"The parameter @{name} is no text: half of a surrogate pair stands alone in it.", fault);
        }
    }

    void Bytes(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < PinFrom)
        {
            bytes.Span.CopyTo(Room(bytes.Length));
            Point(FieldType.Blob, bytes.Length);
            return;
        }
        var pin = bytes.Pin();
        _pins.Add(pin);
        ref var bind = ref _binds[_count++];
        bind.Type = FieldType.Blob;
        bind.Buffer = pin.Pointer;
        bind.BufferLength = (nuint)bytes.Length;
        Length += bytes.Length;
    }

    /// <summary>Free memory for the next value; whole words, so that numbers are aligned.</summary>
    Span<byte> Room(int length)
    {
        var needed = checked(_used + length);
        if (needed > _data.Length)
        {
            var larger = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(2L * _data.Length, needed), Array.MaxLength), pinned: true);
            _data.AsSpan(0, _used).CopyTo(larger);
            _data = larger;
        }
        return _data.AsSpan(_used, Math.Max(length, 0));
    }

    /// <summary>The value that was just written is the next parameter's. Where it lies is known for good when all are written: see <see cref="Seal"/>.</summary>
    void Point(FieldType type, int length)
    {
        ref var bind = ref _binds[_count];
        bind.Type = type;
        bind.Buffer = (void*)_used;
        bind.BufferLength = (nuint)length;
        _fromStart.Add(_count++);
        Length += length;
        _used = (int)Math.Min(((long)_used + length + 7) & ~7L, _data.Length);
    }

    static byte* Address(byte[] pinned) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
