using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.SparkConnect;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>A long result comes whole or not at all, whatever happens to the line, and takes little memory.</summary>
[Collection(Spark.Collection)]
public sealed class SparkStreamTests : IAsyncLifetime
{
    const long Million = 1_000_000;

    static readonly DateOnly Day = new(2026, 1, 2);

    public async ValueTask InitializeAsync() => await Spark.UpAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task AMillionRowsTakeTheMemoryOfABatch()
    {
        await using var line = Spark.Line();
        var sql = $"select id, repeat('x', 200) from range(0, {Million}, 1, 20)";
        await using var statement = new SparkStatement(line, line.Session, new BoundSql(sql), Spark.Token);
        var (before, most, rows, batches) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0L, 0);

        while (await statement.NextAsync() is { } batch)
        {
            rows += batch.Length;
            if (batches++ % 10 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }

        Assert.Equal(Million, rows);
        // The rows have 208 MB.
        Assert.InRange(most - before, 0, 50_000_000);
    }

    [Fact]
    public async Task AStreamThatBreaksIsTakenUpWithNoRowTwiceAndNoneLost()
    {
        await using var proxy = new CuttingProxy(Spark.Port, 700_000, 0, 1_500_000, 20_000, 3_000_000);
        var log = new SparkLog("cut-" + proxy.Port);
        await using var line = Spark.Line(Spark.Plan with { Port = proxy.Port, User = "cut-" + proxy.Port });
        var session = await SparkConnectSession.OpenAsync(line, line.Session, Spark.Token);
        var (rows, sum) = (0L, 0L);

        await foreach (var row in session.RowsAsync(new BoundSql($"select id, id * 2 from range({Million})")))
        {
            Assert.Equal((long)row[0]! * 2, row[1]);
            (rows, sum) = (rows + 1, sum + (long)row[0]!);
        }

        Assert.Equal((Million, Million * (Million - 1) / 2), (rows, sum));
        Assert.True(proxy.Connections > 5, $"{proxy.Connections} connections");
        Assert.Single(await log.LinesAsync(), line => line.Contains("is created", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ALineThatIsCutAgainAndAgainMaySucceedLater()
    {
        // Nothing of the server comes through, and at last it gives up.
        await using var proxy = new CuttingProxy(Spark.Port, [.. Enumerable.Repeat(0L, 100)]);
        await using var source = Spark.Source(Spark.Plan with { Port = proxy.Port });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync("select 1", Day, Spark.Token));

        Assert.True(fault.IsTransient, fault.Message);
        Assert.Contains("Check that the Connect server runs", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStatementThatIsGivenUpIsGoneFromTheServer()
    {
        var user = $"stop-{Guid.NewGuid():n}";
        var log = new SparkLog(user);
        await using var source = Spark.Source(Spark.Plan with { User = user });
        using var wish = CancellationTokenSource.CreateLinkedTokenSource(Spark.Token);
        var asking = source.RowsAsync(new SparkTables().Endless, Day, wish.Token);
        await log.UntilAsync("is created");

        await wish.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await log.UntilAsync("Asked to cancel jobs with tag");
        await log.UntilAsync("is removed");
        Assert.Equal(1, (await source.RowsAsync("select 1", Day, Spark.Token)).Rows);
    }

    [Fact]
    public async Task AStatementThatTakesTooLongIsStoppedAndSaysWhichKeyGivesItMoreTime()
    {
        var user = $"late-{Guid.NewGuid():n}";
        var log = new SparkLog(user);
        await using var source = Spark.Source(Spark.Plan with { User = user, ReadTimeout = TimeSpan.FromSeconds(2) });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync(new SparkTables().Endless, Day, Spark.Token));

        Assert.False(fault.IsTransient, fault.Message);
        Assert.Contains("stopped after 2 s. Give it more time (`read_timeout`)", fault.Message, StringComparison.Ordinal);
        await log.UntilAsync("is removed");
    }

    [Fact]
    public async Task AFinishedStatementLeavesNothingOnTheServer()
    {
        var user = $"done-{Guid.NewGuid():n}";
        var log = new SparkLog(user);
        await using (var source = Spark.Source(Spark.Plan with { User = user }))
            Assert.Equal(10, (await source.RowsAsync("select id from range(10)", Day, Spark.Token)).Rows);

        await log.UntilAsync("is removed");
    }

    [Fact]
    public async Task AFailureInTheMiddleOfTheRowsIsAnErrorAndNotFewerRows()
    {
        await using var source = Spark.Source();
        const string sql = "select /*+ repartition(1) */ if(id < 900000, id, raise_error('disk gone')) from range(1000000)";

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync(sql, Day, Spark.Token));

        Assert.Contains("disk gone", fault.Message, StringComparison.Ordinal);
    }
}
