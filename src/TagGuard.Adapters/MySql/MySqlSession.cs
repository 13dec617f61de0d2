using System.Globalization;
using MySqlConnector;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.MySql;

/// <summary>One connection for one question.</summary>
/// <remarks>It reads only, whatever a person's SQL says, and its times are in UTC. A statement ends
/// with the plan's `read_timeout`, a question with the check's `timeout`.</remarks>
sealed class MySqlSession : IKeyedSession, IAsyncDisposable
{
    const string Columns = """
        select column_name, data_type, column_type, is_nullable = 'YES', ifnull(numeric_scale, 0), ifnull(datetime_precision, 0), character_set_name
        from information_schema.columns where table_schema = ifnull(@database, database()) and table_name = @table order by ordinal_position
        """;

    readonly MySqlServer _server;
    readonly CancellationToken _cancellationToken;
    MySqlConnection? _connection;
    MySqlCommand? _command;
    string? _asked;
    bool _hasRowsLeft;

    MySqlSession(MySqlServer server, CancellationToken cancellationToken) => (_server, _cancellationToken) = (server, cancellationToken);

    /// <param name="server">Where the server is, for messages.</param>
    /// <param name="connect">Opens a connection, in UTC.</param>
    /// <param name="cancellationToken">Gives up the question.</param>
    public static async Task<MySqlSession> OpenAsync(
        MySqlServer server, Func<CancellationToken, Task<MySqlConnection>> connect, CancellationToken cancellationToken)
    {
        var session = new MySqlSession(server, cancellationToken);
        try
        {
            session._connection = await session.TryAsync(() => connect(cancellationToken));
            await session.RunAsync("set session transaction read only");
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task<string> DescribeAsync() => $"MySQL {await ScalarAsync(new BoundSql("select version()"))}";

    public ValueTask<TableSql?> FindAsync(TablePart part) => new(TableSql.Of(MySqlDialect.Instance, part));

    public async Task<IReadOnlyList<string>> ColumnsAsync(TableSql table) =>
        [.. (await ColumnsAsync(table.Part.Table)).Select(column => column.Name)];

    public async Task<long> NumberAsync(BoundSql sql) => Convert.ToInt64(await ScalarAsync(sql), CultureInfo.InvariantCulture);

    public async Task<(long Rows, object? First)> QueryAsync(BoundSql sql, EachRow? each = null)
    {
        var reader = await ReadAsync(SingleStatement.OfQuery, sql);
        if (reader.FieldCount == 0)
            throw Fault("`sql` must be one SELECT: this gives no rows at all.");
        var (rows, first) = (0L, (object?)null);
        while (await NextAsync(reader))
        {
            if (rows++ == 0)
                first = await TryAsync(() => Task.FromResult(ValueOf(reader, 0)));
            each?.Of(column => ValueOf(reader, column));
        }
        return (rows, first);
    }

    public async Task<IReadOnlyList<FieldText>> TextsAsync(TableSql table, IReadOnlyList<string> columns)
    {
        var all = await ColumnsAsync(table.Part.Table);
        return [.. columns.Select(name =>
        {
            var column = all.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
                ?? throw new SqlFault($"There is no column {name}.") { Asked = _asked, IsWrongQuestion = true };
            return new FieldText(column.Text ?? throw FieldText.Refused(name, column.FullType), column.IsNullable);
        })];
    }

    public async Task ReadAsync(BoundSql sql, Bucket[] into)
    {
        await using var reader = await ReadAsync(sql);
        while (await NextAsync(reader))
            into[Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture)] = new Bucket(
                reader.GetInt64(1),
                UInt128.Parse(reader.GetString(2), CultureInfo.InvariantCulture));
    }

    /// <summary>Runs a SELECT of ours, which may hold words of the plan's.</summary>
    public Task<MySqlDataReader> ReadAsync(BoundSql sql) => ReadAsync(SingleStatement.Of, sql);

    public async ValueTask<bool> NextAsync(MySqlDataReader reader)
    {
        var reading = reader.ReadAsync(_cancellationToken);
        return _hasRowsLeft = reading.IsCompletedSuccessfully ? reading.Result : await TryAsync(() => reading);
    }

    /// <summary>The driver reads away what is left of the rows; so the server is asked to stop first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await DriverWait.CloseAsync(_connection, _hasRowsLeft ? _command : null);
    }

    /// <summary>The columns of a table or view.</summary>
    async Task<IReadOnlyList<MySqlColumn>> ColumnsAsync(string table)
    {
        var parts = table.Split('.');
        SqlParameter[] values = [new("@database", parts.Length > 1 ? parts[0] : DBNull.Value), new("@table", parts[^1])];
        await using var reader = await ReadAsync(new BoundSql(Columns, values));
        var columns = new List<MySqlColumn>();
        while (await NextAsync(reader))
        {
            columns.Add(
                new MySqlColumn(
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    Number(3) != 0,
                    Number(4),
                    Number(5),
                    reader.IsDBNull(6) ? null : reader.GetString(6)));
        }
        return columns.Count > 0
            ? columns
            : throw new DataAbsentException($"There is no table {table}. Check `table`, and `database` of the connection.");

        long Number(int i) => Convert.ToInt64(reader.GetValue(i), CultureInfo.InvariantCulture);
    }

    /// <remarks>Rows are read with <see cref="NextAsync"/>, and end with the session.</remarks>
    async Task<MySqlDataReader> ReadAsync(Func<string, string> check, BoundSql sql)
    {
        _asked = sql.Asked;
        var command = _command = await TryAsync(() => Task.FromResult(new MySqlCommand(check(sql.Text), _connection)));
        foreach (var (parameter, value) in sql.Parameters)
            command.Parameters.AddWithValue(parameter, value);
        // Numbers come as they are, not as rounded text; and a server prepares one statement, not two.
        await TryAsync(() => DriverWait.ForAsync(() => command.PrepareAsync(_cancellationToken), _server, _cancellationToken));
        _hasRowsLeft = true;
        return await TryAsync(() => command.ExecuteReaderAsync(_cancellationToken));
    }

    /// <summary>The first column of the one row.</summary>
    async Task<object> ScalarAsync(BoundSql sql)
    {
        await using var reader = await ReadAsync(sql);
        await NextAsync(reader);
        return reader.GetValue(0);
    }

    async Task RunAsync(string sql)
    {
        await using var command = new MySqlCommand(sql, _connection);
        await TryAsync(() => command.ExecuteNonQueryAsync(_cancellationToken));
    }

    /// <summary>A time of a `timestamp` is an instant, and the session is in UTC; one of a
    /// `datetime` is a clock time of wherever it was written.</summary>
    object? ValueOf(MySqlDataReader reader, int column)
    {
        if (reader.IsDBNull(column))
            return null;
        var type = reader.GetDataTypeName(column);
        // A decimal of MySQL has up to 65 digits, one of .NET 28.
        return type == "DECIMAL" ? reader.GetMySqlDecimal(column).ToString() : reader.GetValue(column) switch
        {
            MySqlDateTime { IsValidDateTime: false } none => throw Fault(
                $"The column {reader.GetName(column)} holds {none.Year:0000}-{none.Month:00}-{none.Day:00}, which is not a date of the calendar: "
                + $"select nullif({reader.GetName(column)}, 0) to read it as NULL, or mend the rows."),
            MySqlDateTime time => DateTime.SpecifyKind(time.GetDateTime(), type == "TIMESTAMP" ? DateTimeKind.Utc : DateTimeKind.Unspecified),
            var value => value,
        };
    }

    SqlFault Fault(string message, Exception? inner = null) => new(message, inner)
    {
        Asked = _asked,
        IsTransient = inner is not null && ServerFault.IsTransient(inner),
        IsAbsent = inner is not null && ServerFault.CodeOf(inner) == MySqlErrorCode.NoSuchTable,
        IsWrongQuestion = inner is not null
            && ServerFault.CodeOf(inner) is MySqlErrorCode.BadFieldError or MySqlErrorCode.ParseError or MySqlErrorCode.StoredProcedureDoesNotExist,
    };

    /// <summary>Does something that the driver may fail at.</summary>
    async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await DriverWait.ForAsync(work, _server, _cancellationToken);
        }
        catch (Exception fault) when (ServerFault.Is(fault))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            throw Fault(ServerFault.WithCure(fault, _server), fault);
        }
        catch (Exception fault)
            when (fault
                    is InvalidDataException
                        or InvalidOperationException
                        or NotSupportedException
                        or InvalidCastException
                        or FormatException
                        or OverflowException)
        {
            // Not one statement, a parameter that is not known, a value that cannot be read: mistakes of the plan or the rows.
            _cancellationToken.ThrowIfCancellationRequested();
            throw Fault(fault.Message, fault);
        }
    }
}
