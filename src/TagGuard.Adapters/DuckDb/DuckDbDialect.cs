using DuckDB.NET.Native;
using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Adapters.DuckDb;

/// <summary>DuckDB's words.</summary>
sealed class DuckDbDialect : KeyedDialect
{
    public static readonly DuckDbDialect Instance = new();

    /// <summary>Name of the function that <see cref="Register"/> adds: DuckDB has no CRC-32.</summary>
    const string CrcFunction = "tagguard_crc32";

    /// <summary>DuckDB's own @ is the absolute value.</summary>
    public override char Mark => '$';

    public override string NullsFirst => " nulls first";

    public static string Column(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text as a literal: only for what cannot be bound, such as the files of read_parquet.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Literals(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Literal))}]";

    public override string Quoted(string name) => Column(name);

    public override string Text(string sql) => $"cast({sql} as varchar)";

    public override string Crc(string text) => $"{CrcFunction}({text})";

    public override string Joined(string high, string low) => $"({high} * 4294967296::ubigint + {low})";

    public override string Concatenated(IEnumerable<string> texts) => string.Join(" || ", texts);

    public override string ByteCount(string text) => $"strlen({text})";

    public override string Bucket(string text, int buckets) => $"({Crc(text)} & {buckets - 1}::ubigint)";

    /// <summary>Makes the function known to a database; done once.</summary>
    public static unsafe void Register(DuckDbDatabase database) =>
        database.Register(new ChunkFunction(CrcFunction, [DuckDBType.Varchar], DuckDBType.UnsignedBigInt, (chunk, results) =>
        {
            var texts = chunk.Column(0);
            var values = texts.Values<DuckDbString>();
            for (var row = 0; row < chunk.Rows; row++)
                results[row] = texts.IsNull(row) ? 0 : Crc32.Of(values[row].Bytes);
        }));

    /// <summary>What makes the text that all engines make of a column's values; null for a type that has none.</summary>
    public static string? TextOf(string column, DuckDBType type)
    {
        var (raw, written) = (Column(column), $"cast({Column(column)} as varchar)");
        return type switch
        {
            DuckDBType.Varchar => raw,
            DuckDBType.Boolean => $"cast(cast({raw} as utinyint) as varchar)",
            DuckDBType.Decimal or DuckDBType.Time => WithoutZeros(written),
            DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs => Time($"cast({raw} as timestamp)"),
            DuckDBType.TimestampTz => Time($"make_timestamp(epoch_us({raw}))"),
            DuckDBType.Blob => $"lower(hex({raw}))",
            DuckDBType.Date or DuckDBType.Uuid or DuckDBType.Enum => written,
            DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt or DuckDBType.HugeInt => written,
            DuckDBType.UnsignedTinyInt or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger or DuckDBType.UnsignedBigInt => written,
            _ => null,
        };
    }

    static string Time(string timestamp) => WithoutZeros($"strftime({timestamp}, '%Y-%m-%d %H:%M:%S.%f')");

    /// <summary>Without the zeros at the end of a fraction, and without a point that then has nothing behind it.</summary>
    public static string WithoutZeros(string text) => $"(case when contains({text}, '.') then rtrim(rtrim({text}, '0'), '.') else {text} end)";
}
