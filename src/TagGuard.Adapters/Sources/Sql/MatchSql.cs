using System.Globalization;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>The question behind a <see cref="RowMatch"/>: names quoted, values bound as p0, p1, …</summary>
static class MatchSql
{
    public static TablePart Table(RowMatch match) => new(match.Table, null, null, null);

    public static BoundSql Of(SqlDialect dialect, TableSql table, RowMatch match)
    {
        var parameters = match
            .Columns.Select((column, i) => dialect.Parameter("p" + i.ToString(CultureInfo.InvariantCulture), column.Value))
            .ToList();
        var conditions = match.Columns.Zip(
            parameters,
            (column, parameter) => $"{dialect.Quoted(column.Column)} {Sign(column.Comparison)} {parameter.Name}");
        return new BoundSql($"select count(*) from {table.From} where {string.Join(" and ", conditions)}", parameters);
    }

    static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.AtLeast => ">=",
        Comparison.Below => "<",
        _ => "=",
    };
}
