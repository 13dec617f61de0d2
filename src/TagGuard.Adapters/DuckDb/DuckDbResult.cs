using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace TagGuard.Adapters.DuckDb;

/// <summary>The rows of a running query, chunk by chunk.</summary>
sealed class DuckDbResult : IDisposable
{
    readonly string _sql;
    readonly CancellationToken _cancellationToken;
    readonly CancellationTokenRegistration _interrupt;
    DuckDBResult _result;
    bool _isAtEnd;
    bool _isDisposed;

    internal DuckDbResult(DuckDBNativeConnection connection, DuckDBPreparedStatement statement, string sql, CancellationToken cancellationToken)
    {
        _sql = sql;
        _cancellationToken = cancellationToken;
        // DuckDB may be interrupted from any thread.
        _interrupt = cancellationToken.Register(connection.Interrupt);
        if (!PreparedStatements.DuckDBExecutePreparedStreaming(statement, out _result).IsSuccess())
            throw Failure();
        Columns = new DuckDBType[(int)Query.DuckDBColumnCount(ref _result)];
        for (var i = 0; i < Columns.Length; i++)
            Columns[i] = Query.DuckDBColumnType(ref _result, i);
    }

    /// <summary>The types of the columns.</summary>
    public DuckDBType[] Columns { get; } = [];

    /// <summary>The next chunk (up to 2,048 rows), or null after the last. The caller disposes it.</summary>
    public DuckDbChunk? Next()
    {
        var chunk = Query.DuckDBFetchChunk(_result);
        if (!chunk.IsInvalid)
            return new DuckDbChunk(chunk);
        _isAtEnd = true;
        // A failure in mid-stream also ends the chunks; only the error tells it from the end of the rows.
        if (_cancellationToken.IsCancellationRequested || Query.DuckDBResultError(ref _result) is not null)
            throw Failure();
        return null;
    }

    Exception Failure()
    {
        _isAtEnd = true;
        var message = Query.DuckDBResultError(ref _result) ?? "";
        Dispose();
        return _cancellationToken.IsCancellationRequested
            ? new OperationCanceledException("The query was interrupted.", _cancellationToken)
            : new DuckDbException(message, _sql);
    }

    /// <summary>Lets go of the result. What was not read yet is read and thrown away: a
    /// stream that is left open holds its transaction open.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        while (!_isAtEnd)
        {
            using var chunk = Query.DuckDBFetchChunk(_result);
            _isAtEnd = chunk.IsInvalid;
        }
        _interrupt.Dispose();
        _result.Close();
    }
}

/// <summary>Some rows of a result, by column.</summary>
sealed class DuckDbChunk(DuckDBDataChunk chunk) : IDisposable
{
    public int Rows { get; } = (int)DataChunks.DuckDBDataChunkGetSize(chunk);

    /// <summary>A column; valid until the chunk is disposed.</summary>
    public DuckDbVector Column(int index) => new(DataChunks.DuckDBDataChunkGetVector(chunk, index));

    public void Dispose() => chunk.Dispose();
}
