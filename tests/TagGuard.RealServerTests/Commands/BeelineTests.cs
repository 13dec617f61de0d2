using TagGuard.Adapters.Command;
using TagGuard.Adapters.Hive;
using TagGuard.RealServerTests.Hive;
using TagGuard.RealServerTests.SparkConnect;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Commands;

/// <summary>Beeline before the real servers, which starts for some seconds: so each question asks for much.</summary>
public sealed class BeelineTests(Engines engines)
{
    static readonly DateOnly Date = new(2026, 1, 2);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static CommandConnectionPlan Plan(string engine, string database = "default") => BeelineTables.Beeline(
        engine == "spark" ? CommandDialect.Spark : CommandDialect.Hive, engine == "spark" ? 10000 : 10010, database);

    static async Task<T> AskAsync<T>(CommandConnectionPlan plan, Func<IRowsSource, Task<T>> ask)
    {
        await using var source = plan.Open("source", "/", TimeProvider.System);
        return await ask((IRowsSource)source);
    }

    static Task<RowsAnswer> RowsAsync(CommandConnectionPlan plan, string sql) => AskAsync(plan, source => source.RowsAsync(sql, Date, Token));

    [Theory]
    [InlineData("spark")]
    [InlineData("hive")]
    public async Task OddTextsComeToTheServerAndBackAsTheyAre(string engine)
    {
        await engines.UpAsync("hdfs", engine);

        var answer = await RowsAsync(Plan(engine), $"select '{OddText.Literal}' as a, cast(@date as string) as b -- ';\n where 1 = 1");

        Assert.Equal((1, OddText.Text), (answer.Rows, answer.First));
    }

    [Fact]
    public async Task AQuestionIsAnsweredWithItsRowsAndATimeOrSaysWhy()
    {
        await engines.UpAsync("hdfs", "spark");
        var plan = Plan("spark");

        Assert.Equal("Spark, asked by " + Engines.Script, await AskAsync(plan, source => source.ProbeAsync(Token)));
        Assert.Equal(new DateTime(2026, 1, 2, 9, 0, 0, 500), (await RowsAsync(plan, "select cast('2026-01-02 09:00:00.5' as timestamp), 1")).First);
        var none = await RowsAsync(plan, "select id from range(10) where id > 99");
        Assert.Equal((0L, null), (none.Rows, none.First));
        Assert.Equal(1_000_000L, (await RowsAsync(plan, "with r as (select id, map('a', id) m from range(1000000)) select m, id from r")).Rows);
    }

    [Theory]
    [InlineData("spark", "select * from nothing_there", true, "nothing_there")]
    [InlineData("hive", "select * from nothing_there", true, "nothing_there")]
    [InlineData("spark", "select no_such_column from range(1)", false, "no_such_column")]
    [InlineData("hive", "select no_such_column from (select 1 as a) t", false, "no_such_column")]
    public async Task WhatTheServerRefusesIsToldInOneLine(string engine, string sql, bool isAbsent, string named)
    {
        await engines.UpAsync("hdfs", engine);

        var fault = await Assert.ThrowsAsync<SourceException>(() => RowsAsync(Plan(engine), sql));

        Assert.Equal((isAbsent, false), (fault.IsAbsent, fault.IsTransient));
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("org.apache", fault.Message, StringComparison.Ordinal);
        Assert.Equal(sql, fault.Asked);
    }

    /// <summary>Counted only, it would not fail: no engine works out a column that nobody wants.</summary>
    [Fact]
    public async Task AQueryThatFailsIsAFaultAndARowWithAMapIsCountedAllTheSame()
    {
        await engines.UpAsync("hdfs", "hive");
        await engines.UpAsync("hdfs", "spark");

        var fault = await Assert.ThrowsAsync<SourceException>(() => RowsAsync(Plan("spark"), "select raise_error('the disk is gone') as x"));

        Assert.Contains("the disk is gone", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await RowsAsync(Plan("hive"), "select map('a', 1) as m, 2 as n")).Rows);
    }

    [Theory]
    [InlineData("map")]
    [InlineData("list")]
    public async Task HiveCountsTheSameThroughBeelineAsThroughItsProtocol(string shape)
    {
        await engines.UpAsync("hdfs", "hive");
        var table = $"tagguard_command_{shape}_{Environment.ProcessId}";
        var hive = new HiveConnectionPlan
        {
            Host = "127.0.0.1",
            Port = 10010,
            User = "root",
            Settings = new Dictionary<string, string> { ["mapreduce.task.io.sort.mb"] = "10" },
        };
        var (value, none) = shape == "map"
            ? ("map('os:a', '1', '标签', 'x')", "cast(null as map<string,string>)")
            : ("array('os:a', 'it\\'s', 'os:a')", "cast(null as array<string>)");
        await HiveStatements.RunAsync(
            hive,
            $"create view {table} as select stack(3, 'u1', {value}, 'u2', {value}, cast(null as string), {value}) as (userid, tags)");
        try
        {
            var query = new VolumeQuery(new TablePart(table, null, null, null), "userid", "tags", new ActiveQuery(
                new TablePart(table, null, null, "userid <> 'u1'"), "userid"));
            await using var there = (IVolumeSource)hive.Open("source", "/", TimeProvider.System);
            var plan = Plan("hive");
            await using var here = (IVolumeSource)(plan with
            {
                Command = [.. plan.Command.SkipLast(2), "--hiveconf", "mapreduce.task.io.sort.mb=10", "-e", "{sql}"],
            }).Open("source", "/", TimeProvider.System);

            var (counted, same) = (await here.CountVolumesAsync(query, null, Token), await there.CountVolumesAsync(query, null, Token));

            Assert.Equal(same.Keys, counted.Keys);
            Assert.Equal(same.Families, counted.Families);
            Assert.Equal(
                (same.Rows, same.Users, same.TaggedUsers, same.DuplicateUsers, same.ActiveUsers, same.RowsWithoutUser, same.Asked),
                (counted.Rows, counted.Users, counted.TaggedUsers, counted.DuplicateUsers, counted.ActiveUsers, counted.RowsWithoutUser,
                    counted.Asked));
            Assert.Equal((3, 2, 1L), (counted.Rows, counted.Users, counted.ActiveUsers));
        }
        finally
        {
            await HiveStatements.RunAsync(hive, $"drop view {table}");
        }
    }

    [Fact]
    public async Task AStatementInAFileIsAnsweredToo()
    {
        await engines.UpAsync("hdfs", "spark");
        var plan = Plan("spark");

        var answer = await RowsAsync(plan with { Command = [.. plan.Command.SkipLast(2), "-f", "{file}"] }, "select 'it\\'s;'");

        Assert.Equal((1, "it's;"), (answer.Rows, answer.First));
    }

    [Fact]
    public async Task AStatementThatIsGivenUpIsGoneFromTheServer()
    {
        await engines.UpAsync("hdfs", "spark");
        var mark = $"stop_{Guid.NewGuid():n}";
        var log = new SparkLog(mark);
        using var wish = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = AskAsync(
            Plan("spark"),
            source => source.RowsAsync($"{new SparkThriftTables().Endless} and '{mark}' <> ''", Date, wish.Token));
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
        await statement.UntilAsync("Close statement");
    }
}
