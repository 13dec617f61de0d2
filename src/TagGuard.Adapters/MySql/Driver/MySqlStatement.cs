using System.Text;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>A statement that the server has prepared. Every method is called within a turn on its connection.</summary>
sealed unsafe class MySqlStatement : IDisposable
{
    /// <summary>Bytes that the packets of every server have room for.</summary>
    const int FitAnyPacket = 8 * 1024;

    readonly ConnectionHandle _connection;
    readonly StatementHandle _handle;
    readonly ParameterSql _sql;
    readonly ParameterBuffer _parameters;

    /// <summary>Prepares it.</summary>
    /// <exception cref="MySqlException">The server does not understand the SQL, or cannot prepare it.</exception>
    public MySqlStatement(ConnectionHandle connection, ParameterSql sql)
    {
        _connection = connection;
        _sql = sql;
        _parameters = new ParameterBuffer(sql.Order.Count);
        _handle = new StatementHandle(connection);
        try
        {
            using (connection.MaskSignals())
                fixed (byte* text = Encoding.UTF8.GetBytes(sql.Text + "\0"))
                    Check(Native.mysql_stmt_prepare(_handle, text, (nuint)Encoding.UTF8.GetByteCount(sql.Text)));
            if (Native.mysql_stmt_param_count(_handle) is var count && (int)count != sql.Order.Count)
                throw new InvalidOperationException($"The server sees {count} parameters where {sql.Order.Count} are written: look for an unclosed quote or comment in the SQL.");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ConnectionHandle Connection => _connection;

    /// <summary>Rows changed or found; -1 after a select.</summary>
    public long AffectedRows => (long)Native.mysql_stmt_affected_rows(_handle);

    public long LastInsertedId => (long)Native.mysql_stmt_insert_id(_handle);

    /// <summary>Whether this is what these parameters and this SQL would become on this connection.</summary>
    public bool IsFor(ConnectionHandle connection, string sql, MySqlParameterCollection parameters) =>
        ReferenceEquals(connection, _connection) && !_handle.IsClosed && _sql.IsFor(sql, parameters);

    /// <summary>Runs it. Its rows, if it has some, wait on the server's side of the line.</summary>
    public void Execute(MySqlParameterCollection parameters)
    {
        _parameters.Clear();
        foreach (var index in _sql.Order)
            _parameters.Add(parameters.At(index).Name, parameters.At(index).Value);
        try
        {
            RefuseTooLarge();
            if (_sql.Order.Count > 0)
                Check(Native.mysql_stmt_bind_param(_handle, _parameters.Seal()));
            using (_connection.MaskSignals())
                Check(Native.mysql_stmt_execute(_handle));
        }
        finally
        {
            GC.KeepAlive(_parameters);
            _parameters.Dispose();
        }
    }

    /// <summary>The columns of the result that is at hand; none when it has no rows.</summary>
    public Column[] Columns()
    {
        var columns = new Column[Native.mysql_stmt_field_count(_handle)];
        var fields = columns.Length > 0 ? Native.mariadb_stmt_fetch_fields(_handle) : null;
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Column.Of(ref fields[i]);
        return columns;
    }

    /// <summary>Says where the columns of the next rows go. The memory must not move, and be there while rows are fetched.</summary>
    public void Bind(Bind* columns) => Check(Native.mysql_stmt_bind_result(_handle, columns));

    /// <summary>Fetches the next row; false after the last.</summary>
    public bool Fetch()
    {
        using var mask = _connection.MaskSignals();
        var state = Native.mysql_stmt_fetch(_handle);
        if (state is not (0 or Native.NoData or Native.Truncated))
            throw Fault();
        return state != Native.NoData;
    }

    /// <summary>Copies a part of a value of the current row.</summary>
    public void FetchColumn(int number, Bind* into, long offset) => Check(Native.mysql_stmt_fetch_column(_handle, into, (uint)number, (nuint)offset));

    /// <summary>Goes to the next result of a procedure; false when there is none.</summary>
    public bool NextResult()
    {
        if (Native.mysql_stmt_more_results(_handle) == 0)
            return false;
        using var mask = _connection.MaskSignals();
        var state = Native.mysql_stmt_next_result(_handle);
        if (state > 0)
            throw Fault();
        return state == 0;
    }

    /// <summary>Reads away whatever the server still sends.</summary>
    public void FreeResult()
    {
        using var mask = _connection.MaskSignals();
        Check(Native.mysql_stmt_free_result(_handle));
    }

    public void Dispose() => _handle.Dispose();

    /// <summary>A server hangs up on a packet that is too large for it, and why is often lost on the way: so it is not sent.</summary>
    void RefuseTooLarge()
    {
        // Each value has a type (2 bytes); after the head of 10 (dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_execute.html).
        var bytes = 10 + (2L * _sql.Order.Count) + _parameters.Length;
        if (bytes > FitAnyPacket && bytes > (_connection.PacketLimit ??= AskPacketLimit()))
            throw _connection.Fault(MySqlErrors.PacketTooLarge, "HY000", $"{bytes:N0} bytes are to be sent at once, and its max_allowed_packet is {_connection.PacketLimit:N0}");
    }

    long AskPacketLimit()
    {
        using var ask = new MySqlStatement(_connection, new ParameterSql("select @@max_allowed_packet", [], allowUserVariables: false));
        ask.Execute([]);
        long limit = 0;
        var bind = new Bind { Type = FieldType.LongLong, Buffer = &limit };
        ask.Bind(&bind);
        ask.Fetch();
        ask.FreeResult();
        return limit;
    }

    void Check(int state)
    {
        if (state != 0)
            throw Fault();
    }

    /// <summary>What broke while rows were read is told by the connection.</summary>
    MySqlException Fault() => (int)Native.mysql_stmt_errno(_handle) is not 0 and var number
        ? _connection.Fault(number, Native.Text(Native.mysql_stmt_sqlstate(_handle)), Native.Text(Native.mysql_stmt_error(_handle)))
        : _connection.Fault();
}
