using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql.Store;

/// <summary>Another user of a database, who holds something until disposed.</summary>
sealed class Blocker : IAsyncDisposable
{
    readonly MariaDbDatabase _database;
    readonly DbConnection _connection;

    Blocker(MariaDbDatabase database, DbConnection connection) => (_database, _connection) = (database, connection);

    /// <summary>Holds what these statements take.</summary>
    public static async Task<Blocker> HoldAsync(MariaDbDatabase database, params string[] statements)
    {
        var connection = await database.OpenAsync();
        var blocker = new Blocker(database, connection);
        foreach (var statement in statements)
            await connection.RunAsync(statement);
        return blocker;
    }

    /// <summary>Nobody writes to the table.</summary>
    public static Task<Blocker> TableAsync(MariaDbDatabase database, string table) => HoldAsync(database, $"lock tables {table} read");

    /// <summary>Nobody changes these rows.</summary>
    public static Task<Blocker> RowsAsync(MariaDbDatabase database, string select) =>
        HoldAsync(database, "set autocommit = 0", select + " for update");

    public Task RunAsync(string sql) => _connection.RunAsync(sql);

    /// <summary>Waits until somebody waits for what is held; returns the number of that connection.
    /// InnoDB renews <c>innodb_trx</c> only when nobody read it for 100 ms.</summary>
    public async Task<long> SomebodyWaitsAsync()
    {
        const string waiting = """
            select p.id from information_schema.processlist p left join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id
            where p.db = @db and (t.trx_state = 'LOCK WAIT' or p.state like 'Waiting for table%lock')
            """;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(250))
        {
            await using var connection = await _database.OpenAsync();
            if (await connection.ScalarAsync(waiting, ("@db", _database.Name)) is { } id)
                return Convert.ToInt64(id, CultureInfo.InvariantCulture);
        }
        throw new InvalidOperationException("Nobody waits for what is held.");
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
