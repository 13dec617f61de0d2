using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>One statement with `@name` for its parameters. It is prepared on the server when first run, and stays so while its SQL and the names stay.</summary>
sealed class MySqlCommand : DbCommand
{
    readonly MySqlParameterCollection _parameters = new();
    MySqlConnection? _connection;
    MySqlStatement? _statement;
    int? _timeout;

    [AllowNull]
    public override string CommandText { get; set => field = value ?? ""; } = "";

    /// <summary>How long it may run, in seconds, before it is stopped; 0 for no end. Default: the connection string's.</summary>
    public override int CommandTimeout
    {
        get => _timeout ?? _connection?.Options.CommandTimeout ?? new MySqlOptions().CommandTimeout;
        set => _timeout = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), "CommandTimeout is a number of seconds, or 0 for no end.");
    }

    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
                throw new NotSupportedException("Only SQL text is run: write `call procedure(@argument)`.");
        }
    }

    public new MySqlConnection? Connection
    {
        get => _connection;
        set
        {
            if (!ReferenceEquals(value, _connection))
                Forget();
            _connection = value;
        }
    }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <summary>The key that the last insert was given, or 0.</summary>
    public long LastInsertedId { get; private set; }

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => Connection = value is null or MySqlConnection
            ? (MySqlConnection?)value
            : throw new ArgumentException("The connection belongs to another provider.", nameof(value));
    }

    protected override DbParameterCollection DbParameterCollection => _parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>Stops what it is running, from any thread; the call that runs it then fails.</summary>
    public override void Cancel()
    {
        if (_connection is { IsBusy: true } connection)
            connection.Handle.TryKillQuery();
    }

    public override void Prepare()
    {
        using var turn = Take();
        Prepared();
    }

    public override int ExecuteNonQuery() => NonQuery(CancellationToken.None);

    public override object? ExecuteScalar() => Scalar(CancellationToken.None);

    public override Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken) => Task.Run(() => NonQuery(cancellationToken), cancellationToken);

    public override Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken) => Task.Run(() => Scalar(cancellationToken), cancellationToken);

    public override Task PrepareAsync(CancellationToken cancellationToken = default) => Task.Run(Prepare, cancellationToken);

    protected override DbParameter CreateDbParameter() => new MySqlParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Execute(behavior, CancellationToken.None);

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        Task.Run<DbDataReader>(() => Execute(behavior, cancellationToken), cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Forget();
        base.Dispose(disposing);
    }

    int NonQuery(CancellationToken cancellationToken)
    {
        using var reader = Execute(CommandBehavior.Default, cancellationToken);
        while (reader.NextResult())
        {
        }
        return reader.RecordsAffected;
    }

    object? Scalar(CancellationToken cancellationToken)
    {
        using var reader = Execute(CommandBehavior.Default, cancellationToken);
        return reader.FieldCount > 0 && reader.Read(cancellationToken) ? reader.GetValue(0) : null;
    }

    MySqlDataReader Execute(CommandBehavior behavior, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var turn = Take();
        var connection = _connection!;
        using var watch = QueryWatch.Start(connection.Handle, CommandTimeout, cancellationToken);
        try
        {
            var statement = Prepared();
            statement.Execute(_parameters);
            LastInsertedId = statement.LastInsertedId;
            var reader = new MySqlDataReader(connection, statement, behavior);
            watch?.End();
            watch?.ThrowIfFired();
            return connection.Began(reader);
        }
        catch (Exception fault)
        {
            Forget();
            watch?.End();
            if (fault is MySqlException)
                watch?.ThrowIfFired(fault);
            throw;
        }
    }

    ConnectionHandle.Turn Take()
    {
        if (_connection is not { } connection)
            throw new InvalidOperationException("The command has no connection: set Connection, or make it with CreateCommand() of one.");
        var turn = connection.Take();
        if (DbTransaction is null || ReferenceEquals(DbTransaction, connection.Transaction))
            return turn;
        turn.Dispose();
        throw new InvalidOperationException("The command's transaction is over, or belongs to another connection.");
    }

    MySqlStatement Prepared()
    {
        var handle = _connection!.Handle;
        if (_statement?.IsFor(handle, CommandText, _parameters) == true)
            return _statement;
        Forget();
        if (string.IsNullOrWhiteSpace(CommandText))
            throw new InvalidOperationException("The command has no SQL: set CommandText.");
        return _statement = new MySqlStatement(handle, new ParameterSql(CommandText, _parameters.Names(), _connection.Options.AllowUserVariables));
    }

    void Forget()
    {
        _statement?.Dispose();
        _statement = null;
    }
}
