using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>A connection to MySQL 5.7 or later, or MariaDB 10.5 or later. For one thread at a time; a second one gets an exception. Not pooled.</summary>
/// <remarks>Its session is strict, in UTC and utf8mb4; several statements in one, and files of this machine (`load data local`), are off.</remarks>
sealed class MySqlConnection : DbConnection
{
    /// <summary>The library's own limit fires first; this one is for a server that takes the call and says nothing.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    MySqlOptions _options = new();
    string _text = "";
    string? _database;
    ConnectionHandle? _handle;
    MySqlDataReader? _reader;
    MySqlTransaction? _transaction;

    [AllowNull]
    public override string ConnectionString
    {
        get => _handle is null ? _text : MySqlOptions.WithoutPassword(_text);
        set
        {
            if (_handle is not null)
                throw new InvalidOperationException("The connection is open: close it before its connection string is changed.");
            _options = MySqlOptions.Parse(value ?? "");
            _text = value ?? "";
        }
    }

    public override string Database => _database ?? _options.Database ?? "";

    public override string DataSource => _options.Address;

    public override string ServerVersion => Handle.ServerVersion;

    public override int ConnectionTimeout => (int)_options.ConnectTimeout.TotalSeconds;

    public override ConnectionState State => _handle is null ? ConnectionState.Closed : _handle.IsBroken ? ConnectionState.Broken : ConnectionState.Open;

    /// <summary>The connection's number on the server, as `show processlist` lists it.</summary>
    public ulong ServerThread => Handle.ServerThread;

    /// <summary>The TLS cipher of the line, or null when it is not encrypted.</summary>
    public string? Cipher => Handle.Cipher;

    internal MySqlOptions Options => _options;

    internal MySqlTransaction? Transaction => _transaction;

    /// <summary>Whether a statement runs, or rows of one are read.</summary>
    internal bool IsBusy => _handle is { IsBroken: false } handle && (handle.IsTaken || _reader is not null);

    internal ConnectionHandle Handle => _handle ?? throw new InvalidOperationException("The connection is not open: call Open() first.");

    protected override DbProviderFactory DbProviderFactory => MySqlProviderFactory.Instance;

    public override void Open() => OpenAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_handle is not null)
            throw new InvalidOperationException("The connection is open already.");
        cancellationToken.ThrowIfCancellationRequested();
        var options = _options;
        var opening = Task.Factory.StartNew(() => ConnectionHandle.Open(options), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            _handle = await opening.WaitAsync(options.ConnectTimeout + Margin, cancellationToken);
        }
        catch (Exception left) when (left is TimeoutException or OperationCanceledException)
        {
            _ = CloseLateAsync(opening);
            if (left is OperationCanceledException)
                throw;
            throw new MySqlException(MySqlErrors.CannotConnect, "HY000",
                MySqlErrors.Sentence(options, MySqlErrors.CannotConnect, $"No answer within {options.ConnectTimeout.TotalSeconds} s"), left);
        }
    }

    public override void Close()
    {
        if (_handle is not { } handle)
            return;
        _handle = null;
        _database = null;
        _transaction = null;
        // Its rows end with the connection, unread.
        handle.Dispose();
        _reader?.Close();
        _reader = null;
    }

    public override void ChangeDatabase(string databaseName)
    {
        using var turn = Take();
        Handle.UseDatabase(databaseName);
        _database = databaseName;
    }

    public new MySqlCommand CreateCommand() => new() { Connection = this };

    protected override DbCommand CreateDbCommand() => CreateCommand();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
    {
        if (_transaction is not null)
            throw new InvalidOperationException("A transaction is open already: commit or roll it back first; MySQL has one at a time.");
        var level = MySqlTransaction.LevelOf(isolationLevel);
        using (Take())
        {
            if (level.Length > 0)
                Handle.Control(level);
            Handle.Control("start transaction"u8);
        }
        return _transaction = new MySqlTransaction(this, isolationLevel);
    }

    /// <summary>A turn for a new statement: none while rows of another are read.</summary>
    internal ConnectionHandle.Turn Take()
    {
        var handle = Handle;
        if (handle.IsBroken)
            throw new InvalidOperationException($"The connection to {_options.Address} was lost earlier: open a new one.");
        var turn = handle.Take();
        if (_reader is not null)
        {
            turn.Dispose();
            throw new InvalidOperationException("A reader is open on this connection: close it first, or use a second connection.");
        }
        handle.CloseRetired();
        return turn;
    }

    internal MySqlDataReader Began(MySqlDataReader reader) => _reader = reader;

    internal void Ended(MySqlDataReader reader) => _reader = ReferenceEquals(reader, _reader) ? null : _reader;

    internal void Ended(MySqlTransaction transaction) => _transaction = ReferenceEquals(transaction, _transaction) ? null : _transaction;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    static async Task CloseLateAsync(Task<ConnectionHandle> opening)
    {
        try
        {
            (await opening).Dispose();
        }
        catch (MySqlException)
        {
            // Nobody waits for it any more.
        }
    }
}
