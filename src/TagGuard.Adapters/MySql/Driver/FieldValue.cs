namespace TagGuard.Adapters.MySql.Driver;

/// <summary>A value as the type that a caller asks for by name; NULL as null where the type has one.</summary>
static class FieldValue
{
    public static T Of<T>(RowValues values, int i)
    {
        var wanted = Nullable.GetUnderlyingType(typeof(T));
        if (wanted is not null && values.IsNull(i))
            return default!;
        return (T)As(values, i, wanted ?? typeof(T));
    }

    static object As(RowValues values, int i, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => values.Number<long>(i) != 0,
        TypeCode.SByte => values.Number<sbyte>(i),
        TypeCode.Byte => values.Number<byte>(i),
        TypeCode.Int16 => values.Number<short>(i),
        TypeCode.UInt16 => values.Number<ushort>(i),
        TypeCode.Int32 => values.Number<int>(i),
        TypeCode.UInt32 => values.Number<uint>(i),
        TypeCode.Int64 => values.Number<long>(i),
        TypeCode.UInt64 => values.Number<ulong>(i),
        TypeCode.Single => values.Number<float>(i),
        TypeCode.Double => values.Number<double>(i),
        TypeCode.Decimal => values.Number<decimal>(i),
        TypeCode.DateTime => values.DateTime(i),
        TypeCode.String => values.Text(i),
        _ when type == typeof(object) => values.Value(i),
        _ when type == typeof(DateOnly) => DateOnly.FromDateTime(values.DateTime(i)),
        _ when type == typeof(TimeOnly) => TimeOnly.FromTimeSpan(values.Span(i)),
        _ when type == typeof(TimeSpan) => values.Span(i),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(values.DateTime(i), TimeSpan.Zero),
        _ when type == typeof(Guid) => values.Guid(i),
        _ when type == typeof(byte[]) => values.Bytes(i).ToArray(),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(values.Bytes(i).ToArray()),
        _ => throw values.Not(i, type),
    };
}
