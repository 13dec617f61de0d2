using System.Globalization;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>How a column's values come from the library.</summary>
enum ColumnKind
{
    Integer,
    Unsigned,
    Float,
    Double,
    Decimal,
    Date,
    DateTime,
    Time,
    Bit,
    Text,
    Bytes,
}

/// <summary>One column of a result.</summary>
/// <param name="Name">Its name or alias.</param>
/// <param name="Kind">How its values are read.</param>
/// <param name="ClrType">What GetValue gives.</param>
/// <param name="TypeName">Its type in SQL.</param>
/// <param name="MaxLength">The longest value that it can have, in bytes.</param>
sealed record Column(string Name, ColumnKind Kind, Type ClrType, string TypeName, long MaxLength)
{
    /// <summary>The character set of bytes that are no text.</summary>
    const uint Binary = 63;

    /// <summary>Whether its values have no fixed size.</summary>
    public bool IsLong => Kind is ColumnKind.Decimal or ColumnKind.Bit or ColumnKind.Text or ColumnKind.Bytes;

    /// <summary>The type that the library is asked to write.</summary>
    public FieldType BufferType => Kind switch
    {
        ColumnKind.Integer or ColumnKind.Unsigned => FieldType.LongLong,
        ColumnKind.Float => FieldType.Float,
        ColumnKind.Double => FieldType.Double,
        ColumnKind.Date => FieldType.Date,
        ColumnKind.DateTime => FieldType.DateTime,
        ColumnKind.Time => FieldType.Time,
        ColumnKind.Decimal or ColumnKind.Text => FieldType.String,
        _ => FieldType.Blob,
    };

    /// <summary>Reads what the library knows of a column.</summary>
    /// <remarks>Types that the library has no reader for (MySQL's vector) become bytes in its own list as well: it would call a function that is not there.</remarks>
    public static Column Of(ref Field field)
    {
        var type = field.Type;
        if (type == FieldType.Vector)
            field.Type = FieldType.Blob;
        var (kind, clr, name) = type switch
        {
            FieldType.Tiny => Number<sbyte, byte>(field, "tinyint"),
            FieldType.Short => Number<short, ushort>(field, "smallint"),
            FieldType.Year => (ColumnKind.Integer, typeof(int), "year"),
            FieldType.Int24 => Number<int, uint>(field, "mediumint"),
            FieldType.Long => Number<int, uint>(field, "int"),
            FieldType.LongLong => Number<long, ulong>(field, "bigint"),
            FieldType.Float => (ColumnKind.Float, typeof(float), "float"),
            FieldType.Double => (ColumnKind.Double, typeof(double), "double"),
            FieldType.Decimal or FieldType.NewDecimal => (ColumnKind.Decimal, typeof(decimal), "decimal"),
            FieldType.Date or FieldType.NewDate => (ColumnKind.Date, typeof(DateTime), "date"),
            FieldType.DateTime => (ColumnKind.DateTime, typeof(DateTime), "datetime"),
            FieldType.Timestamp => (ColumnKind.DateTime, typeof(DateTime), "timestamp"),
            FieldType.Time => (ColumnKind.Time, typeof(TimeSpan), "time"),
            FieldType.Bit => (ColumnKind.Bit, typeof(ulong), "bit"),
            FieldType.Json => (ColumnKind.Text, typeof(string), "json"),
            FieldType.Vector => (ColumnKind.Bytes, typeof(byte[]), "vector"),
            FieldType.Geometry => (ColumnKind.Bytes, typeof(byte[]), "geometry"),
            FieldType.Enum => (ColumnKind.Text, typeof(string), "enum"),
            FieldType.Set => (ColumnKind.Text, typeof(string), "set"),
            FieldType.Null => (ColumnKind.Text, typeof(string), "null"),
            FieldType.VarChar or FieldType.VarString or FieldType.String or FieldType.TinyBlob or FieldType.MediumBlob or FieldType.LongBlob or FieldType.Blob => Words(field),
            _ => throw new NotSupportedException(
                $"The column {Native.Text(field.Name)} has the type {((int)field.Type).ToString(CultureInfo.InvariantCulture)}, which is not known here: cast it in the SQL, as in cast({Native.Text(field.Name)} as char)."),
        };
        return new Column(Native.Text(field.Name), kind, clr, name, (long)field.Length);
    }

    static (ColumnKind, Type, string) Number<TSigned, TUnsigned>(in Field field, string name) => field.Flags.HasFlag(FieldFlags.Unsigned)
        ? (ColumnKind.Unsigned, typeof(TUnsigned), name + " unsigned")
        : (ColumnKind.Integer, typeof(TSigned), name);

    static (ColumnKind, Type, string) Words(in Field field)
    {
        var isShort = field.Type is FieldType.VarChar or FieldType.VarString or FieldType.String;
        if (field.Flags.HasFlag(FieldFlags.Enum))
            return (ColumnKind.Text, typeof(string), "enum");
        if (field.Flags.HasFlag(FieldFlags.Set))
            return (ColumnKind.Text, typeof(string), "set");
        return field.CharacterSet == Binary
            ? (ColumnKind.Bytes, typeof(byte[]), isShort ? "varbinary" : "blob")
            : (ColumnKind.Text, typeof(string), isShort ? "varchar" : "text");
    }
}
