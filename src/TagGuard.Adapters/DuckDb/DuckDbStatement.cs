using System.Runtime.InteropServices;
using System.Text;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace TagGuard.Adapters.DuckDb;

/// <summary>A prepared statement. Parameters are bound by name, without the `$`.</summary>
sealed unsafe partial class DuckDbStatement : IDisposable
{
    readonly DuckDBNativeConnection _connection;
    readonly DuckDBPreparedStatement _statement;
    readonly string _sql;

    /// <exception cref="DuckDbException">The SQL is wrong, or names what is not there.</exception>
    internal DuckDbStatement(DuckDBNativeConnection connection, string sql)
    {
        _connection = connection;
        _sql = sql;
        if (PreparedStatements.DuckDBPrepare(connection, sql, out _statement).IsSuccess())
            return;
        var error = PreparedStatements.DuckDBPrepareError(_statement);
        Dispose();
        throw new DuckDbException(error, sql);
    }

    /// <summary>One of several statements that were parsed together.</summary>
    /// <exception cref="DuckDbException">It names what is not there.</exception>
    internal DuckDbStatement(DuckDBNativeConnection connection, DuckDBExtractedStatements all, long index, string sql)
    {
        _connection = connection;
        _sql = sql;
        if (ExtractStatements.DuckDBPrepareExtractedStatement(connection, all, index, out _statement).IsSuccess())
            return;
        var error = PreparedStatements.DuckDBPrepareError(_statement);
        Dispose();
        throw new DuckDbException(error, sql);
    }

    /// <summary>Whether it only asks.</summary>
    public bool IsSelect => TypeOf(_statement) == DuckDBStatementType.Select;

    /// <summary>Binds a value if the statement has a parameter of this name; says whether it has.</summary>
    public bool TryBind(string name, string value)
    {
        if (!IndexOf(_statement, out var index, name).IsSuccess())
            return false;
        var bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* text = bytes.Length > 0 ? bytes : [0])
            return Check(BindText(_statement, index, text, bytes.LongLength), name);
    }

    public bool TryBind(string name, DateOnly value) =>
        IndexOf(_statement, out var index, name).IsSuccess()
        && Check(
            PreparedStatements.DuckDBBindDate(_statement, index, new DuckDBDate { Days = value.DayNumber - DuckDbVector.Epoch.DayNumber }),
            name);

    /// <summary>Runs it; the rows are streamed, not collected. Cancellation interrupts the query, also while rows are read.</summary>
    public DuckDbResult Execute(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new DuckDbResult(_connection, _statement, _sql, cancellationToken);
    }

    bool Check(DuckDBState state, string name) =>
        state.IsSuccess() ? true : throw new DuckDbException($"The parameter {name} could not be bound.", _sql);

    public void Dispose() => _statement.Dispose();

    // The bindings lack the first two, and take the other's 64-bit index into 32 bits.
    [LibraryImport("duckdb", EntryPoint = "duckdb_prepared_statement_type")]
    private static partial DuckDBStatementType TypeOf(DuckDBPreparedStatement statement);

    [LibraryImport("duckdb", EntryPoint = "duckdb_bind_varchar_length")]
    private static partial DuckDBState BindText(DuckDBPreparedStatement statement, long index, byte* text, long length);

    [LibraryImport("duckdb", EntryPoint = "duckdb_bind_parameter_index", StringMarshalling = StringMarshalling.Utf8)]
    private static partial DuckDBState IndexOf(DuckDBPreparedStatement statement, out long index, string name);
}
