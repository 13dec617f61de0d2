using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.Sources;
using TagGuard.RealServerTests.SparkConnect;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Hive;

/// <summary>What servers say while they work, what becomes of a statement that nobody waits for, and of a session that they lost.</summary>
public sealed class HiveLogTests(Engines engines)
{
    static readonly DateOnly Date = new(2026, 1, 2);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static HiveConnectionPlan Plan(int port) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        User = "root",
        Settings = new Dictionary<string, string> { ["mapreduce.task.io.sort.mb"] = "10" },
    };

    [Theory]
    [InlineData("hive", 10010, true)]
    [InlineData("spark", 10000, false)]
    public async Task WhatTheServerLogsIsToldToWhoListens(string engine, int port, bool keepsLogs)
    {
        await engines.UpAsync("hdfs", engine);
        var mark = $"mark_{Guid.NewGuid():n}";
        var said = new ConcurrentQueue<string>();
        Action<string, string> listen = (system, line) => said.Enqueue($"{system} {line}");
        SourceLog.Told += listen;
        try
        {
            await using var source = (IRowsSource)Plan(port).Open("source", "/", TimeProvider.System);
            Assert.Equal(1, (await source.RowsAsync($"select count(*) as {mark} from (select 1 as a) t", Date, Token)).Rows);
        }
        finally
        {
            SourceLog.Told -= listen;
        }

        if (keepsLogs)
            Assert.Contains(
                said,
                line => line.StartsWith($"127.0.0.1:{port} ", StringComparison.Ordinal) && line.Contains(mark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AStatementThatIsGivenUpIsGoneFromTheServer()
    {
        await engines.UpAsync("hdfs", "spark");
        await AssertGoneAsync(Plan(10000), meanwhile: () => { });
        await using var source = (IRowsSource)Plan(10000).Open("source", "/", TimeProvider.System);
        Assert.Equal(1, (await source.RowsAsync("select 1", Date, Token)).Rows);
    }

    /// <summary>The other server is named first, and was down when the statement began.</summary>
    [Fact]
    public async Task AStatementThatIsGivenUpIsStoppedOnItsOwnServerAlsoWhenAnotherCouldBeAsked()
    {
        await engines.UpAsync("hdfs", "spark");
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var hosts = new[] { $"127.0.0.1:{((IPEndPoint)other.LocalEndPoint!).Port}", "127.0.0.1:10000" };

        await AssertGoneAsync(Plan(10000) with { Host = null, Port = null, Hosts = hosts }, meanwhile: () => other.Listen());

        Assert.False(other.Poll(0, SelectMode.SelectRead), "The other server was called.");
    }

    static async Task AssertGoneAsync(HiveConnectionPlan plan, Action meanwhile)
    {
        var mark = $"stop_{Guid.NewGuid():n}";
        var log = new SparkLog(mark);
        await using var source = (IRowsSource)plan.Open("source", "/", TimeProvider.System);
        using var wish = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = source.RowsAsync($"{new SparkThriftTables().Endless} and '{mark}' <> ''", Date, wish.Token);
        SparkLog statement;
        try
        {
            statement = new SparkLog(await log.StatementAsync());
            meanwhile();
        }
        finally
        {
            await wish.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await statement.UntilAsync("Asked to cancel job group");
    }

    [Theory]
    [InlineData("hive", 10010)]
    [InlineData("spark", 10000)]
    public async Task ASessionThatTheServerLostMaySucceedWhenItIsAskedAgain(string engine, int port)
    {
        await engines.UpAsync("hdfs", engine);
        var plan = Plan(port);
        using var client = await new HiveLine(plan, "/", TimeProvider.System).OpenAsync(new HostPort("127.0.0.1", port), Token);
        var session = await client.OpenSessionAsync("root", "x", new Dictionary<string, string>(), Token);
        var operation = await client.ExecuteAsync(session, "select 1", TimeSpan.FromMinutes(1), Token);
        await client.CloseSessionAsync(session, Token);

        var lost = new[]
        {
            await Assert.ThrowsAnyAsync<Exception>(() => client.ExecuteAsync(session, "select 1", TimeSpan.FromMinutes(1), Token)),
            await Assert.ThrowsAnyAsync<Exception>(() => client.StateAsync(operation, Token)),
            await Assert.ThrowsAnyAsync<Exception>(() => client.FetchAsync(operation, 1, log: false, Token)),
        };

        Assert.All(lost.Select(fault => HiveFault.Of(fault, "select 1")), fault =>
        {
            Assert.True(fault.IsTransient, fault.Message);
            Assert.Contains("does not know the session any more", fault.Message, StringComparison.Ordinal);
        });
    }
}
