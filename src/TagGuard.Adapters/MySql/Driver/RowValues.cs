using System.Globalization;
using System.Numerics;
using System.Text;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>The current row's values as types of .NET. A value that its type cannot hold is an error that names the column, never another value.</summary>
sealed class RowValues(RowBuffer row, Column[] columns, MySqlOptions server)
{
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public bool IsNull(int i) => row.IsNull(i);

    /// <summary>The value as its column's own type; DBNull for NULL.</summary>
    public object Value(int i)
    {
        if (row.IsNull(i))
            return DBNull.Value;
        return columns[i].Kind switch
        {
            ColumnKind.Integer or ColumnKind.Unsigned => Integer(i),
            ColumnKind.Float => row.Float(i),
            ColumnKind.Double => row.Double(i),
            ColumnKind.Decimal => Decimal(i),
            ColumnKind.Date or ColumnKind.DateTime => DateTime(i),
            ColumnKind.Time => Span(i),
            ColumnKind.Bit => Bit(i),
            ColumnKind.Bytes => row.Bytes(i).ToArray(),
            _ => Text(i),
        };
    }

    /// <summary>A number of whatever column of numbers, if it fits without loss.</summary>
    public T Number<T>(int i) where T : struct, INumber<T>
    {
        try
        {
            return Need(i).Kind switch
            {
                ColumnKind.Integer => T.CreateChecked(row.Integer(i)),
                ColumnKind.Unsigned => T.CreateChecked((ulong)row.Integer(i)),
                ColumnKind.Bit => T.CreateChecked(Bit(i)),
                ColumnKind.Float => Whole<T, float>(i, row.Float(i)),
                ColumnKind.Double => Whole<T, double>(i, row.Double(i)),
                ColumnKind.Decimal => Whole<T, decimal>(i, Decimal(i)),
                _ => throw Not(i, typeof(T)),
            };
        }
        catch (OverflowException fault)
        {
            throw Bad(i, $"holds {Text(i)}, which is outside of {typeof(T).Name}: read it as a larger type.", fault);
        }
    }

    /// <summary>Any value as text, as the invariant culture writes it.</summary>
    public string Text(int i) => Need(i).Kind switch
    {
        ColumnKind.Integer => row.Integer(i).ToString(CultureInfo.InvariantCulture),
        ColumnKind.Unsigned => ((ulong)row.Integer(i)).ToString(CultureInfo.InvariantCulture),
        ColumnKind.Float => row.Float(i).ToString(CultureInfo.InvariantCulture),
        ColumnKind.Double => row.Double(i).ToString(CultureInfo.InvariantCulture),
        ColumnKind.Date => DateTime(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.DateTime => DateTime(i).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        ColumnKind.Time => Span(i).ToString("c", CultureInfo.InvariantCulture),
        ColumnKind.Bit => Bit(i).ToString(CultureInfo.InvariantCulture),
        _ => Decoded(i),
    };

    public decimal Decimal(int i)
    {
        var text = Decoded(i);
        if (decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && (text.Length <= 28 || Digits(text) == Digits(number.ToString(CultureInfo.InvariantCulture))))
            return number;
        throw Bad(i, $"holds {text}, which has more digits than a decimal of .NET (28): read it as text, or round it in the SQL.");
    }

    public DateTime DateTime(int i)
    {
        if (Need(i).Kind is not (ColumnKind.Date or ColumnKind.DateTime))
            throw Not(i, typeof(DateTime));
        ref readonly var time = ref row.Time(i);
        return TimeValue.DateTimeOf(time) ?? throw Bad(i, string.Create(CultureInfo.InvariantCulture,
            $"holds {time.Year:0000}-{time.Month:00}-{time.Day:00}, which is no date of the calendar: select nullif({columns[i].Name}, 0) to read it as NULL, or mend the rows."));
    }

    public TimeSpan Span(int i) => Need(i).Kind == ColumnKind.Time ? TimeValue.SpanOf(row.Time(i)) : throw Not(i, typeof(TimeSpan));

    public Guid Guid(int i)
    {
        if (Need(i).Kind == ColumnKind.Bytes && row.Length(i) == 16)
            return new Guid(row.Bytes(i), bigEndian: true);
        return columns[i].Kind == ColumnKind.Text && System.Guid.TryParse(Decoded(i), out var id) ? id : throw Not(i, typeof(Guid));
    }

    /// <summary>The bytes of a binary column, or of text as utf8mb4.</summary>
    public ReadOnlySpan<byte> Bytes(int i) => Need(i).IsLong ? row.Bytes(i) : throw Not(i, typeof(byte[]));

    /// <summary>Copies a part of the bytes; without a buffer, says how many there are.</summary>
    public long Copy(int i, long offset, Span<byte> into, bool onlyLength)
    {
        if (!Need(i).IsLong)
            throw Not(i, typeof(byte[]));
        return onlyLength ? row.Length(i) : row.Copy(i, offset, into);
    }

    public InvalidCastException Not(int i, Type type) => new($"The column {columns[i].Name} is {columns[i].TypeName}, which is not read as {type.Name}.");

    Column Need(int i) => row.IsNull(i)
        ? throw new InvalidCastException($"The column {columns[i].Name} is NULL in this row: ask IsDBNull first.")
        : columns[i];

    object Integer(int i) => Type.GetTypeCode(columns[i].ClrType) switch
    {
        TypeCode.SByte => Number<sbyte>(i),
        TypeCode.Byte => Number<byte>(i),
        TypeCode.Int16 => Number<short>(i),
        TypeCode.UInt16 => Number<ushort>(i),
        TypeCode.Int32 => Number<int>(i),
        TypeCode.UInt32 => Number<uint>(i),
        TypeCode.UInt64 => Number<ulong>(i),
        _ => Number<long>(i),
    };

    ulong Bit(int i)
    {
        var value = 0ul;
        foreach (var part in row.Bytes(i))
            value = (value << 8) | part;
        return value;
    }

    string Decoded(int i)
    {
        try
        {
            return Utf8.GetString(Bytes(i));
        }
        catch (DecoderFallbackException fault)
        {
            throw Bad(i, "holds bytes that are no text: read them as bytes, or select convert(… using utf8mb4).", fault);
        }
    }

    T Whole<T, TFrom>(int i, TFrom number) where T : struct, INumber<T> where TFrom : struct, INumber<TFrom>
    {
        var isWhole = typeof(T) == typeof(double) || typeof(T) == typeof(float) || typeof(T) == typeof(decimal) || TFrom.IsInteger(number);
        return isWhole ? T.CreateChecked(number) : throw Bad(i, $"holds {Text(i)}, which is no whole number: read it as decimal or double.");
    }

    static string Digits(string number) => number.Contains('.', StringComparison.Ordinal) ? number.TrimStart('0').TrimEnd('0').TrimEnd('.') : number.TrimStart('0');

    MySqlException Bad(int i, string what, Exception? inner = null) => new(0, "22000", $"MySQL at {server.Address}: the column {columns[i].Name} {what}", inner);
}
