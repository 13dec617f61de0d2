using System.Globalization;
using MySqlConnector;
using TagGuard.Sources;

namespace TagGuard.Adapters.MySql;

/// <summary>One connection for one question; every failure of it is a <see cref="SourceException"/>.</summary>
/// <remarks>It reads only, whatever a person's SQL says, and its times are in UTC. A statement ends with the plan's `read_timeout`, a question with the check's `timeout`.</remarks>
sealed class MySqlSession : IAsyncDisposable
{
    const string Columns = """
        select column_name, data_type, column_type, is_nullable = 'YES', ifnull(numeric_scale, 0), ifnull(datetime_precision, 0), character_set_name
        from information_schema.columns where table_schema = ifnull(@database, database()) and table_name = @table order by ordinal_position
        """;

    readonly string _name;
    readonly MySqlServer _server;
    MySqlConnection? _connection;
    MySqlCommand? _command;
    bool _hasRowsLeft;

    MySqlSession(string name, MySqlServer server, string asked) => (_name, _server, Asked) = (name, server, asked);

    /// <summary>What is asked, for messages.</summary>
    public string Asked { get; set; }

    /// <param name="name">The connection's name in the plan.</param>
    /// <param name="server">Where the server is, for messages.</param>
    /// <param name="connect">Opens a connection, in UTC.</param>
    /// <param name="asked">What will be asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<MySqlSession> OpenAsync(
        string name, MySqlServer server, Func<CancellationToken, Task<MySqlConnection>> connect, string asked, CancellationToken cancellationToken)
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

    /// <summary>Runs a query that stands in the plan: it must be a SELECT.</summary>
    public Task<MySqlDataReader> QueryAsync(string sql, IEnumerable<(string Name, object? Value)> values, CancellationToken cancellationToken) =>
        ReadAsync(SingleStatement.OfQuery, sql, values, cancellationToken);

    /// <summary>Runs a SELECT of ours, which may hold words of the plan's.</summary>
    public Task<MySqlDataReader> ReadAsync(string sql, IEnumerable<(string Name, object? Value)> values, CancellationToken cancellationToken) =>
        ReadAsync(SingleStatement.Of, sql, values, cancellationToken);

    /// <remarks>Rows are read with <see cref="NextAsync"/>, and end with the session.</remarks>
    async Task<MySqlDataReader> ReadAsync(
        Func<string, string> check, string sql, IEnumerable<(string Name, object? Value)> values, CancellationToken cancellationToken)
    {
        var command = _command = await TryAsync(() => Task.FromResult(new MySqlCommand(check(sql), _connection)), cancellationToken);
        foreach (var (parameterName, value) in values)
            command.Parameters.AddWithValue(parameterName, value ?? DBNull.Value);
        // Numbers come as they are, not as rounded text; and a server prepares one statement, not two.
        await TryAsync(() => DriverWait.ForAsync(() => command.PrepareAsync(cancellationToken), _server, cancellationToken), cancellationToken);
        _hasRowsLeft = true;
        return await TryAsync(() => command.ExecuteReaderAsync(cancellationToken), cancellationToken);
    }

    public async ValueTask<bool> NextAsync(MySqlDataReader reader, CancellationToken cancellationToken)
    {
        var reading = reader.ReadAsync(cancellationToken);
        return _hasRowsLeft = reading.IsCompletedSuccessfully ? reading.Result : await TryAsync(() => reading, cancellationToken);
    }

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

    /// <summary>The driver reads away what is left of the rows; so the server is asked to stop first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await DriverWait.CloseAsync(_connection, _hasRowsLeft ? _command : null);
    }

    async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, _connection);
        await TryAsync(() => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Does something that the driver may fail at.</summary>
    public async Task<T> TryAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await DriverWait.ForAsync(work, _server, cancellationToken);
        }
        catch (Exception fault) when (ServerFault.Is(fault))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Fault(ServerFault.Told(fault, _server), fault, ServerFault.CodeOf(fault) == MySqlErrorCode.NoSuchTable);
        }
        catch (Exception fault) when (fault is
            InvalidDataException or InvalidOperationException or NotSupportedException or InvalidCastException or FormatException or OverflowException)
        {
            // Not one statement, a parameter that is not known, a value that cannot be read: mistakes of the plan or the rows.
            cancellationToken.ThrowIfCancellationRequested();
            throw Fault(fault.Message, fault);
        }
    }
}
