using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters.Hive;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Hive;

/// <summary>What the servers do beside answering questions.</summary>
public sealed class HiveServerTests(Engines engines)
{
    static readonly DateOnly Date = new(2026, 1, 2);

    static readonly HiveConnectionPlan Spark = new() { Host = "127.0.0.1", User = "root" };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static async Task<T> AskAsync<T>(HiveConnectionPlan plan, Func<IRowsSource, Task<T>> ask)
    {
        await using var source = plan.Open("warehouse", "/", TimeProvider.System);
        return await ask(Assert.IsType<IRowsSource>(source, exactMatch: false));
    }

    static Task<SourceException> FaultAsync(HiveConnectionPlan plan, string sql) => AskAsync(
        plan,
        source => Assert.ThrowsAsync<SourceException>(() => source.RowsAsync(sql, Date, Token)));

    [Theory]
    [InlineData("spark", 10000, "Spark SQL 3.5")]
    [InlineData("hive", 10010, "Apache Hive 4.0.1")]
    public async Task AServerNamesItselfAndItsVersion(string engine, int port, string name)
    {
        await engines.UpAsync("hdfs", engine);

        Assert.StartsWith(name, await AskAsync(Spark with { Port = port }, source => source.ProbeAsync(Token)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("cast(7 as tinyint)", 7L)]
    [InlineData("cast(-7 as smallint)", -7L)]
    [InlineData("cast(7 as int)", 7L)]
    [InlineData("9223372036854775807", 9223372036854775807L)]
    [InlineData("cast(0.5 as double)", 0.5)]
    [InlineData("cast(0.5 as float)", 0.5)]
    [InlineData("cast('12345678901234567890.5' as decimal(30, 2))", "12345678901234567890.50")]
    [InlineData("'标签😀'", "标签😀")]
    [InlineData("cast(null as bigint)", null)]
    [InlineData("map('a', 1)", "{\"a\":1}")]
    [InlineData("array(1, null)", "[1,null]")]
    public async Task EachTypeComesAsItsValue(string sql, object? value)
    {
        await engines.UpAsync("hdfs", "spark");

        Assert.Equal(value, (await AskAsync(Spark, source => source.RowsAsync("select " + sql, Date, Token))).First);
    }

    [Fact]
    public async Task AMillionRowsAreCounted()
    {
        await engines.UpAsync("hdfs", "spark");
        const string sql = "select case when id % 9 = 0 then null else id end from range(1000000)";

        var answer = await AskAsync(Spark, source => source.RowsAsync(sql, Date, Token));

        Assert.Equal((1_000_000L, null), (answer.Rows, answer.First));
    }

    [Theory]
    [InlineData("select * from nothing_there", true)]
    [InlineData("select no_such_column from range(1)", false)]
    [InlineData("select assert_true(false)", false)]
    public async Task WhatTheServerRefusesIsToldInOneLine(string sql, bool isAbsent)
    {
        await engines.UpAsync("hdfs", "spark");

        var fault = await FaultAsync(Spark, sql);

        Assert.Equal((isAbsent, false), (fault.IsAbsent, fault.IsTransient));
        Assert.DoesNotContain("\n", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("org.apache", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStatementThatRunsTooLongIsStoppedWithTheCure()
    {
        await engines.UpAsync("hdfs", "spark");
        const string endless = "select count(*) from range(1000000) a cross join range(1000000) b where a.id <> b.id";

        var fault = await FaultAsync(Spark with { ReadTimeout = TimeSpan.FromSeconds(2) }, endless);

        Assert.Contains("read_timeout", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheNextServerOfAListIsAskedWhenOneDoesNotAnswer()
    {
        await engines.UpAsync("hdfs", "spark");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var dead = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var plan = new HiveConnectionPlan { Hosts = [$"127.0.0.1:{dead}", "127.0.0.1:10000"], User = "root" };

        Assert.Equal(1L, (await AskAsync(plan, source => source.RowsAsync("select 1L", Date, Token))).First);
    }

    [Fact]
    public async Task ASettingOfTheConnectionIsThatOfItsSessions()
    {
        await engines.UpAsync("hdfs", "spark");
        var plan = Spark with { Settings = new Dictionary<string, string> { ["spark.sql.session.timeZone"] = "Asia/Shanghai" } };

        Assert.Equal("Asia/Shanghai", (await AskAsync(plan, source => source.RowsAsync("select current_timezone()", Date, Token))).First);
    }

    [Fact]
    public async Task AServerThatIsSilentIsWaitedForNoLongerThanThePlanSays()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        var fault = await FaultAsync(Spark with { Port = port, ConnectTimeout = TimeSpan.FromSeconds(1) }, "select 1");

        Assert.True(fault.IsTransient);
        Assert.Contains("no answer within 1 s", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatSpeaksAnotherProtocolIsToldSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var told = new TaskCompletionSource();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(Token);
            // Closed with something unread it would be a reset.
            await client.GetStream().ReadAtLeastAsync(new byte[14], 14, cancellationToken: Token);
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Token);
            await told.Task;
        }, Token);

        var fault = await FaultAsync(Spark with { Port = port }, "select 1");

        Assert.False(fault.IsTransient);
        Assert.Contains("not one of SASL", fault.Message, StringComparison.Ordinal);
        told.SetResult();
        await answering;
    }
}
