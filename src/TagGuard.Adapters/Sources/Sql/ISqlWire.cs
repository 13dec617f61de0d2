using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>How a system is reached. A new one brings its dialect and this; what is asked,
/// and what is made of the answers, is the same for all.</summary>
/// <typeparam name="TSession">What it gives for the time of a question.</typeparam>
interface ISqlWire<TSession> : IAsyncDisposable
    where TSession : ISqlSession
{
    SqlDialect Dialect { get; }

    /// <summary>Where the system is, without secrets.</summary>
    string Address { get; }

    /// <summary>A part of a table before anything is looked at.</summary>
    TableSql Planned(TablePart part) => TableSql.Of(Dialect, part);

    /// <summary>The tables in a query of the plan's that the system must be told about.</summary>
    IEnumerable<TablePart> TablesIn(string sql) => [];

    /// <summary>Asks in a session of its own, on a thread that may wait.</summary>
    /// <param name="parts">The parts of tables that are read; looked at on that thread.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="SqlFault">It failed.</exception>
    Task<T> AskAsync<T>(IEnumerable<TablePart> parts, Func<TSession, Task<T>> ask, CancellationToken cancellationToken);
}

/// <summary>A system for the time of one question. It reads only, whatever the SQL says. Every failure is a <see cref="SqlFault"/>.</summary>
interface ISqlSession
{
    /// <summary>The system and its version, in a few words.</summary>
    Task<string> DescribeAsync();

    /// <summary>A part of a table; null when it is there and holds no files.</summary>
    /// <exception cref="SqlFault">It is absent, as far as can be said before its rows are read.</exception>
    ValueTask<TableSql?> FindAsync(TablePart part);

    /// <summary>The names of a table's columns, for whoever named one that is not there; none where the system's own message has them.</summary>
    Task<IReadOnlyList<string>> ColumnsAsync(TableSql table) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>The one number of a SELECT that is ours, but for a condition of the plan's.</summary>
    Task<long> NumberAsync(BoundSql sql);

    /// <summary>Reads a query of the plan's to its end: one SELECT, and nothing else.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="each">Told each row, by some columns; null when nobody wants them.</param>
    /// <returns>How many rows, and the first value of the first.</returns>
    Task<(long Rows, object? First)> QueryAsync(BoundSql sql, EachRow? each = null);
}

/// <summary>Who wants each row of a query.</summary>
/// <param name="Columns">The names of its columns, all of them.</param>
/// <param name="Tell">Told their values; null for NULL.</param>
sealed record EachRow(IReadOnlyList<string> Columns, Action<object?[]> Tell)
{
    public void Of(Func<int, object?> value) => Tell([.. Enumerable.Range(0, Columns.Count).Select(value)]);
}

/// <summary>A session of a system that hashes.</summary>
interface IKeyedSession : ISqlSession
{
    /// <summary>What makes text of some columns, in their order.</summary>
    /// <exception cref="SqlFault">One is not there.</exception>
    /// <exception cref="InvalidDataException">One has a type that no two systems write alike.</exception>
    Task<IReadOnlyList<FieldText>> TextsAsync(TableSql table, IReadOnlyList<string> columns);

    /// <summary>Reads <see cref="KeyedSql.Buckets"/> into an array.</summary>
    Task ReadAsync(BoundSql sql, Bucket[] into);
}

/// <summary>How a system is reached that hashes.</summary>
interface IKeyedWire<TSession> : ISqlWire<TSession>
    where TSession : IKeyedSession
{
    new KeyedDialect Dialect { get; }

    /// <summary>The rows of a <see cref="KeyedSql.RowsOf"/> as they come. Each enumeration has
    /// a session of its own, for two are merged side by side.</summary>
    IAsyncEnumerable<KeyedRow> StreamAsync(BoundSql sql, CancellationToken cancellationToken);
}
