using TagGuard.Facts;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary><see cref="TagFamily"/> as SQL, for where it is counted.</summary>
static class FamilySql
{
    /// <summary>The family of a tag; NULL when it has but one group.</summary>
    /// <param name="tag">The tag, as text.</param>
    public static string Of(string tag) =>
        $"coalesce(nullif({FirstGroup(tag, $"(?s)^(.+)[{TagFamily.Separators}]")}, ''), nullif({FirstGroup(tag, "(?s)^(.+)_")}, ''))";

    /// <summary>DuckDB, Hive and Spark write it alike, and give '' where nothing matches.</summary>
    static string FirstGroup(string text, string pattern) => $"regexp_extract({text}, '{pattern}', 1)";
}
