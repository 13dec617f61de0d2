using System.Runtime.InteropServices;
using System.Text;

namespace TagGuard.Adapters.DuckDb;

/// <summary>One DuckDB instance with one connection. Queries on it run one after the other.</summary>
sealed class DuckDbDatabase : IDisposable
{
    /// <summary>What no database of ours does: fetch code from the network, or run what others put into a folder of extensions.</summary>
    static readonly Dictionary<string, string> NoExtensions = new()
    {
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "false",
        ["allow_community_extensions"] = "false",
    };

    readonly DatabaseHandle _database;
    readonly ConnectionHandle _connection;

    /// <param name="file">A database file, or null for one in memory.</param>
    /// <param name="options">DuckDB's settings by name: duckdb.org/docs/stable/configuration/overview. Extensions are never fetched nor loaded.</param>
    /// <exception cref="DuckDbException">The file is not there, is held by another process, or is no DuckDB database.</exception>
    public DuckDbDatabase(string? file, IReadOnlyDictionary<string, string> options)
    {
        _database = DatabaseHandle.Open(file, options.Concat(NoExtensions));
        try
        {
            _connection = ConnectionHandle.Open(_database);
        }
        catch
        {
            _database.Dispose();
            throw;
        }
    }

    /// <summary>Prepares one statement.</summary>
    public DuckDbStatement Prepare(string sql) => new(_connection, sql);

    /// <summary>Prepares SQL that is a person's, or holds some: exactly one SELECT, as DuckDB's own parser sees it.</summary>
    /// <exception cref="DuckDbException">It is wrong, names what is not there, or is something else than one SELECT.</exception>
    public DuckDbStatement PrepareSelect(string sql)
    {
        OneSelect.Need(this, sql);
        var statement = Prepare(sql);
        if (statement.IsSelect)
            return statement;
        statement.Dispose();
        throw new DuckDbException(OneSelect.Wanted, sql);
    }

    /// <summary>From now on, no file outside of these folders is read or written, and no setting is changed: neither by SQL nor by us.</summary>
    /// <param name="folders">Folders by their full names; with what lies in them where their links lead. That of temporary files is allowed besides.</param>
    public void Confine(IEnumerable<string> folders)
    {
        Execute($"set allowed_directories = {Sql.List(folders)}", CancellationToken.None);
        Execute("set enable_external_access = false", CancellationToken.None);
        Execute("set lock_configuration = true", CancellationToken.None);
    }

    /// <summary>Makes a function of ours callable in SQL on this database.</summary>
    public void Register(ChunkFunction function) => function.RegisterOn(_connection);

    /// <summary>Runs one statement to its end, its rows thrown away.</summary>
    public void Execute(string sql, CancellationToken cancellationToken)
    {
        using var statement = Prepare(sql);
        using var result = statement.Execute(cancellationToken);
        while (result.Next() is { } chunk)
            chunk.Dispose();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }
}

sealed class DatabaseHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    public static DatabaseHandle Open(string? file, IEnumerable<KeyValuePair<string, string>> options)
    {
        _ = Native.duckdb_create_config(out var config);
        try
        {
            foreach (var (name, value) in options)
            {
                if (Native.duckdb_set_config(config, name, value) != 0)
                    throw new DuckDbException($"DuckDB does not take {name} = {value}.", "");
            }
            var opened = new DatabaseHandle();
            if (Native.duckdb_open_ext(file, out opened.handle, config, out var error) != 0)
            {
                var message = Native.Text(error);
                Native.duckdb_free(error);
                opened.handle = 0;
                throw new DuckDbException(message, "");
            }
            return opened;
        }
        finally
        {
            Native.duckdb_destroy_config(ref config);
        }
    }

    protected override bool ReleaseHandle()
    {
        Native.duckdb_close(ref handle);
        return true;
    }
}

sealed class ConnectionHandle() : SafeHandle(0, ownsHandle: true)
{
    DatabaseHandle? _database;

    public override bool IsInvalid => handle == 0;

    public static ConnectionHandle Open(DatabaseHandle database)
    {
        var connection = new ConnectionHandle();
        var held = false;
        database.DangerousAddRef(ref held);
        connection._database = database;
        if (Native.duckdb_connect(database.DangerousGetHandle(), out connection.handle) != 0)
        {
            connection.handle = 0;
            database.DangerousRelease();
            throw new DuckDbException("DuckDB gave no connection.", "");
        }
        return connection;
    }

    protected override bool ReleaseHandle()
    {
        Native.duckdb_disconnect(ref handle);
        _database?.DangerousRelease();
        return true;
    }
}

/// <summary>A prepared statement. Parameters are bound by name, without the `$`.</summary>
sealed unsafe class DuckDbStatement : IDisposable
{
    /// <summary>DUCKDB_STATEMENT_TYPE_SELECT in duckdb.h.</summary>
    const int SelectStatement = 1;

    readonly ConnectionHandle _connection;
    readonly string _sql;
    nint _statement;

    /// <exception cref="DuckDbException">The SQL is wrong, or names what is not there.</exception>
    internal DuckDbStatement(ConnectionHandle connection, string sql)
    {
        _connection = connection;
        _sql = sql;
        var held = false;
        connection.DangerousAddRef(ref held);
        var bytes = Encoding.UTF8.GetBytes(sql + "\0");
        fixed (byte* text = bytes)
        {
            if (Native.duckdb_prepare(connection.DangerousGetHandle(), text, out _statement) == 0)
                return;
        }
        var error = Native.Text(Native.duckdb_prepare_error(_statement));
        Dispose();
        throw new DuckDbException(error, sql);
    }

    /// <summary>Whether it only asks.</summary>
    public bool IsSelect => Native.duckdb_prepared_statement_type(_statement) == SelectStatement;

    /// <summary>Binds a value if the statement has a parameter of this name; says whether it has.</summary>
    public bool TryBind(string name, string value)
    {
        if (Native.duckdb_bind_parameter_index(_statement, out var index, name) != 0)
            return false;
        var bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* text = bytes.Length > 0 ? bytes : [0])
            return Check(Native.duckdb_bind_varchar_length(_statement, index, text, (ulong)bytes.Length), name);
    }

    public bool TryBind(string name, DateOnly value) =>
        Native.duckdb_bind_parameter_index(_statement, out var index, name) == 0
        && Check(Native.duckdb_bind_date(_statement, index, value.DayNumber - DuckDbVector.Epoch.DayNumber), name);

    /// <summary>Runs it; the rows are streamed, not collected. Cancellation interrupts the query, also while rows are read.</summary>
    public DuckDbResult Execute(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Native.duckdb_pending_prepared_streaming(_statement, out var pending) != 0)
        {
            var error = Native.Text(Native.duckdb_pending_error(pending));
            Native.duckdb_destroy_pending(ref pending);
            throw new DuckDbException(error, _sql);
        }
        return new DuckDbResult(_connection, pending, _sql, cancellationToken);
    }

    bool Check(int state, string name) => state == 0 ? true : throw new DuckDbException($"The parameter {name} could not be bound.", _sql);

    public void Dispose()
    {
        if (_statement == 0)
            return;
        Native.duckdb_destroy_prepare(ref _statement);
        _statement = 0;
        _connection.DangerousRelease();
    }
}
