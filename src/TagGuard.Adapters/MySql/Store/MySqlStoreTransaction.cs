using System.Data;
using MySqlConnector;
using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>A transaction of a session.</summary>
sealed class MySqlStoreTransaction : StoreTransaction
{
    readonly MySqlStoreSession _session;
    readonly MySqlTransaction _transaction;

    public MySqlStoreTransaction(MySqlStoreSession session, IsolationLevel level)
    {
        _session = session;
        _transaction = session.Await(() => session.Connection.BeginTransactionAsync(level, session.BreakOff).AsTask());
        session.Transaction = _transaction;
    }

    /// <remarks>Not broken off: nobody would know what became of it.</remarks>
    public override void Commit() => _session.Await(() => _transaction.CommitAsync(CancellationToken.None));

    public override void Dispose()
    {
        _session.Transaction = null;
        MySqlStoreSession.Close(_transaction);
    }
}
