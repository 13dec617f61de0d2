using DuckDB.NET.Native;
using TagGuard.Adapters.Sources.Sql;
using static DuckDB.NET.Native.NativeMethods;

namespace TagGuard.Adapters.DuckDb;

/// <summary>One DuckDB instance with one connection. Queries on it run one after the other.</summary>
sealed class DuckDbDatabase : IDisposable
{
    /// <summary>DuckDB would fetch extensions from the network, and load code from the user's home.</summary>
    static readonly IEnumerable<KeyValuePair<string, string>> Closed =
        [new("autoinstall_known_extensions", "false"), new("autoload_known_extensions", "false"), new("allow_community_extensions", "false")];

    readonly DuckDBDatabase _database;
    readonly DuckDBNativeConnection _connection;

    /// <param name="file">A database file, or null for one in memory.</param>
    /// <param name="options">DuckDB's settings by name: duckdb.org/docs/stable/configuration/overview. Extensions are never fetched nor
    /// loaded.</param>
    /// <exception cref="DuckDbException">The file is not there, is held by another process, or is no DuckDB database.</exception>
    public DuckDbDatabase(string? file, IReadOnlyDictionary<string, string> options)
    {
        _ = Configuration.DuckDBCreateConfig(out var config);
        using (config)
        {
            foreach (var (name, value) in options.Concat(Closed))
            {
                if (!Configuration.DuckDBSetConfig(config, name, value).IsSuccess())
                    throw new DuckDbException($"DuckDB does not take {name} = {value}.", "");
            }
            if (!Startup.DuckDBOpen(file, out _database, config, out var error).IsSuccess())
                throw new DuckDbException(error, "");
        }
        if (Startup.DuckDBConnect(_database, out _connection).IsSuccess())
            return;
        _database.Dispose();
        throw new DuckDbException("DuckDB gave no connection.", "");
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

    /// <summary>The same with its parameters bound.</summary>
    /// <exception cref="DuckDbException">As above.</exception>
    public DuckDbStatement PrepareSelect(BoundSql sql)
    {
        var statement = PrepareSelect(sql.Text);
        foreach (var (parameter, value) in sql.Parameters)
        {
            // DuckDB's names have no mark.
            _ = value is DateOnly date ? statement.TryBind(parameter[1..], date) : statement.TryBind(parameter[1..], (string)value);
        }
        return statement;
    }

    /// <summary>From now on, no file outside of these folders is read or written, and no setting is changed: neither by SQL nor by us.</summary>
    /// <param name="folders">Folders by their full names; with what lies in them where their
    /// links lead. That of temporary files is allowed besides.</param>
    public void Confine(IEnumerable<string> folders)
    {
        Execute($"set allowed_directories = {DuckDbDialect.Literals(folders)}", CancellationToken.None);
        Execute("set enable_external_access = false", CancellationToken.None);
        Execute("set lock_configuration = true", CancellationToken.None);
    }

    /// <summary>Makes a function of ours callable in SQL on this database.</summary>
    public void Register(ChunkFunction function) => function.RegisterOn(_connection);

    /// <summary>Runs one statement to its end, its rows thrown away.</summary>
    public void Execute(string sql, CancellationToken cancellationToken)
    {
        using var statement = Prepare(sql);
        Run(statement, cancellationToken);
    }

    /// <summary>Runs the statements of a script one after the other, parted as DuckDB's own parser parts them.</summary>
    /// <exception cref="DuckDbException">One failed, and those behind it were not run; or the script is not SQL, and none was.</exception>
    public void ExecuteAll(string script, CancellationToken cancellationToken)
    {
        var count = ExtractStatements.DuckDBExtractStatements(_connection, script, out var all);
        using (all)
        {
            if (ExtractStatements.DuckDBExtractStatementsError(all) is { Length: > 0 } error)
                throw new DuckDbException(error, script);
            for (var i = 0L; i < count; i++)
            {
                using var statement = new DuckDbStatement(_connection, all, i, script);
                Run(statement, cancellationToken);
            }
        }
    }

    static void Run(DuckDbStatement statement, CancellationToken cancellationToken)
    {
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
