using System.Data;
using System.Data.Common;
using System.Globalization;
using TagGuard.Adapters.MySql.Driver;
using TagGuard.Sources;

namespace TagGuard.Adapters.MySql;

/// <summary>One connection for one question; every failure of it is a <see cref="SourceException"/>.</summary>
/// <remarks>It reads only, whatever a person's SQL says, and its times are in UTC. A statement ends with the plan's `read_timeout`, a question with the check's `timeout`.</remarks>
sealed class MySqlSession : IAsyncDisposable
{
    /// <summary>ER_NO_SUCH_TABLE, as all providers number it.</summary>
    const int NoSuchTable = 1146;

    const string Columns = """
        select column_name, data_type, column_type, is_nullable = 'YES', ifnull(numeric_scale, 0), ifnull(datetime_precision, 0), character_set_name
        from information_schema.columns where table_schema = ifnull(@database, database()) and table_name = @table order by ordinal_position
        """;

    readonly string _name;
    readonly MySqlOptions _server;
    DbConnection? _connection;

    MySqlSession(string name, MySqlOptions server, string asked) => (_name, _server, Asked) = (name, server, asked);

    /// <summary>What is asked, for messages.</summary>
    public string Asked { get; set; }

    DbConnection Connection => _connection!;

    /// <summary>Whether it is somebody else's provider.</summary>
    bool IsForeign => _connection is not (null or MySqlConnection);

    /// <param name="name">The connection's name in the plan.</param>
    /// <param name="server">Where the server is, for messages.</param>
    /// <param name="connect">Opens a connection, in UTC.</param>
    /// <param name="asked">What will be asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MySqlSession> OpenAsync(
        string name, MySqlOptions server, Func<CancellationToken, Task<DbConnection>> connect, string asked, CancellationToken cancellationToken)
    {
        var session = new MySqlSession(name, server, asked);
        try
        {
            session._connection = await session.TryAsync(() => connect(cancellationToken), cancellationToken);
            await session.RunAsync("set session transaction read only", cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a SELECT; its rows are read with <see cref="NextAsync"/>, and end with the session.</summary>
    public async Task<DbDataReader> ReadAsync(string sql, IEnumerable<(string Name, object? Value)> values, CancellationToken cancellationToken)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (parameterName, value) in values)
            command.Parameters.Add(Parameter(command, parameterName, value));
        // MySql.Data gives no reader when the statement was stopped.
        return await TryAsync(() => command.ExecuteReaderAsync(cancellationToken), cancellationToken)
            ?? throw (cancellationToken.IsCancellationRequested ? new OperationCanceledException(cancellationToken) : Fault("Somebody or a time limit of the server stopped it."));
    }

    /// <summary>A value as the provider understands it: those in C# that are older than <see cref="DateOnly"/> would send it as any text.</summary>
    DbParameter Parameter(DbCommand command, string parameterName, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = parameterName;
        if (value is DateOnly date && IsForeign)
            (parameter.DbType, parameter.Value) = (DbType.Date, date.ToDateTime(TimeOnly.MinValue));
        else
            parameter.Value = value ?? DBNull.Value;
        return parameter;
    }

    public Task<bool> NextAsync(DbDataReader reader, CancellationToken cancellationToken) => TryAsync(() => reader.ReadAsync(cancellationToken), cancellationToken);

    /// <summary>The first column of the one row.</summary>
    public async Task<object> ScalarAsync(string sql, IEnumerable<(string Name, object? Value)> values, CancellationToken cancellationToken)
    {
        await using var reader = await ReadAsync(sql, values, cancellationToken);
        await NextAsync(reader, cancellationToken);
        return reader.GetValue(0);
    }

    public async Task<long> NumberAsync(string sql, IEnumerable<(string Name, object? Value)> values, CancellationToken cancellationToken) =>
        Convert.ToInt64(await ScalarAsync(sql, values, cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>The columns of a table or view.</summary>
    public async Task<IReadOnlyList<MySqlColumn>> ColumnsAsync(string table, CancellationToken cancellationToken)
    {
        var parts = table.Split('.');
        await using var reader = await ReadAsync(Columns, [("@database", parts.Length > 1 ? parts[0] : null), ("@table", parts[^1])], cancellationToken);
        var columns = new List<MySqlColumn>();
        while (await NextAsync(reader, cancellationToken))
        {
            columns.Add(new MySqlColumn(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), Number(3) != 0, Number(4), Number(5), reader.IsDBNull(6) ? null : reader.GetString(6)));
        }
        return columns.Count > 0 ? columns : throw Fault($"There is no table {table}. Check `table`, and `database` of the connection.", isAbsent: true);

        long Number(int i) => Convert.ToInt64(reader.GetValue(i), CultureInfo.InvariantCulture);
    }

    public SourceException Fault(string message, Exception? inner = null, bool isAbsent = false) =>
        new(_name, _server.Address, message, Asked, inner) { IsAbsent = isAbsent, IsTransient = inner is not null && ServerFault.IsTransient(inner) };

    /// <summary>Rows that were not read end with the connection.</summary>
    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        await TryAsync(() => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Does something that the driver may fail at.</summary>
    public async Task<T> TryAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (DbException fault)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var sentence = ServerFault.Sentence(fault, _server).Replace($"MySQL at {_server.Address}: ", "", StringComparison.Ordinal);
            throw Fault(sentence, fault, ServerFault.NumberOf(fault) == NoSuchTable);
        }
        catch (Exception fault) when (fault is ProviderException or InvalidOperationException or NotSupportedException)
        {
            // No provider, a parameter that is not known, a type that cannot be read: mistakes of the plan, with their cure.
            throw Fault(fault.Message, fault);
        }
        catch (Exception fault) when (IsForeign && fault is not OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Fault($"The provider failed: {fault.GetType().Name}: {fault.Message}", fault);
        }
    }
}
