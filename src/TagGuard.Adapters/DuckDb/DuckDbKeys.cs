using System.Globalization;
using DuckDB.NET.Native;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>The questions behind <see cref="IKeyedSource"/> in DuckDB's SQL.</summary>
/// <param name="part">What is hashed.</param>
/// <param name="from">What stands behind FROM, with its conditions.</param>
/// <param name="types">The types of the key and the columns, in their order.</param>
sealed class DuckDbKeys(KeyedPart part, string from, IReadOnlyList<DuckDBType> types)
{
    /// <summary>Name of the function that <see cref="Register"/> adds: DuckDB has no CRC-32.</summary>
    const string Crc = "tagguard_crc32";

    /// <summary>The key and the columns behind it.</summary>
    public static IEnumerable<string> Fields(KeyedPart part) => part.Columns.Prepend(part.Key);

    /// <summary>A field as SQL that gives it as it is.</summary>
    public static string Raw(string field) => IsSql(field) ? field : Sql.Column(field);

    /// <summary>Makes the function known to a database; done once.</summary>
    public static unsafe void Register(DuckDbDatabase database) => database.Register(new ChunkFunction(Crc, [DuckDBType.Varchar], DuckDBType.UnsignedBigInt, (chunk, results) =>
    {
        var texts = chunk.Column(0);
        var values = texts.Values<DuckDbString>();
        for (var row = 0; row < chunk.Rows; row++)
            results[row] = texts.IsNull(row) ? 0 : Crc32.Of(values[row].Bytes);
    }));

    /// <summary>Columns: bucket, rows, sum of their checks as text.</summary>
    public string Buckets(int buckets) =>
        $"select {Bucket(buckets)} as bucket, count(*), cast(sum({Check}) as varchar) from ({Rows()}) group by bucket";

    /// <summary>Columns: text of the key, check; by key, NULL first.</summary>
    public string Rows(BucketChoice choice)
    {
        var chosen = string.Join(',', choice.Chosen.Select(bucket => bucket.ToString(CultureInfo.InvariantCulture)));
        return $"select row_key, {Check} as row_check from ({Rows()}) where {Bucket(choice.Of)} in ({chosen}) order by row_key nulls first";
    }

    const string Check = $"({Crc}(sha1(row_text)) * 4294967296::ubigint + {Crc}(row_text))";

    string Rows()
    {
        var texts = Fields(part).Select((field, i) => Text(field, types[i])).ToList();
        return $"select {texts[0]} as row_key, {string.Join(" || ", texts.Select(Field))} as row_text from {from}";
    }

    static string Bucket(int buckets) => string.Create(CultureInfo.InvariantCulture, $"({Crc}(coalesce(row_key, '')) & {buckets - 1}::ubigint)");

    static string Field(string text) => $"coalesce(strlen({text}) || ':' || {text}, '-')";

    /// <exception cref="InvalidDataException">A type that no two systems write alike.</exception>
    static string Text(string field, DuckDBType type)
    {
        var raw = Raw(field);
        return type switch
        {
            _ when IsSql(field) => $"cast({raw} as varchar)",
            DuckDBType.Varchar => raw,
            DuckDBType.Boolean => $"cast(cast({raw} as utinyint) as varchar)",
            DuckDBType.Decimal => WithoutZeros($"cast({raw} as varchar)"),
            DuckDBType.Date or DuckDBType.Uuid or DuckDBType.Enum => $"cast({raw} as varchar)",
            DuckDBType.Time => WithoutZeros($"cast({raw} as varchar)"),
            DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs => Time($"cast({raw} as timestamp)"),
            DuckDBType.TimestampTz => Time($"make_timestamp(epoch_us({raw}))"),
            DuckDBType.Blob => $"lower(hex({raw}))",
            DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt or DuckDBType.HugeInt or DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt
                or DuckDBType.UnsignedInteger or DuckDBType.UnsignedBigInt => $"cast({raw} as varchar)",
            _ => throw new InvalidDataException($"{field} is {type}, which no two systems write alike: give SQL in parentheses that makes text of it, such as \"(cast({field} as decimal(18,2)))\" or \"(array_to_string(list_sort(map_keys({field})), ','))\"."),
        };
    }

    static string Time(string timestamp) => WithoutZeros($"strftime({timestamp}, '%Y-%m-%d %H:%M:%S.%f')");

    /// <summary>Without the zeros at the end of a fraction, and without a point that then has nothing behind it.</summary>
    static string WithoutZeros(string text) => $"(case when contains({text}, '.') then rtrim(rtrim({text}, '0'), '.') else {text} end)";

    static bool IsSql(string field) => field.StartsWith('(') && field.EndsWith(')');
}
