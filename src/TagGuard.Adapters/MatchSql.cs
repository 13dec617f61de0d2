using System.Globalization;
using TagGuard.Sources;

namespace TagGuard.Adapters;

/// <summary>The condition of a <see cref="RowMatch"/> as SQL: names quoted by the source, values bound as p0, p1, …</summary>
static class MatchSql
{
    /// <param name="match">What the columns hold.</param>
    /// <param name="quoted">Quotes a column's name in the source's way.</param>
    /// <param name="mark">What stands before a parameter's name: @ or $.</param>
    public static string Condition(RowMatch match, Func<string, string> quoted, string mark) =>
        string.Join(" and ", match.Columns.Select((column, i) => $"{quoted(column.Column)} {Sign(column.Comparison)} {mark}{Name(i)}"));

    /// <summary>The parameters with their values.</summary>
    public static IEnumerable<(string Name, string Value)> Parameters(RowMatch match) => match.Columns.Select((column, i) => (Name(i), column.Value));

    /// <summary>The parameters as a comment behind the SQL.</summary>
    public static string Told(RowMatch match, string mark) =>
        match.Columns.Count == 0 ? "" : "  -- " + string.Join(", ", Parameters(match).Select(parameter => $"{mark}{parameter.Name} = {parameter.Value}"));

    static string Name(int place) => "p" + place.ToString(CultureInfo.InvariantCulture);

    static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.AtLeast => ">=",
        Comparison.Below => "<",
        _ => "=",
    };
}
