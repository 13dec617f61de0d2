namespace TagGuard.Sources;

/// <summary>A source that reads the rows of a small table.</summary>
public interface ITableSource : ISource
{
    /// <summary>Reads some columns of every row. A table that is not there is <see cref="SourceException.IsAbsent"/>.</summary>
    Task<TableRows> ReadAsync(TableQuery query, CancellationToken cancellationToken);

    /// <summary>What <see cref="ReadAsync"/> asks, with the values that are bound. Touches nothing.</summary>
    string Question(TableQuery query);
}

/// <summary>Which rows to read.</summary>
/// <param name="Part">The table; null where SQL makes the rows.</param>
/// <param name="Sql">One SELECT of the plan's with `@date` (and `@yesterday`); null where a table is named.</param>
/// <param name="Date">The business date.</param>
/// <param name="Columns">Names of columns, in the order in which their values come.</param>
public sealed record TableQuery(TablePart? Part, string? Sql, DateOnly Date, IReadOnlyList<string> Columns)
{
    /// <summary>How many rows there may be; a table with more is refused.</summary>
    public int AtMost { get; init; } = 1_000_000;
}

/// <summary>Rows as texts.</summary>
/// <param name="Rows">Each with a value for each column; null for NULL.</param>
/// <param name="Asked">The SQL that was run.</param>
public sealed record TableRows(IReadOnlyList<IReadOnlyList<string?>> Rows, string Asked);
