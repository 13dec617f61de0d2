using TagGuard.Facts;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary><see cref="TagFamily"/> as SQL, for where it is counted.</summary>
static class FamilySql
{
    /// <summary>The family of a tag; NULL when it has but one group.</summary>
    /// <param name="tag">The tag, as text.</param>
    public static string Of(string tag) =>
        $"coalesce(nullif({FirstGroup(tag, $"(?s)^([^{TagFamily.Value}]+){TagFamily.Value}")}, ''), "
            + $"nullif({FirstGroup(tag, $"(?s)^(.+)[{TagFamily.Separators}]")}, ''), nullif({FirstGroup(tag, "(?s)^(.+)_")}, ''))";

    /// <summary>The same for Spark's functions on lists, which are not compiled: a regular expression a tag is most of their time.</summary>
    /// <param name="tag">The tag, as text; not NULL.</param>
    /// <returns>'' in place of NULL.</returns>
    public static string InList(string tag)
    {
        var alike = $"translate({tag}, '{TagFamily.Separators[1..]}', '{new string(TagFamily.Separators[0], TagFamily.Separators.Length - 1)}')";
        var rest = $"length(substring_index({alike}, '{TagFamily.Separators[0]}', -1))";
        return $"case when locate('{TagFamily.Value}', {tag}) > 1 then substring_index({tag}, '{TagFamily.Value}', 1) "
            + $"when {rest} < length({tag}) - 1 then substring({tag}, 1, length({tag}) - {rest} - 1) else {InPlainList(tag)} end";
    }

    /// <summary>The same where no tag of the list has a value or one of the separators.</summary>
    public static string InPlainList(string tag) => $"substring({tag}, 1, length({tag}) - length(substring_index({tag}, '_', -1)) - 1)";

    /// <summary>DuckDB, Hive and Spark write it alike, and give '' where nothing matches.</summary>
    static string FirstGroup(string text, string pattern) => $"regexp_extract({text}, '{pattern}', 1)";
}
