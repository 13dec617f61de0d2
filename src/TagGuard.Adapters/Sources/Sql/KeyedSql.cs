using System.Globalization;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>The questions behind <see cref="IKeyedSource"/>.</summary>
/// <param name="dialect">The system's words.</param>
/// <param name="table">What is hashed.</param>
/// <param name="fields">The key, and the columns behind it.</param>
sealed class KeyedSql(KeyedDialect dialect, TableSql table, IReadOnlyList<FieldText> fields)
{
    const string Key = "row_key";

    /// <summary>The key and the columns, as the plan names them.</summary>
    public static IEnumerable<string> Fields(KeyedPart part) => part.Columns.Prepend(part.Key);

    /// <summary>Columns: bucket, rows, sum of their checks as text.</summary>
    public BoundSql Buckets(int buckets)
    {
        var bucket = Bucket(buckets);
        return table.Bound($"select {bucket}, count(*), {dialect.Text($"(sum({Check}))")} from {Rows()} group by {bucket}");
    }

    /// <summary>Columns: the key's text (or its bytes), check; by the key's bytes, NULL first.</summary>
    public BoundSql RowsOf(BucketChoice choice)
    {
        var chosen = string.Join(',', choice.Chosen.Select(bucket => bucket.ToString(CultureInfo.InvariantCulture)));
        return table.Bound(
            $"select {dialect.InBytes(Key)} as row_bytes, {Check} as row_check from {Rows()} where {Bucket(choice.Of)} in ({chosen}) "
            + $"order by row_bytes{dialect.NullsFirst}");
    }

    string Check => dialect.Joined(dialect.Crc("sha1(row_text)"), dialect.Crc("row_text"));

    string Rows()
    {
        var text = dialect.Concatenated(fields.SelectMany(Field));
        return $"(select {fields[0].Sql} as {Key}, {text} as row_text from {table.Rows}) as keyed";
    }

    string Bucket(int buckets) => dialect.Bucket(fields[0].IsNullable ? $"coalesce({Key}, '')" : Key, buckets);

    /// <summary>The number of its bytes, a colon and the text; NULL as `-`.</summary>
    IEnumerable<string> Field(FieldText field)
    {
        string[] parts = [dialect.ByteCount(field.Sql), "':'", field.Sql];
        return field.IsNullable ? [$"coalesce({dialect.Concatenated(parts)}, '-')"] : parts;
    }
}

/// <summary>A field as SQL for the text that all engines make of its values.</summary>
/// <param name="Sql">The SQL.</param>
/// <param name="IsNullable">Whether it may be NULL.</param>
readonly record struct FieldText(string Sql, bool IsNullable)
{
    /// <exception cref="InvalidDataException">Its type has no such text.</exception>
    public static InvalidDataException Refused(string field, string type) =>
        new(
            $"{field} is {type}, which no two systems write alike: give SQL in parentheses that makes text of it, such as \"(cast({field} as "
                + "decimal(18,2)))\".");
}
