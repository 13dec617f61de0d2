using System.Data.Common;
using FsCheck;
using FsCheck.Fluent;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.MySql;

/// <summary>MySQL as a source: counts, queries, and what is told when it does not answer.</summary>
public sealed class MySqlSourceTests(MariaDb mariaDb)
{
    static readonly DateOnly Day = new(2026, 2, 3);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RowsOfAPartitionAreCountedAndOneWithoutRowsIsAbsent()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"create table {database.Name}.`order fact` (`data-date` date, n int)");
        await database.Server.RunAsync($"insert into {database.Name}.`order fact` values ('2026-02-03', 1), ('2026-02-03', 2), ('2026-02-02', 1)");
        var source = (ICountSource)database.Source();
        var part = new TablePart("order fact", "data-date", "2026-02-03", null);

        Assert.Equal(2, (await source.CountAsync(part, Token)).Rows);
        Assert.Equal(1, (await source.CountAsync(part with { Where = "n = 1 or n = 7" }, Token)).Rows);
        Assert.Equal(0, (await source.CountAsync(part with { Where = "n = 7" }, Token)).Rows);
        Assert.Equal(3, (await source.CountAsync(new TablePart($"{database.Name}.order fact", null, null, null), Token)).Rows);
        Assert.Equal(
            "select count(*) from `order fact` where `data-date` = @value and (n = 1)  -- @value = 2026-02-03",
            (await source.CountAsync(part with { Where = "n = 1" }, Token)).Asked);
        var fault = await Assert.ThrowsAsync<SourceException>(() => source.CountAsync(part with { Value = "2026-02-04" }, Token));
        Assert.True(fault.IsAbsent);
        Assert.Contains("order fact has no rows with data-date = 2026-02-04.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATableThatIsNotThereIsAbsentAndAWrongColumnIsNot()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"create table {database.Name}.t (n int)");
        var source = (ICountSource)database.Source();

        Assert.True((await Assert.ThrowsAsync<SourceException>(() => source.CountAsync(new TablePart("nothing", null, null, null), Token))).IsAbsent);
        Assert.False((await Assert.ThrowsAsync<SourceException>(() => source.CountAsync(new TablePart("t", "day", "1", null), Token))).IsAbsent);
    }

    [Fact]
    public async Task AQueryHasTheDateBoundAndTellsRowsAndTheFirstValue()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"create table {database.Name}.t_sys_log (task_name varchar(40), task_stat int, task_sign datetime)");
        await database.Server.RunAsync(
            $"insert into {database.Name}.t_sys_log values ('job_dw_user_20260203', 2, '2026-02-03 23:20:00'), ('job_dw_user_20260202', 2, "
                + "'2026-02-02 23:20:00')");
        var source = (IRowsSource)database.Source();

        var answer = await source.RowsAsync(
            "select task_sign from t_sys_log where task_name like '%job_dw_user%' and task_stat = 2 and date(task_sign) in (@date, @yesterday) "
                + "order by 1",
            Day,
            Token);

        Assert.Equal((2, new DateTime(2026, 2, 2, 23, 20, 0)), (answer.Rows, (DateTime)answer.First!));
        Assert.EndsWith("  -- @date = 2026-02-03, @yesterday = 2026-02-02", answer.Asked, StringComparison.Ordinal);
        Assert.Equal(0, (await source.RowsAsync("select 1 from t_sys_log where date(task_sign) = '1999-01-01'", Day, Token)).Rows);
        Assert.Contains(
            "@tomorrow",
            (await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync("select @tomorrow", Day, Token))).Message,
            StringComparison.Ordinal);
        Assert.Null((await source.RowsAsync("select max(task_sign) from t_sys_log where task_stat = 9", Day, Token)).First);
    }

    [Fact]
    public async Task RowsAreFoundByTheirValues()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"create table {database.Name}.`log` (`task` varchar(40), task_stat int, task_sign datetime)");
        await database.Server.RunAsync(
            $"insert into {database.Name}.`log` values ('a''b', 2, '2026-02-03 23:20:00'), ('a''b', 1, '2026-02-03 23:00:00'), ('c', 2, '2026-02-04 "
                + "00:00:00')");
        var source = (IRowsSource)database.Source();
        var match = new RowMatch(
            "log",
            [
                new("task", Comparison.Equal, "a'b"),
                new("task_stat", Comparison.Equal, "2"),
                new("task_sign", Comparison.AtLeast, "2026-02-03"),
                new("task_sign", Comparison.Below, "2026-02-04"),
            ]);

        Assert.Equal(1, (await source.MatchAsync(match, Token)).Rows);
        Assert.Equal(
            "select count(*) from `log` where `task` = @p0 and `task_stat` = @p1 and `task_sign` >= @p2 and `task_sign` < @p3  -- @p0 = a'b, @p1 = "
                + "2, @p2 = 2026-02-03, @p3 = 2026-02-04",
            source.Question(match));
        Assert.True((await Assert.ThrowsAsync<SourceException>(() => source.MatchAsync(match with { Table = "nothing" }, Token))).IsAbsent);
    }

    [Fact]
    public async Task AnyTextOfALogIsFoundAsItIs()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t_step_log (step varchar(20), remark longtext collate utf8mb4_bin)");
        var source = (IRowsSource)database.Source();

        Prop.ForAll(OddTexts.Any, text =>
        {
            FoundOnceAsync(connection, source, text).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    static async Task FoundOnceAsync(DbConnection connection, IRowsSource source, string text)
    {
        await connection.RunAsync("truncate table t_step_log");
        await connection.RunAsync("insert into t_step_log values ('load', @text), ('load', @other)", ("text", text), ("other", text + "'"));

        Assert.Equal(
            1,
            (
                await source.MatchAsync(
                    new RowMatch("t_step_log", [new("step", Comparison.Equal, "load"), new("remark", Comparison.Equal, text)]),
                    Token)
            ).Rows);
    }

    [Fact]
    public async Task TheNewestEventOfATimestampIsAnInstantAndOfADatetimeAClockTime()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"create table {database.Name}.t (updated_at timestamp, written datetime)");
        await database.Server.RunAsync($"insert into {database.Name}.t values (from_unixtime(1770076800), '2026-02-03 08:00:00')");
        var source = (IRowsSource)database.Source();

        var (instant, clock) = (
            (DateTime)(await source.RowsAsync("select max(updated_at) from t", Day, Token)).First!,
            (DateTime)(await source.RowsAsync("select max(written) from t", Day, Token)).First!);

        Assert.Equal((new DateTime(2026, 2, 3), DateTimeKind.Utc), (instant, instant.Kind));
        Assert.Equal((new DateTime(2026, 2, 3, 8, 0, 0), DateTimeKind.Unspecified), (clock, clock.Kind));
    }

    [Fact]
    public async Task WhateverTheSqlSaysNothingIsWritten()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"create table {database.Name}.t (n int)");
        await database.Server.RunAsync($"insert into {database.Name}.t values (1)");
        var source = (IRowsSource)database.Source();

        await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync("delete from t", Day, Token));

        Assert.Equal(1, (await source.RowsAsync("select n from t", Day, Token)).Rows);
    }

    [Fact]
    public async Task AQueryThatIsGivenUpIsStoppedOnTheServer()
    {
        await using var database = await mariaDb.DatabaseAsync();
        var source = (IRowsSource)database.Source();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            source.RowsAsync("select sleep(600), 'tagguard-given-up'", Day, patience.Token));

        Assert.Equal(
            0,
            (
                await source.RowsAsync("select 1 from information_schema.processlist where info like 'select sleep%tagguard-given-up%'", Day, Token)
            ).Rows);
    }

    [Fact]
    public async Task AServerThatIsDownIsATransientFaultThatNamesIt()
    {
        await using var server = await mariaDb.StartAsync();
        await using var database = await server.DatabaseAsync();
        var source = database.Source();
        Assert.StartsWith("MySQL ", await source.ProbeAsync(Token), StringComparison.Ordinal);
        await server.KillAsync();

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Token));

        Assert.True(fault.IsTransient);
        Assert.False(fault.IsAbsent);
        Assert.StartsWith($"service (127.0.0.1:{server.Port}): ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(MariaDbServer.Password, fault.ToString(), StringComparison.Ordinal);
    }
}

/// <summary>A test's database as a plan's connection opens it.</summary>
static class MySqlSources
{
    public static IRowsSource Rows(this MariaDbDatabase database) => (IRowsSource)database.Source();

    public static ISource Source(this MariaDbDatabase database) => database.Plan().Open("service", "/", TimeProvider.System);
}
