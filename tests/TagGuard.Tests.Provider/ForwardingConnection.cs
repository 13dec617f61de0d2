using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using TagGuard.Adapters.MySql.Driver;

namespace TagGuard.Tests.Provider;

sealed class ForwardingConnection : DbConnection
{
    string _text = "";

    public DbConnection Inner { get; } = MySqlProviderFactory.Instance.CreateConnection();

    [AllowNull]
    public override string ConnectionString
    {
        get => _text;
        set
        {
            _text = value ?? "";
            Inner.ConnectionString = Translated(_text);
        }
    }

    public override string Database => Inner.Database;

    public override string DataSource => Inner.DataSource;

    public override string ServerVersion => Inner.ServerVersion;

    public override ConnectionState State => Inner.State;

    public override void ChangeDatabase(string databaseName) => Inner.ChangeDatabase(databaseName);

    public override void Open() => Inner.Open();

    public override Task OpenAsync(CancellationToken cancellationToken) => Inner.OpenAsync(cancellationToken);

    public override void Close() => Inner.Close();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new ForwardingTransaction(this, Inner.BeginTransaction(isolationLevel));

    protected override DbCommand CreateDbCommand() => new ForwardingCommand { Connection = this };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Inner.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>MySqlConnector names a socket as a server with another protocol.</summary>
    static string Translated(string text)
    {
        var keys = new DbConnectionStringBuilder { ConnectionString = text };
        keys.Remove("TreatTinyAsBoolean");
        keys.Remove("CharacterSet");
        keys.Remove("Pooling");
        if (keys.Remove("Protocol"))
        {
            keys["Socket"] = keys["Server"];
            keys.Remove("Server");
        }
        return keys.ConnectionString;
    }
}

sealed class ForwardingTransaction(ForwardingConnection connection, DbTransaction inner) : DbTransaction
{
    public DbTransaction Inner => inner;

    public override IsolationLevel IsolationLevel => inner.IsolationLevel;

    protected override DbConnection? DbConnection => inner.Connection is null ? null : connection;

    public override void Commit() => inner.Commit();

    public override void Rollback() => inner.Rollback();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
