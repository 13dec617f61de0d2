using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters.MySql;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.MySql;

/// <summary>What goes wrong is told with the server, the cause and the cure, and whether it may pass.</summary>
public sealed class SourceFaultTests(MariaDb mariaDb)
{
    static readonly DateOnly Day = new(2026, 2, 3);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nobody", MariaDbServer.Password, "mysql", "Check `user` and `password`")]
    [InlineData(MariaDbServer.User, "wrong-geheim", "mysql", "using password: YES) (1045). Check `user` and `password`")]
    [InlineData(MariaDbServer.User, MariaDbServer.Password, "nowhere", "(1049). Create the database nowhere")]
    public async Task AServerThatDoesNotLetInSaysWhyAndShowsNoPassword(string user, string password, string name, string expected)
    {
        await using var database = await mariaDb.DatabaseAsync();

        var fault = await FaultAsync(
            Open(database.Plan() with { User = user, Password = password, Database = name }).ProbeAsync(Token),
            isTransient: false,
            expected);

        Assert.StartsWith($"service (127.0.0.1:{database.Server.Port}): ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select from", "(1064)")]
    [InlineData("select * from nothing", "(1146). Check the table's name")]
    [InlineData("select @tomorrow", "@tomorrow")]
    [InlineData("select ?", "name each parameter")]
    public async Task AQueryThatIsWrongSaysWhy(string sql, string expected)
    {
        await using var database = await mariaDb.DatabaseAsync();

        await FaultAsync(database.Rows().RowsAsync(sql, Day, Token), isTransient: false, expected);
    }

    [Fact]
    public async Task AServerThatIsNotThereIsTransient()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await FaultAsync(Open(database.Plan() with { Port = port }).ProbeAsync(Token), isTransient: true, "`host`, `port` and firewalls");
        await FaultAsync(Open(database.PlanOnSocket() with { Socket = "/nowhere/mysqld.sock" }).ProbeAsync(Token), isTransient: true, "and `socket`");
    }

    [Fact]
    public async Task AServerThatTakesTheCallAndSaysNothingIsGivenUp()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var source = Open(database.Plan() with { Port = ((IPEndPoint)listener.LocalEndpoint).Port, ConnectTimeout = TimeSpan.FromSeconds(1) });

        await FaultAsync(source.ProbeAsync(Token), isTransient: true, "");
        using var wish = new CancellationTokenSource();
        var opening = source.ProbeAsync(wish.Token);
        await wish.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
    }

    [Theory]
    [InlineData("kill query", false, "Somebody or a time limit of the server stopped it")]
    [InlineData("kill connection", true, "The server ended the connection")]
    public async Task AQueryThatIsKilledIsToldForWhatItIs(string kill, bool isTransient, string expected)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var watcher = await database.OpenAsync();
        var asking = database.Rows().RowsAsync("select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b where a.seq <> b.seq", Day, Token);
        await watcher.UntilRunsAsync("a.seq <> b.seq");

        var running = await watcher.ScalarAsync(
            "select id from information_schema.processlist where info like 'select count%a.seq <> b.seq%' and id <> connection_id()");
        await watcher.RunAsync($"{kill} {running}");

        await FaultAsync(asking, isTransient, expected);
    }

    [Fact]
    public async Task ATimeLimitOfTheServerIsToldForWhatItIs()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        await server.RunAsync("set global max_statement_time = 1");

        await FaultAsync(
            database.Rows().RowsAsync("select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b where a.seq <> b.seq", Day, Token),
            isTransient: false,
            "(1969). Somebody or a time limit");
    }

    [Fact]
    public async Task AQueryEndsWhenItsTimeIsOver()
    {
        await using var database = await mariaDb.DatabaseAsync();
        var source = (IRowsSource)Open(database.Plan() with { ReadTimeout = TimeSpan.FromSeconds(1) });

        await FaultAsync(
            source.RowsAsync("select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b where a.seq <> b.seq", Day, Token),
            isTransient: false,
            "stopped after 1 s. Give it more time (`read_timeout`)");

        Assert.Equal(
            0,
            (
                await database
                    .Rows()
                    .RowsAsync(
                        "select 1 from information_schema.processlist where info like '%a.seq <> b%' and id <> connection_id() and db = database()",
                        Day,
                        Token)
            ).Rows);
    }

    [Fact]
    public async Task AServerThatIsKilledInTheMiddleIsTransientAndAnswersWhenItIsBack()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        await using var watcher = await database.OpenAsync();
        var asking = database.Rows().RowsAsync("select sleep(60)", Day, Token);
        await watcher.UntilRunsAsync("sleep(60)");

        await server.KillAsync();
        await FaultAsync(asking, isTransient: true, "The server ended the connection");

        await server.RestartAsync();
        Assert.Equal(1, (await database.Rows().RowsAsync("select 1", Day, Token)).Rows);
    }

    [Fact]
    public async Task RowsThatBreakOffAreAnErrorAndNotAnEnd()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        var asking = database.Rows().RowsAsync("select seq, repeat('x', 1000) from seq_1_to_100000000", Day, Token);
        await using var watcher = await database.OpenAsync();
        await watcher.UntilRunsAsync("select seq, repeat");

        await server.KillAsync();

        await FaultAsync(asking, isTransient: true, "The server ended the connection");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AServerThatHangsIsGivenUpWhenTheCallerDoesOrTheTimeIsOver(bool isCallers)
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        await using var watcher = await database.OpenAsync();
        var limit = TimeSpan.FromSeconds(isCallers ? 3600 : 1);
        using var wish = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = ((IRowsSource)Open(database.Plan() with { ReadTimeout = limit })).RowsAsync("select sleep(3600)", Day, wish.Token);
        await watcher.UntilRunsAsync("sleep(3600)");
        await server.PauseAsync();

        if (isCallers)
        {
            await wish.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }
        else
        {
            await FaultAsync(asking, isTransient: false, "stopped after 1 s");
        }
        await server.KillAsync();
    }

    [Fact]
    public async Task TooManyConnectionsAreTransient()
    {
        await using var server = await mariaDb.StartAsync("--max-connections=10");
        await using var database = await server.DatabaseAsync();
        var open = new List<DbConnection>();
        try
        {
            // One more is for those who may kill the others.
            for (var i = 0; i < 11; i++)
                open.Add(await database.OpenAsync());
            await FaultAsync(database.Source().ProbeAsync(Token), isTransient: true, "(1040). The server has no room for one more connection");
        }
        finally
        {
            foreach (var connection in open)
                await connection.DisposeAsync();
        }
    }

    static ISource Open(MySqlConnectionPlan plan) => plan.Open("service", "/", TimeProvider.System);

    static async Task<SourceException> FaultAsync(Task asking, bool isTransient, string expected)
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => asking);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.True(fault.IsTransient == isTransient, fault.Message);
        return fault;
    }
}
