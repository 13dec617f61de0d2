using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>What a scan reads, by the types of the columns: the hash of each row's user, NULL for a row without one, with its tags.</summary>
/// <param name="Sql">What stands behind FROM.</param>
/// <param name="ArePairs">
/// Whether it gives each (user, tag) pair once, with its rows, and not a user's row with a list of tags. DuckDB puts the pairs together and spills to
/// disk what does not fit, so that there may be any number of them.
/// </param>
sealed record VolumeRows(string Sql, bool ArePairs)
{
    /// <summary>Of pairs, what stands behind FROM for each hash of a user with the tag, as text.</summary>
    public string Pairs { get; private init; } = "";

    const int LongestType = 60;

    static readonly HashSet<string> TagTypes =
        ["VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"];

    /// <param name="query">What to count.</param>
    /// <param name="source">What stands behind FROM for the part of the table.</param>
    /// <param name="typeOf">The type of an expression over it, as DuckDB writes types.</param>
    /// <exception cref="InvalidDataException">A column's type is none of a user id, or of tags.</exception>
    public static VolumeRows Of(VolumeQuery query, string source, Func<string, string> typeOf)
    {
        var hash = $"{HashOf(query.User, typeOf)} as tagguard_hash";
        var tags = DuckDbDialect.Instance.Field(query.Tags);
        var type = typeOf(tags);
        var isMap = type.StartsWith("MAP(", StringComparison.Ordinal);
        var listType = isMap ? typeOf($"map_keys({tags})") : type;
        var isList = listType.EndsWith("[]", StringComparison.Ordinal);
        if (!IsTag(isList ? listType[..^2] : listType))
            throw Wrong(query.Tags, type, "tags are text, whole numbers or booleans: one in each row, a list of them, or the keys of a map", "tags");
        if (query.ValuesAtMost is not null)
            return new VolumeRows($"(select {hash}, {WithValues(query.Tags, tags, type, typeOf)} as tagguard_list from {source})", ArePairs: false);
        if (!isList)
        {
            var pair = $"{hash}, cast({tags} as varchar) as tagguard_tag";
            return new VolumeRows($"(select {pair}, count(*) as tagguard_rows from {source} group by 1, 2)", ArePairs: true)
            {
                Pairs = $"(select {pair} from {source})",
            };
        }
        return new VolumeRows(
            $"(select {hash}, cast({(isMap ? $"map_keys({tags})" : tags)} as varchar[]) as tagguard_list from {source})",
            ArePairs: false);
    }

    /// <summary>The hashes of a day's active users. A visit of nobody is usual, so rows without a user are left out.</summary>
    public static string OfActive(ActiveQuery active, string source, Func<string, string> typeOf) =>
        $"(select tagguard_hash from (select {HashOf(active.User, typeOf)} as tagguard_hash from {source}) where tagguard_hash is not null)";

    /// <summary>NULL where there is no id: NULL itself, an empty text, a number that is none.</summary>
    static string HashOf(string user, Func<string, string> typeOf)
    {
        var column = DuckDbDialect.Column(user);
        var type = typeOf(column);
        if (type.Contains('(') && !type.StartsWith("DECIMAL(", StringComparison.Ordinal) && !IsEnum(type) || type.EndsWith(']'))
            throw Wrong(user, type, "a user id is one value", "user");
        return type switch
        {
            "VARCHAR" => $"case when {column} <> '' then hash({column}) end",
            "FLOAT" or "DOUBLE" => $"case when isfinite({column}) then hash(cast({column} as varchar)) end",
            _ => $"case when {column} is not null then hash(cast({column} as varchar)) end",
        };
    }

    /// <summary>The keys of a map, and each with its value: see <see cref="VolumeQuery.ValuesAtMost"/>.</summary>
    static string WithValues(string named, string tags, string type, Func<string, string> typeOf)
    {
        if (!type.StartsWith("MAP(", StringComparison.Ordinal))
            throw TagColumn.NoMap(named, Short(type));
        var values = typeOf($"map_values({tags})")[..^2];
        var text = "cast(e.value as varchar)";
        if (values.StartsWith("DECIMAL(", StringComparison.Ordinal))
            text = DuckDbDialect.WithoutZeros(text);
        else if (!IsTag(values) && values != "DATE")
            throw TagColumn.RefusedValues(named, Short(values));
        var tag = $"cast(e.key as varchar) || '{GuessedFamilies.Value}' || nullif({text}, '')";
        return $"case when {tags} is not null then list_concat(cast(map_keys({tags}) as varchar[]), "
            + $"list_filter(list_transform(map_entries({tags}), lambda e: {tag}), lambda x: x is not null)) end";
    }

    static string Short(string type) => type.Length > LongestType ? type[..LongestType] + "…" : type;

    static bool IsTag(string type) => TagTypes.Contains(type) || IsEnum(type);

    static bool IsEnum(string type) => type.StartsWith("ENUM(", StringComparison.Ordinal) && type.EndsWith(')');

    static InvalidDataException Wrong(string column, string type, string wanted, string key) =>
        new(
            $"The column {column} is {Short(type)}, and {wanted}. Name another column as "
                + $"`{key}`, or have a view make such a column.");
}
