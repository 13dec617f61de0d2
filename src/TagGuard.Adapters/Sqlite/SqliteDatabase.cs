using SQLitePCL;
using TagGuard.Adapters.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>What a file is opened for.</summary>
enum Access
{
    Read = raw.SQLITE_OPEN_READONLY,
    Write = raw.SQLITE_OPEN_READWRITE,
    Create = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE,
}

/// <summary>One open SQLite file, used by one thread at a time.</summary>
/// <remarks>
/// Thin over the C functions on purpose: asking for one flag through ADO.NET took a fresh process 65 ms, this takes 22,
/// and a night's 100,000 rows go in without a parameter object each.
/// </remarks>
sealed class SqliteDatabase : IDisposable
{
    readonly sqlite3 _handle;

    static SqliteDatabase() => raw.SetProvider(new SQLite3Provider_e_sqlite3());

    SqliteDatabase(sqlite3 handle) => _handle = handle;

    /// <param name="path">The file.</param>
    /// <param name="access">What it is opened for.</param>
    /// <param name="patience">How long to wait while another process writes.</param>
    /// <exception cref="SqliteFault">It cannot be opened.</exception>
    public static SqliteDatabase Open(string path, Access access, TimeSpan patience)
    {
        // Each connection stays with one thread, so SQLite need not guard it with a mutex.
        var code = raw.sqlite3_open_v2(path, out var handle, (int)access | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new SqliteDatabase(handle);
        try
        {
            database.Check(code);
            database.Check(raw.sqlite3_busy_timeout(handle, (int)patience.TotalMilliseconds));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public static string Version => raw.sqlite3_libversion().utf8_to_string();

    public long LastId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Runs statements that return nothing.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>Prepares a statement of sql/sqlite/queries.</summary>
    public SqliteStatement Query(string name) => Prepare(SqliteScripts.Query(name));

    /// <summary>Prepares the one statement of a text, with comments before and behind it.</summary>
    /// <exception cref="SqliteFault">It is wrong, or there is another behind it, which SQLite would leave out.</exception>
    public SqliteStatement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement, out var rest));
        if (!HasCode(rest))
            return new SqliteStatement(this, statement);
        statement.Dispose();
        throw new SqliteFault(raw.SQLITE_MISUSE, "there is more than one statement");
    }

    /// <summary>Whether there is more than blanks, comments and semicolons.</summary>
    bool HasCode(string sql)
    {
        while (sql.Trim(' ', '\t', '\r', '\n', ';').Length > 0)
        {
            // Of a comment, SQLite makes no statement; what is wrong behind the first is another all the same.
            if (raw.sqlite3_prepare_v2(_handle, sql, out var statement, out var rest) != raw.SQLITE_OK)
                return true;
            using (statement)
            {
                if (!statement.IsInvalid)
                    return true;
            }
            if (rest.Length == sql.Length)
                return false;
            sql = rest;
        }
        return false;
    }

    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Read() ? statement.Int64(0) : 0;
    }

    /// <summary>Begins to write: waits for other writers now, not in the middle.</summary>
    public SqliteTransaction BeginWrite() => new(this, "begin immediate");

    /// <summary>Begins to read: everything until the end is of one moment.</summary>
    public SqliteTransaction BeginRead() => new(this, "begin");

    /// <summary>Breaks off what runs here when the token fires; to be disposed before this is.</summary>
    public CancellationTokenRegistration BreakOffOn(CancellationToken cancellationToken) =>
        cancellationToken.Register(static handle => raw.sqlite3_interrupt((sqlite3)handle!), _handle);

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new SqliteFault(code & 0xff, raw.sqlite3_errmsg(_handle).utf8_to_string());
    }

    public void Dispose() => _handle.Dispose();
}

/// <summary>A transaction: undone unless committed.</summary>
sealed class SqliteTransaction : StoreTransaction
{
    readonly SqliteDatabase _database;

    public SqliteTransaction(SqliteDatabase database, string begin)
    {
        _database = database;
        database.Execute(begin);
    }

    public override void Commit() => _database.Execute("commit");

    public override void Dispose()
    {
        // SQLite itself has undone it already after some errors (disk full, I/O), and then there is nothing to undo.
        if (_database.IsInTransaction)
            _database.Execute("rollback");
    }
}
