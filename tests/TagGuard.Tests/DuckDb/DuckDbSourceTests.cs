using TagGuard.Adapters.DuckDb;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

public sealed class DuckDbSourceTests : IDisposable
{
    static readonly DateOnly Day = new(2026, 1, 2);
    readonly TestWarehouse _warehouse = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _warehouse.Dispose();

    [Fact]
    public async Task RowsOfAPartitionAreCountedAndHiddenFilesAreNot()
    {
        _warehouse
            .Partition("dw.orders", "20260102", "select * from range(5)")
            .Partition("dw.orders", "20260102", "select * from range(3)", "part-1.parquet");
        _warehouse
            .Partition("dw.orders", "20260102", "select * from range(100)", "_tmp.parquet")
            .Partition("dw.orders", "20260101", "select * from range(7)");
        await using var source = _warehouse.Open<ICountSource>();

        Assert.Equal(8, (await source.CountAsync(new TablePart("dw.orders", "data_date", "20260102", null), Token)).Rows);
        Assert.Equal(2, (await source.CountAsync(new TablePart("dw.orders", "data_date", "20260102", "range = 1"), Token)).Rows);
    }

    [Fact]
    public async Task NoExtensionIsFetchedOrLoadedByItself()
    {
        await using var source = _warehouse.Open<IRowsSource>();

        var settings = await source.RowsAsync(
            "select * from duckdb_settings() where name in ('autoinstall_known_extensions', 'autoload_known_extensions') and value = 'false'",
            Day,
            Token);

        Assert.Equal(2, settings.Rows);
    }

    [Fact]
    public async Task ATableThatIsNotThereIsAbsentAndTheMessageNamesItsFolder()
    {
        await using var source = _warehouse.Open<ICountSource>();

        var fault = await Assert.ThrowsAsync<SourceException>(() =>
            source.CountAsync(new TablePart("dw.nothing", "data_date", "20260102", null), Token));

        Assert.True(fault.IsAbsent);
        Assert.Contains("dw.db/nothing", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACsvFileIsATableAndItsHeaderIsNoRow()
    {
        _warehouse.Copy("select i, 'a,\"b' as text from range(4) t(i)", Path.Combine(_warehouse.Folder, "export_20260102.csv"));
        await using var source = _warehouse.Open<ICountSource>();

        Assert.Equal(4, (await source.CountAsync(new TablePart("export_20260102.csv", null, null, null), Token)).Rows);
    }

    [Fact]
    public async Task ATableOfADatabaseFileIsCountedByItsPartitionColumn()
    {
        TestWarehouse.Run(
            Path.Combine(_warehouse.Folder, "service.duckdb"),
            "create table users (day date, userid integer)",
            "insert into users select date '2026-01-02', i from range(6) t(i)",
            "insert into users values (date '2026-01-01', 1)");
        await using var source = _warehouse.Open<ICountSource>("service.duckdb");

        Assert.Equal(6, (await source.CountAsync(new TablePart("users", "day", "2026-01-02", null), Token)).Rows);
    }

    [Fact]
    public async Task AQueryHasTheDateBoundAndTellsRowsAndTheFirstValue()
    {
        _warehouse.Partition(
            "dw.login",
            "20260102",
            "select timestamp '2026-01-02 23:10:00' as login_time union all select timestamp '2026-01-02 08:00:00' order by 1 desc");
        await using var source = _warehouse.Open<IRowsSource>();

        var newest = await source.RowsAsync("select max(login_time) from dw.login where data_date = strftime(@date, '%Y%m%d')", Day, Token);
        var days = await source.RowsAsync("select @date - @yesterday, '@date it''s' -- @date\nfrom range(3)", Day, Token);

        Assert.Equal(new DateTime(2026, 1, 2, 23, 10, 0), newest.First);
        Assert.Equal((3, 1L), (days.Rows, days.First));
        Assert.Contains("date = 2026-01-02", days.Asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'infinity'::timestamp", true)]
    [InlineData("'-infinity'::timestamp", false)]
    [InlineData("'infinity'::timestamptz", true)]
    [InlineData("'-infinity'::timestamptz", false)]
    [InlineData("'infinity'::date", true)]
    [InlineData("'-infinity'::date", false)]
    [InlineData("'infinity'::timestamp_s", true)]
    [InlineData("'-infinity'::timestamp_ms", false)]
    [InlineData("'infinity'::timestamp_ns", true)]
    [InlineData("'290000-01-01'::timestamp", true)]
    [InlineData("'4000-01-01 (BC)'::date", false)]
    public async Task ATimeBeyondTheCalendarIsItsEnd(string time, bool isLast)
    {
        await using var source = _warehouse.Open<IRowsSource>();

        Assert.Equal(isLast ? DateTime.MaxValue : DateTime.MinValue, (await source.RowsAsync($"select {time}", Day, Token)).First);
    }

    [Fact]
    public async Task AQueryThatNeedsMoreMemoryNamesThePlansKey()
    {
        await using var source = (IRowsSource)
            new DuckDbConnectionPlan
            {
                Path = _warehouse.Folder,
                MemoryLimit = "30MB",
                Threads = 2,
            }.Open("warehouse", _warehouse.Folder, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<SourceException>(() =>
            source.RowsAsync("select length(list(i::varchar)::varchar) from range(10000000) t(i)", Day, Token));

        Assert.Contains("needs more than the memory_limit of 30MB", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Raise `memory_limit` of the connection warehouse in the plan, or lower its `threads` (2)",
            fault.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("SET ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderToSpillToThatIsNotThereNamesThePlansKey()
    {
        await using var source = (IRowsSource)
            new DuckDbConnectionPlan { Path = _warehouse.Folder, TempFolder = "none" }.Open("warehouse", _warehouse.Folder, TimeProvider.System);

        Assert.Contains(
            $"There is no folder {_warehouse.Folder}/none to spill to. Correct `temp_folder`",
            (await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync("select 1", Day, Token))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsAreFoundByTheirValuesInAFileAndInAFolder()
    {
        TestWarehouse.Run(
            Path.Combine(_warehouse.Folder, "service.duckdb"),
            "create table t_sys_log (task_name varchar, task_stat integer, task_sign timestamp)",
            "insert into t_sys_log values ('job', 2, timestamp '2026-01-02 04:00:00'), ('job', 2, timestamp '2026-01-03 00:00:00'), ('job''s', 1, "
                + "timestamp '2026-01-02 05:00:00')");
        _warehouse.Partition("dw.log", "20260102", "select 'load' as step, 3 as n union all select 'sync', 4");
        await using var file = _warehouse.Open<IRowsSource>("service.duckdb");
        await using var folder = _warehouse.Open<IRowsSource>();
        var job = new RowMatch("t_sys_log",
        [
            new("task_sign", Comparison.AtLeast, "2026-01-02"), new("task_sign", Comparison.Below, "2026-01-03"),
            new("task_name", Comparison.Equal, "job"), new("task_stat", Comparison.Equal, "2"),
        ]);

        var found = await file.MatchAsync(job, Token);

        Assert.Equal((1, file.Question(job)), (found.Rows, found.Asked));
        Assert.Equal(1, (await file.MatchAsync(new RowMatch("t_sys_log", [new("task_name", Comparison.Equal, "job's")]), Token)).Rows);
        Assert.Equal(
            1,
            (
                await folder.MatchAsync(
                    new RowMatch("dw.log", [new("data_date", Comparison.Equal, "20260102"), new("step", Comparison.Equal, "load")]),
                    Token)
            ).Rows);
        Assert.True(
            (
                await Assert.ThrowsAsync<SourceException>(() => file.MatchAsync(new RowMatch("none", [new("a", Comparison.Equal, "1")]), Token))
            ).IsAbsent);
    }

    [Fact]
    public async Task WhatADryRunPrintsIsWhatIsAskedWithAPatternForTheFiles()
    {
        _warehouse.Partition("dw.orders", "20260102", "select * from range(5)");
        await using var source = _warehouse.Open<ICountSource>();
        var part = new TablePart("dw.orders", "data_date", "20260102", "range = 1");

        var asked = (await source.CountAsync(part, Token)).Asked;

        Assert.Equal(source.Question(part), asked.Replace("part-0.parquet", "**", StringComparison.Ordinal));
        Assert.Equal("select $date  -- $date = 2026-01-02", ((IRowsSource)source).Question("select @date", Day));
    }

    [Fact]
    public async Task AFileThatAnotherProcessWritesMayAnswerLaterAndAWrongQueryWillNot()
    {
        TestWarehouse.Run(Path.Combine(_warehouse.Folder, "service.duckdb"), "create table users (i integer)");
        await using var source = _warehouse.Open<IRowsSource>("service.duckdb");

        var wrong = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync("select nothing", Day, Token));

        Assert.False(wrong.IsTransient);
        Assert.True(new DuckDbException("IO Error: Could not set lock on file \"x\": Conflicting lock is held", "").IsTransient);
        Assert.False(new DuckDbException("IO Error: The file \"x\" exists, but it is not a valid DuckDB database file!", "").IsTransient);
    }

    [Fact]
    public async Task AWrongQueryIsAnErrorThatHoldsTheSql()
    {
        await using var source = _warehouse.Open<IRowsSource>();

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync("selec 1", Day, Token));

        Assert.Equal("selec 1", fault.Asked);
        Assert.Contains("syntax error", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseFileIsNotWrittenTo()
    {
        TestWarehouse.Run(Path.Combine(_warehouse.Folder, "service.duckdb"), "create table users (i integer)");
        await using var source = _warehouse.Open<IRowsSource>("service.duckdb");

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync("drop table users", Day, Token));

        Assert.Contains("one SELECT", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFailureInTheMiddleOfTheRowsIsAnErrorAndNotFewerRows()
    {
        await using var source = _warehouse.Open<IRowsSource>();

        await Assert.ThrowsAsync<SourceException>(() =>
            source.RowsAsync("select case when i < 90000 then i else error('disk gone')::bigint end from range(100000) t(i)", Day, Token));
    }

    [Theory]
    [InlineData("select @date", "select $date")]
    [InlineData("select '@date', \"@date\", `@date`", "select '@date', \"@date\", `@date`")]
    [InlineData("select @dates, @date_x, @date", "select @dates, @date_x, $date")]
    [InlineData("-- @date\n@yesterday", "-- @date\n$yesterday")]
    [InlineData("/* @date */ @date", "/* @date */ $date")]
    [InlineData("'it''s @date' @date", "'it''s @date' $date")]
    [InlineData("'open @date", "'open @date")]
    [InlineData("@", "@")]
    public void ParametersAreFoundInCodeAndNowhereElse(string sql, string expected) => Assert.Equal(expected, UserSql.WithParameters(sql, '$'));

    [Theory]
    [InlineData(@"'it\'s @date' @date", @"'it\'s @date' $date")]
    [InlineData(@"'\\' @date", @"'\\' $date")]
    [InlineData(@"`\` @date", @"`\` $date")]
    public void ABackslashEscapesInQuotesWhereTheSystemSaysSo(string sql, string expected) =>
        Assert.Equal(expected, UserSql.WithParameters(sql, '$', hasEscapes: true));

    [Fact]
    public void ALibrarysErrorCarriesTheSql()
    {
        using var database = new DuckDbDatabase(null, new Dictionary<string, string>());

        var fault = Assert.Throws<DuckDbException>(() => database.Execute("select * from nowhere", Token));

        Assert.Equal("select * from nowhere", fault.Sql);
    }
}
