namespace TagGuard.Adapters.DuckDb;

/// <summary>The rows of a running query, chunk by chunk.</summary>
sealed class DuckDbResult : IDisposable
{
    readonly string _sql;
    readonly CancellationToken _cancellationToken;
    readonly CancellationTokenRegistration _interrupt;
    Native.Result _result;
    bool _hasResult;
    bool _isAtEnd;

    internal DuckDbResult(ConnectionHandle connection, nint pending, string sql, CancellationToken cancellationToken)
    {
        _sql = sql;
        _cancellationToken = cancellationToken;
        // The connection is held by the statement for as long as this lives; duckdb_interrupt may be called from any thread.
        _interrupt = cancellationToken.Register(() => Native.duckdb_interrupt(connection.DangerousGetHandle()));
        var state = Native.duckdb_execute_pending(pending, out _result);
        _hasResult = true;
        Native.duckdb_destroy_pending(ref pending);
        if (state != 0)
            throw Failure();
        Columns = new DuckDbType[(int)Native.duckdb_column_count(in _result)];
        for (var i = 0; i < Columns.Length; i++)
        {
            var type = Native.duckdb_column_logical_type(in _result, (ulong)i);
            Columns[i] = Native.duckdb_get_type_id(type);
            Native.duckdb_destroy_logical_type(ref type);
        }
    }

    /// <summary>The types of the columns.</summary>
    public DuckDbType[] Columns { get; } = [];

    /// <summary>The next chunk (up to 2,048 rows), or null after the last. The caller disposes it.</summary>
    public DuckDbChunk? Next()
    {
        var chunk = Native.duckdb_fetch_chunk(_result);
        if (chunk != 0)
            return new DuckDbChunk(chunk);
        _isAtEnd = true;
        // A failure in mid-stream also ends the chunks; only the error tells it from the end of the rows.
        if (_cancellationToken.IsCancellationRequested || Native.duckdb_result_error(in _result) != 0)
            throw Failure();
        return null;
    }

    Exception Failure()
    {
        _isAtEnd = true;
        var message = Native.Text(Native.duckdb_result_error(in _result));
        Dispose();
        return _cancellationToken.IsCancellationRequested
            ? new OperationCanceledException("The query was interrupted.", _cancellationToken)
            : new DuckDbException(message, _sql);
    }

    /// <summary>Lets go of the result. What was not read yet is read and thrown away: a stream that is left open holds its transaction open.</summary>
    public void Dispose()
    {
        while (_hasResult && !_isAtEnd)
        {
            var chunk = Native.duckdb_fetch_chunk(_result);
            _isAtEnd = chunk == 0;
            if (chunk != 0)
                Native.duckdb_destroy_data_chunk(ref chunk);
        }
        _interrupt.Dispose();
        if (_hasResult)
            Native.duckdb_destroy_result(ref _result);
        _hasResult = false;
    }
}

/// <summary>Some rows of a result, by column.</summary>
sealed class DuckDbChunk : IDisposable
{
    readonly bool _isOwned;
    nint _chunk;

    internal DuckDbChunk(nint chunk, bool isOwned = true)
    {
        _chunk = chunk;
        _isOwned = isOwned;
        Rows = (int)Native.duckdb_data_chunk_get_size(chunk);
    }

    public int Rows { get; }

    /// <summary>A chunk that stays DuckDB's: valid during a call from it.</summary>
    public static DuckDbChunk Borrowed(nint chunk) => new(chunk, isOwned: false);

    /// <summary>A column; valid until the chunk is disposed.</summary>
    public DuckDbVector Column(int index) => new(Native.duckdb_data_chunk_get_vector(_chunk, (ulong)index));

    public void Dispose()
    {
        if (_chunk != 0 && _isOwned)
            Native.duckdb_destroy_data_chunk(ref _chunk);
        _chunk = 0;
    }
}
