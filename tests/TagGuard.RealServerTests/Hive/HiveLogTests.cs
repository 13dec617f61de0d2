using System.Collections.Concurrent;
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
        var mark = $"stop_{Guid.NewGuid():n}";
        var log = new SparkLog(mark);
        await using var source = (IRowsSource)Plan(10000).Open("source", "/", TimeProvider.System);
        using var wish = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = source.RowsAsync($"{new SparkThriftTables().Endless} and '{mark}' <> ''", Date, wish.Token);
        SparkLog statement;
        try
        {
            statement = new SparkLog(await log.StatementAsync());
        }
        finally
        {
            await wish.CancelAsync();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await statement.UntilAsync("Asked to cancel job group");
        Assert.Equal(1, (await source.RowsAsync("select 1", Date, Token)).Rows);
    }

    [Theory]
    [InlineData("hive", 10010)]
    [InlineData("spark", 10000)]
    public async Task ASessionThatTheServerLostMaySucceedWhenItIsAskedAgain(string engine, int port)
    {
        await engines.UpAsync("hdfs", engine);
        var plan = Plan(port);
        using var client = (await new HiveLine(plan, "/", TimeProvider.System).OpenAsync(Token)).Client;
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
