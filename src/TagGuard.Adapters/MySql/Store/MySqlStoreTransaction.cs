using System.Data;
using System.Data.Common;
using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.MySql.Store;

/// <summary>A transaction of a session.</summary>
sealed class MySqlStoreTransaction : StoreTransaction
{
    readonly MySqlStoreSession _session;
    readonly DbTransaction _transaction;

    public MySqlStoreTransaction(MySqlStoreSession session, IsolationLevel level)
    {
        _session = session;
        _transaction = session.Connection.BeginTransaction(level);
        session.Transaction = _transaction;
    }

    public override void Commit() => _transaction.Commit();

    public override void Dispose()
    {
        _session.Transaction = null;
        _transaction.Dispose();
    }
}
