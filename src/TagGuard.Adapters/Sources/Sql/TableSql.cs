using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>A part of a table in a system's SQL.</summary>
/// <param name="Part">The part, as the plan names it.</param>
/// <param name="From">The table behind FROM.</param>
/// <param name="Partition">The condition that its rows are of the partition; null when there
/// is none, or when <paramref name="From"/> is the partition.</param>
/// <param name="Parameters">What the condition binds.</param>
sealed record TableSql(TablePart Part, string From, string? Partition, params IReadOnlyList<SqlParameter> Parameters)
{
    /// <summary>A table by its name, its partition a column.</summary>
    public static TableSql Of(SqlDialect dialect, TablePart part)
    {
        var from = dialect.Table(part.Table);
        if (part.Partition is null || part.Value is null)
            return new TableSql(part, from, null);
        var value = dialect.Parameter("value", part.Value);
        return new TableSql(part, from, $"{dialect.Quoted(part.Partition)} = {value.Name}", value);
    }

    public BoundSql Count => Select("count(*)");

    /// <summary>Counts up to one row of the partition, whatever the further condition says;
    /// null when the partition is not told by a condition.</summary>
    public BoundSql? Exists => Partition is null
        ? null
        : Bound($"select count(*) from (select 1 as one from {From} where {Partition} limit 1) as some_rows");

    /// <summary>All of its rows behind FROM: the table with its conditions.</summary>
    public string Rows
    {
        get
        {
            string?[] conditions = [Partition, Part.Where is null ? null : $"({Part.Where})"];
            var all = string.Join(" and ", conditions.Where(condition => condition is not null));
            return all.Length > 0 ? $"{From} where {all}" : From;
        }
    }

    public BoundSql Select(string what, string behind = "") => Bound($"select {what} from {Rows}{behind}");

    /// <summary>SQL that reads <see cref="Rows"/>, with what its condition binds.</summary>
    public BoundSql Bound(string sql) => new(sql, Parameters);
}
