using MySqlConnector;
using TagGuard.Adapters.MySql;

[assembly: AssemblyFixture(typeof(TagGuard.RealServerTests.Support.MariaDb))]

namespace TagGuard.RealServerTests.Support;

/// <summary>Debian's MariaDB for tests: one server for all that only need a database,
/// started by the first that asks; more for those that break one.</summary>
/// <remarks>
/// <code>
/// await using var database = await mariaDb.DatabaseAsync();               // fresh, empty, dropped afterwards
/// await using var connection = await database.OpenAsync();
/// await using var server = await mariaDb.StartAsync("--read-only");      // a server of one's own: KillAsync, RestartAsync
/// </code>
/// </remarks>
public sealed class MariaDb : IAsyncDisposable
{
    readonly Lazy<Task<MariaDbServer>> _shared;
    readonly Lazy<Task<MariaDbFiles>> _files = new(MariaDbFiles.MakeAsync);

    public MariaDb() => _shared = new(() => StartAsync());

    /// <summary>The server that tests share: not to be stopped, and no global setting of it changed.</summary>
    public Task<MariaDbServer> ServerAsync()
    {
        SkipWithoutServer();
        return _shared.Value;
    }

    /// <summary>A database of one's own on the shared server.</summary>
    public async Task<MariaDbDatabase> DatabaseAsync() => await (await ServerAsync()).DatabaseAsync();

    /// <summary>A server of one's own.</summary>
    /// <param name="arguments">More arguments of mariadbd, such as `--read-only`.</param>
    public async Task<MariaDbServer> StartAsync(params string[] arguments)
    {
        SkipWithoutServer();
        return await MariaDbServer.StartAsync(await _files.Value, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        if (_shared.IsValueCreated && _shared.Value.IsCompletedSuccessfully)
            await (await _shared.Value).DisposeAsync();
        if (_files.IsValueCreated && _files.Value.IsCompletedSuccessfully)
            (await _files.Value).Dispose();
    }

    static void SkipWithoutServer()
    {
        if (!File.Exists(MariaDbFiles.Program))
            Assert.Skip($"{MariaDbFiles.Program} is not there: apt-get install mariadb-server-core mariadb-client-core");
    }
}

/// <summary>An empty database on a server, dropped at the end.</summary>
public sealed class MariaDbDatabase(MariaDbServer server, string name) : IAsyncDisposable
{
    public string Name => name;

    public MariaDbServer Server => server;

    /// <summary>As a plan's connection reaches it: over TCP with TLS, verified.</summary>
    public MySqlConnectionPlan Plan() => new()
    {
        Host = "127.0.0.1",
        Port = server.Port,
        Database = name,
        User = MariaDbServer.User,
        Password = MariaDbServer.Password,
        TlsCa = server.AuthorityFile,
    };

    /// <summary>The same over the unix socket.</summary>
    public MySqlConnectionPlan PlanOnSocket() => Plan() with { Host = null, Socket = server.Socket, TlsCa = null };

    /// <summary>An open connection, as of a plan.</summary>
    public Task<MySqlConnection> OpenAsync() => Plan().ConnectAsync("/", TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (server.IsRunning)
            await server.RunAsync($"drop database {name}");
    }
}
