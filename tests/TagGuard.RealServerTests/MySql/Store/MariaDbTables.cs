using System.Globalization;
using MySqlConnector;
using TagGuard.Adapters.MySql.Store;
using TagGuard.RealServerTests.Support;
using TagGuard.Storage;
using TagGuard.StoreContracts;

namespace TagGuard.RealServerTests.MySql.Store;

/// <summary>A database on the server that all tests share.</summary>
public sealed class MariaDbTables : IStoreTables
{
    MariaDbDatabase? _database;

    internal MariaDbDatabase Database => _database ?? throw new InvalidOperationException("MakeAsync comes first.");

    public async ValueTask MakeAsync()
    {
        var mariaDb = await TestContext.Current.GetFixture<MariaDb>() ?? throw new InvalidOperationException("MariaDb is a fixture of the assembly.");
        _database = await mariaDb.DatabaseAsync();
    }

    public IRunStore Open(TimeProvider clock) => Database.Store(clock);

    public string Look(string sql)
    {
        using var connection = Database.Plan().ConnectAsync("/", CancellationToken.None).GetAwaiter().GetResult();
        using var command = connection.Command(sql);
        using var row = command.ExecuteReader();
        var rows = new List<string>();
        while (row.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(column => Told(row.GetValue(column)))));
        return string.Join(' ', rows);
    }

    public void Run(string sql) => Look(sql);

    static string? Told(object value) => value is MySqlDateTime date
        ? date.GetDateTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }
}

/// <summary>Stores in databases of tests.</summary>
static class MariaDbStores
{
    /// <param name="database">The database.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="settings">A statement that every connection begins with.</param>
    /// <param name="machine">This machine's clock, when it is wrong.</param>
    public static MySqlRunStore Store(
        this MariaDbDatabase database,
        TimeProvider? clock = null,
        string? settings = null,
        TimeProvider? machine = null)
    {
        var plan = database.Plan();
        return new MySqlRunStore(plan.Server("/"), ConnectAsync, clock ?? TimeProvider.System) { Machine = machine ?? TimeProvider.System };

        async Task<MySqlConnection> ConnectAsync(CancellationToken cancellationToken)
        {
            var connection = await plan.ConnectAsync("/", cancellationToken, blocks: true);
            if (settings is not null)
                await connection.RunAsync(settings);
            return connection;
        }
    }
}
