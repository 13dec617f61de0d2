using System.Text.RegularExpressions;
using TagGuard.Facts;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary><see cref="TagFamilies"/> as the SQL of Hive and Spark, for where families are counted.</summary>
static class FamilySql
{
    /// <summary>The family of a tag; NULL when it has none.</summary>
    /// <param name="families">How tags are put into families.</param>
    /// <param name="tag">The tag, as text.</param>
    public static string Of(TagFamilies families, string tag) => families switch
    {
        SeparatedFamilies { Separator: "" } => "cast(null as string)",
        SeparatedFamilies { Separator: var separator } => $"nullif({FirstGroup(tag, $"^(.+){Regex.Escape(separator)}")}, '')",
        PatternFamilies { Pattern: var pattern } => $"nullif({FirstGroup(tag, pattern.Portable)}, '')",
        _ => $"coalesce(nullif({FirstGroup(tag, $"^([^{GuessedFamilies.Value}]+){GuessedFamilies.Value}")}, ''), "
            + $"nullif({FirstGroup(tag, $"^(.+)[{GuessedFamilies.Separators}]")}, ''), nullif({FirstGroup(tag, "^(.+)_")}, ''))",
    };

    /// <summary>The families of Spark's list `kept`, '' for tags without one. Its functions on lists are not compiled: a regular expression a tag is
    /// most of their time.</summary>
    public static string OfKept(TagFamilies families) => families switch
    {
        SeparatedFamilies { Separator: "" } => Each("''"),
        SeparatedFamilies { Separator: var separator } => Each(Before(HiveText.Literal(separator))),
        PatternFamilies => Each($"coalesce({Of(families, "x")}, '')"),
        _ => $"case when concat_ws('', kept) rlike '[{GuessedFamilies.Value}{GuessedFamilies.Separators}]' then {Each(Guessed)} "
            + $"else {Each(Before("'_'"))} end",
    };

    static string Each(string of) => $"transform(kept, x -> {of})";

    static string Guessed
    {
        get
        {
            var (first, others) = (GuessedFamilies.Separators[0], GuessedFamilies.Separators[1..]);
            var rest = $"length(substring_index(translate(x, '{others}', '{new string(first, others.Length)}'), '{first}', -1))";
            return $"case when locate('{GuessedFamilies.Value}', x) > 1 then substring_index(x, '{GuessedFamilies.Value}', 1) "
                + $"when {rest} < length(x) - 1 then substring(x, 1, length(x) - {rest} - 1) else {Before("'_'")} end";
        }
    }

    /// <summary>What stands before the last place of a text, which is a literal; '' where it does not stand.</summary>
    static string Before(string separator) =>
        $"substring(x, 1, length(x) - length(substring_index(x, {separator}, -1)) - length({separator}))";

    /// <summary>Hive and Spark write it alike, and give '' where nothing matches.</summary>
    static string FirstGroup(string text, string pattern) => $"regexp_extract({text}, {HiveText.Literal("(?s)" + pattern)}, 1)";
}
