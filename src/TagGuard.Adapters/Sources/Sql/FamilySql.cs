using TagGuard.Facts;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary><see cref="TagFamily"/> as SQL, for where it is counted.</summary>
static class FamilySql
{
    /// <summary>The family of a tag; NULL when it has but one group.</summary>
    /// <param name="tag">The tag, as text.</param>
    public static string Of(string tag) =>
        $"coalesce(nullif({FirstGroup(tag, $"(?s)^(.+)[{TagFamily.Separators}]")}, ''), nullif({FirstGroup(tag, "(?s)^(.+)_")}, ''))";

    /// <summary>The same for Spark's functions on lists, which work every part out anew for each tag: an expression only looks for a group where
    /// one is.</summary>
    /// <param name="tag">The tag, as text; not NULL.</param>
    /// <returns>'' in place of NULL.</returns>
    public static string InList(string tag) =>
        $"case when {tag} rlike '(?s).[{TagFamily.Separators}]' then {FirstGroup(tag, $"(?s)^(.+)[{TagFamily.Separators}]")} "
            + $"else substring({tag}, 1, length({tag}) - length(substring_index({tag}, '_', -1)) - 1) end";

    /// <summary>DuckDB, Hive and Spark write it alike, and give '' where nothing matches.</summary>
    static string FirstGroup(string text, string pattern) => $"regexp_extract({text}, '{pattern}', 1)";
}
