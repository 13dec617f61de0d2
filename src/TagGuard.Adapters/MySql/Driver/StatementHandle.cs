using System.Runtime.InteropServices;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>A MYSQL_STMT*. Released on any thread, also the finalizer's: the connection closes it when it has a turn for it.</summary>
sealed class StatementHandle : SafeHandle
{
    readonly ConnectionHandle _connection;

    /// <summary>Made within a turn on the connection.</summary>
    public StatementHandle(ConnectionHandle connection)
        : base(0, ownsHandle: true)
    {
        _connection = connection;
        SetHandle(Native.mysql_stmt_init(connection));
        if (IsInvalid)
            throw connection.Fault();
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _connection.Retire(handle);
        return true;
    }
}
