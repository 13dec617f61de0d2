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
        TabledFamilies tabled => Tabled(tabled, tag, Of(tabled.Others, tag)),
        _ => $"coalesce(nullif({FirstGroup(tag, $"^([^{GuessedFamilies.Value}]+){GuessedFamilies.Value}")}, ''), "
            + $"nullif({FirstGroup(tag, $"^(.+)[{GuessedFamilies.Separators}]")}, ''), nullif({FirstGroup(tag, "^(.+)_")}, ''))",
    };

    /// <summary>The families of Spark's list `kept`, '' for tags without one. Its functions on lists are not compiled: a regular expression a tag is
    /// most of their time.</summary>
    public static string OfKept(TagFamilies families) => families switch
    {
        TabledFamilies or SeparatedFamilies or PatternFamilies => Each(OfOne(families)),
        _ => $"case when concat_ws('', kept) rlike '[{GuessedFamilies.Value}{GuessedFamilies.Separators}]' then {Each(Guessed)} "
            + $"else {Each(Before("'_'"))} end",
    };

    /// <summary>The family of the tag `x` of Spark's list, '' when it has none.</summary>
    static string OfOne(TagFamilies families) => families switch
    {
        SeparatedFamilies { Separator: "" } => "''",
        SeparatedFamilies { Separator: var separator } => Before(HiveText.Literal(separator)),
        PatternFamilies => $"coalesce({Of(families, "x")}, '')",
        TabledFamilies tabled => Tabled(tabled, "x", OfOne(tabled.Others)),
        _ => Guessed,
    };

    /// <summary>The families of a table, of which only those are written out that a tag would not have without it: engines look a tag up in a set of
    /// literals by its hash.</summary>
    static string Tabled(TabledFamilies families, string tag, string others) => families.Moved is { Count: > 0 } moved
        ? $"case {string.Concat(moved.Select(family =>
            $"when {tag} in ({string.Join(", ", family.Tags.Select(HiveText.Literal))}) then {HiveText.Literal(family.Family)} "))}else {others} end"
        : others;

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
