using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>The rows of a running <see cref="KeyedSql.RowsOf"/>, chunk by chunk, with the database that it runs on.</summary>
sealed unsafe class DuckDbStream : IDisposable
{
    readonly DuckDbDatabase _database;
    readonly DuckDbStatement _statement;
    readonly DuckDbResult _result;

    /// <exception cref="DuckDbException">The question failed.</exception>
    public DuckDbStream(DuckDbDatabase database, BoundSql sql, CancellationToken cancellationToken)
    {
        _database = database;
        try
        {
            _statement = database.PrepareSelect(sql);
            _result = _statement.Execute(cancellationToken);
        }
        catch
        {
            _statement?.Dispose();
            database.Dispose();
            throw;
        }
    }

    /// <summary>Some rows; null after the last.</summary>
    public KeyedRow[]? Next()
    {
        using var chunk = _result.Next();
        if (chunk is null)
            return null;
        var rows = new KeyedRow[chunk.Rows];
        var keys = chunk.Column(0);
        var checks = chunk.Column(1).Values<ulong>();
        for (var i = 0; i < rows.Length; i++)
            rows[i] = new KeyedRow(keys.IsNull(i) ? null : keys.Values<DuckDbString>()[i].Bytes.ToArray(), checks[i]);
        return rows;
    }

    public void Dispose()
    {
        _result.Dispose();
        _statement.Dispose();
        _database.Dispose();
    }
}
