using System.Data;
using System.Data.Common;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>A transaction; undone when it is disposed without a commit. Begin, commit and rollback are not prepared: MySQL cannot.</summary>
sealed class MySqlTransaction(MySqlConnection connection, IsolationLevel level) : DbTransaction
{
    MySqlConnection? _connection = connection;

    public override IsolationLevel IsolationLevel => level;

    protected override DbConnection? DbConnection => _connection;

    public override void Commit() => End("commit"u8);

    public override void Rollback() => End("rollback"u8);

    /// <summary>What is said before the transaction begins; nothing for the server's own level.</summary>
    internal static ReadOnlySpan<byte> LevelOf(IsolationLevel level) => level switch
    {
        IsolationLevel.Unspecified => [],
        IsolationLevel.ReadUncommitted => "set transaction isolation level read uncommitted"u8,
        IsolationLevel.ReadCommitted => "set transaction isolation level read committed"u8,
        IsolationLevel.RepeatableRead => "set transaction isolation level repeatable read"u8,
        IsolationLevel.Serializable => "set transaction isolation level serializable"u8,
        _ => throw new NotSupportedException($"MySQL has no isolation level {level}: use RepeatableRead, ReadCommitted, ReadUncommitted or Serializable."),
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing && _connection is { State: ConnectionState.Open } connection && ReferenceEquals(connection.Transaction, this))
            Undo(connection);
        _connection?.Ended(this);
        _connection = null;
        base.Dispose(disposing);
    }

    void Undo(MySqlConnection connection)
    {
        try
        {
            Rollback();
        }
        catch (MySqlException) when (connection.State != ConnectionState.Open)
        {
            // The server undoes what its client was lost over.
        }
    }

    void End(ReadOnlySpan<byte> sql)
    {
        if (_connection is not { } connection || !ReferenceEquals(connection.Transaction, this))
            throw new InvalidOperationException("The transaction is over: it was committed or rolled back, or its connection was closed.");
        using var turn = connection.Take();
        connection.Handle.Control(sql);
        connection.Ended(this);
        _connection = null;
    }
}
