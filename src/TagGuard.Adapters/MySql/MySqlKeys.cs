using System.Globalization;
using TagGuard.Sources;

namespace TagGuard.Adapters.MySql;

/// <summary>The questions behind <see cref="IKeyedSource"/> in MySQL's SQL.</summary>
/// <param name="part">What is hashed.</param>
/// <param name="from">What stands behind FROM, with its conditions.</param>
/// <param name="columns">The table's columns.</param>
sealed class MySqlKeys(KeyedPart part, MySqlFrom from, IReadOnlyList<MySqlColumn> columns)
{
    readonly (string Text, bool IsNullable) _key = TextOf(part.Key, columns);
    readonly (string Text, bool IsNullable)[] _columns = [.. part.Columns.Select(column => TextOf(column, columns))];

    /// <summary>Columns: bucket, rows, sum of their checks as text.</summary>
    public string Buckets(int buckets) =>
        $"select {Bucket(buckets)} as bucket, count(*), cast(sum({Check}) as char) from {from.Table}{from.Where()} group by bucket";

    /// <summary>Columns: bytes of the key's text, check; by key, NULL first.</summary>
    public string Rows(BucketChoice choice)
    {
        var chosen = string.Join(',', choice.Chosen.Select(bucket => bucket.ToString(CultureInfo.InvariantCulture)));
        return $"select cast({_key.Text} as binary) as row_key, {Check} as row_check from {from.Table}{from.Where($"{Bucket(choice.Of)} in ({chosen})")} order by row_key";
    }

    string Bucket(int buckets) => string.Create(CultureInfo.InvariantCulture, $"(crc32({(_key.IsNullable ? $"ifnull({_key.Text}, '')" : _key.Text)}) & {buckets - 1})");

    string Check
    {
        get
        {
            var row = $"concat({string.Join(", ", _columns.Prepend(_key).Select(Field))})";
            return $"(crc32(sha1({row})) << 32 | crc32({row}))";
        }
    }

    static string Field((string Text, bool IsNullable) column) => column.IsNullable
        ? $"ifnull(concat(length({column.Text}), ':', {column.Text}), '-')"
        : $"length({column.Text}), ':', {column.Text}";

    /// <exception cref="InvalidDataException">There is no such column, or its type has no text that all engines write alike.</exception>
    static (string Text, bool IsNullable) TextOf(string name, IReadOnlyList<MySqlColumn> columns)
    {
        if (name.StartsWith('(') && name.EndsWith(')'))
            return ($"convert({name} using utf8mb4)", true);
        var column = columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidDataException($"There is no column {name}; there are {string.Join(", ", columns.Select(column => column.Name))}.");
        return column.Text is { } text
            ? (text, column.IsNullable)
            : throw new InvalidDataException($"{name} is {column.FullType}, which no two systems write alike: give SQL in parentheses that makes text of it, such as \"(cast({name} as decimal(18,2)))\".");
    }
}
