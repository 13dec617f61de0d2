using System.Diagnostics;
using TagGuard.Adapters.MySql;
using TagGuard.Adapters.MySql.Store;
using TagGuard.RealServerTests.Support;
using TagGuard.Storage;
using TagGuard.StoreContracts;

namespace TagGuard.RealServerTests.MySql.Store;

/// <summary>Servers that are full, small, or only copies.</summary>
public sealed class MySqlServerFaultTests(MariaDb mariaDb)
{
    static readonly StageResult Good = Given.Stage(Given.Volumes([Given.Volume("A", 1)]));

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static StageResult Large(int tags) => Given.Stage(Given.Volumes(Enumerable.Range(0, tags).Select(tag => Given.Volume($"T{tag:0000000}", 1))));

    [Fact]
    public async Task ADiskThatIsFullLeavesTheGateClosedUntilThereIsRoom()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        var folder = Path.Combine(Path.GetDirectoryName(server.Socket)!, "data", database.Name);
        Assert.SkipUnless(
            await RunAsync("mount", "-t", "tmpfs", "-o", "size=12m,mode=777", "tmpfs", folder),
            "needs a user that may mount a small disk");
        try
        {
            await using var store = database.Store();
            await store.InitAsync(Token);
            var refused = await Assert.ThrowsAsync<StoreException>(() => store.SaveAsync(Given.Date, Large(60_000)));

            Assert.Contains("full: make room, then run this again", refused.Message, StringComparison.Ordinal);
            Assert.False((await store.GatesAsync(Given.Plan, Given.Date, Token))["tags"].IsGood);
            Assert.Empty((await store.DayAsync(Given.Plan, Given.Date, 1, Token)).Stages);
            Assert.True(await RunAsync("mount", "-o", "remount,size=200m", folder));
            await store.SaveAsync(Given.Date, Large(5_000));
            Assert.True((await store.GatesAsync(Given.Plan, Given.Date, Token))["tags"].IsGood);
        }
        finally
        {
            await server.KillAsync();
            await RunAsync("umount", folder);
        }
    }

    [Fact]
    public async Task ATablespaceThatIsFullLeavesTheGateClosed()
    {
        await using var server = await mariaDb.StartAsync("--innodb-data-file-path=ibdata1:12M:autoextend:max:20M", "--skip-innodb-file-per-table");
        await using var database = await server.DatabaseAsync();
        await using var store = database.Store();
        await store.InitAsync(Token);

        var refused = await Assert.ThrowsAsync<StoreException>(() => store.SaveAsync(Given.Date, Large(60_000)));

        Assert.Contains("full: make room, then run this again", refused.Message, StringComparison.Ordinal);
        Assert.False((await store.GatesAsync(Given.Plan, Given.Date, Token))["tags"].IsGood);
        await store.SaveAsync(Given.Date, Good);
        Assert.True((await store.GatesAsync(Given.Plan, Given.Date, Token))["tags"].IsGood);
    }

    [Fact]
    public async Task AServerThatIsBeingStartedAnewIsAskedAgain()
    {
        await using var server = await mariaDb.StartAsync("--innodb-flush-log-at-trx-commit=2");
        await using var database = await server.DatabaseAsync();
        await using var store = database.Store();
        await store.InitAsync(Token);
        await store.SaveAsync(Given.Date, Good);
        await server.KillAsync();

        var asking = store.GatesAsync(Given.Plan, Given.Date, Token);
        await server.RestartAsync();

        Assert.True((await asking)["tags"].IsGood);
    }

    [Fact]
    public async Task AServerThatStaysAwayIsATransientFault()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        await server.KillAsync();

        var fault = await Assert.ThrowsAsync<StoreException>(() => database.Store().GatesAsync(Given.Plan, Given.Date, Token));

        Assert.True(fault.IsTransient);
        Assert.Contains("Check that the server runs", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The driver itself would wait for ever: it has no limit for sending.</summary>
    [Fact]
    public async Task AServerThatStandsStillWhileItIsSentAValueIsGivenUp()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        var plan = database.Plan() with { ReadTimeout = TimeSpan.FromSeconds(1), WriteTimeout = TimeSpan.FromSeconds(1) };
        var connection = await plan.ConnectAsync("/", Token, blocks: true);
        var session = new MySqlStoreSession(connection, plan.Server("/"), TimeProvider.System.GetUtcNow, Token);
        Assert.Equal(64 * 1024 * 1024, session.PacketLimit);
        var statement = session.Prepare("select length(@c)").Set(0, new string('x', 40_000_000));
        await server.PauseAsync();

        var fault = Assert.Throws<MySqlLineException>(() => statement.Run());
        session.Dispose();
        await server.KillAsync();

        Assert.True(fault.IsTransient);
        Assert.Contains("(`read_timeout`, `write_timeout`). Look whether the server hangs", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PacketsThatAreSmallAreFilledAndNoMoreAndAValueThatFitsNoneIsTold()
    {
        await using var server = await mariaDb.StartAsync("--max-allowed-packet=16K");
        await using var database = await server.DatabaseAsync();
        await using var store = database.Store();
        await store.InitAsync(Token);

        await store.SaveAsync(Given.Date, Large(3_000));
        var stored = await store.DayAsync(Given.Plan, Given.Date, 1, Token);
        var refusals = new List<string>();
        foreach (
            var stage in new[]
            {
                Given.Stage(Given.Volumes([Given.Volume(new string('x', 20_000), 1)])),
                Good with
                {
                    Incidents = [Given.Incident(new string('x', 20_000))],
                },
            })
            refusals.Add((await Assert.ThrowsAsync<StoreException>(() => store.SaveAsync(Given.Date, stage))).Message);

        Assert.Equal(3_000, stored.Series.Count);
        Assert.All(refusals, refusal => Assert.Contains("raise its max_allowed_packet", refusal, StringComparison.Ordinal));
        Assert.False((await store.GatesAsync(Given.Plan, Given.Date, Token))["tags"].IsGood);
        Assert.Single((await store.DayAsync(Given.Plan, Given.Date, 1, Token)).Stages);
    }

    [Fact]
    public async Task AReplicaAnswersForAGateAndRefusesARun()
    {
        await using var primary = await mariaDb.StartAsync("--log-bin=bin", "--server-id=1", "--binlog-format=statement");
        await using var replica = await mariaDb.StartAsync("--server-id=2", "--read-only");
        await primary.RunAsync("create user copy@'%' identified by 'copy'");
        await primary.RunAsync("grant replication slave on *.* to copy@'%'");
        await primary.RunAsync("reset master");
        await replica.RunAsync(
            $"change master to master_host = '127.0.0.1', master_port = {primary.Port}, master_user = 'copy', master_password = 'copy'");
        await replica.RunAsync("start slave");
        await using var database = await primary.DatabaseAsync();
        await using var store = database.Store();
        await store.InitAsync(Token);
        await store.SaveAsync(Given.Date, Good);

        var copy = new MariaDbDatabase(replica, database.Name).Store();
        for (var clock = Stopwatch.StartNew(); !await IsOpenAsync(copy) && clock.Elapsed < TimeSpan.FromSeconds(30);)
            await Task.Delay(50, Token);

        Assert.True(await IsOpenAsync(copy));
        Assert.Contains("can only be read", await copy.ProbeAsync(Token), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<StoreException>(() => copy.SaveAsync(Given.Date, Good));
        Assert.Contains("Connect to the primary", refused.Message, StringComparison.Ordinal);
        Assert.True(await IsOpenAsync(store));
    }

    static async Task<bool> IsOpenAsync(MySqlRunStore store)
    {
        try
        {
            return (await store.GatesAsync(Given.Plan, Given.Date, Token)).TryGetValue("tags", out var gate) && gate.IsGood;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(Token);
        return process.ExitCode == 0;
    }
}
