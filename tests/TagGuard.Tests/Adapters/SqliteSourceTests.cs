using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sqlite;
using TagGuard.Sources;

namespace TagGuard.Tests.Adapters;

public sealed class SqliteSourceTests : IDisposable
{
    static readonly DateOnly Date = new(2011, 11, 15);

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-").FullName;
    readonly SqlSource<SqliteSession> _source;

    public SqliteSourceTests()
    {
        var path = Path.Combine(_folder, "zydb.db");
        using var database = SqliteDatabase.Open(path, Access.Create, TimeSpan.Zero);
        database.Execute(
            """
            create table t_sys_log (task_name text, task_stat integer, task_sign text, "odd ""name" integer);
            insert into t_sys_log values ('dw_user', 2, '2011-11-15', 20111115), ('dw_order', 1, '2011-11-15', 20111115),
              ('dw_user', 2, '2011-11-14', 20111114);
            create table empty (day text);
            """);
        _source = (SqlSource<SqliteSession>)new SqliteConnectionPlan { Path = "zydb.db" }.Open("zydb", _folder, TimeProvider.System);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    SqlSource<SqliteSession> At(string file) => new("zydb", new SqliteWire(Path.Combine(_folder, file), TimeSpan.Zero));

    Task<RowsAnswer> RowsAsync(string sql) => _source.RowsAsync(sql, Date, Token);

    Task<Counted> CountAsync(string table, string? partition = null, string? value = null, string? where = null) =>
        _source.CountAsync(new TablePart(table, partition, value, where), Token);

    [Fact]
    public async Task ThePlanSaysWhatTheSourceCanBeAsked() =>
        Assert.All(new SqliteConnectionPlan { Path = "zydb.db" }.Capabilities, capability => Assert.IsAssignableFrom(capability, _source));

    [Fact]
    public async Task TheDateAndTheDayBeforeAreBound()
    {
        var today = await RowsAsync("select task_stat from t_sys_log where task_name like '%user%' and task_sign = @date");
        var both = await RowsAsync("select task_stat from t_sys_log where task_sign in (@date, @yesterday);\n");

        Assert.Equal((1, 2L), (today.Rows, today.First));
        Assert.Equal(3, both.Rows);
        Assert.EndsWith("  -- @date = 2011-11-15", today.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoRowIsNoValue() =>
        Assert.Equal((0, null), await RowsAsync("select 1 where false") is var answer ? (answer.Rows, answer.First) : default);

    [Fact]
    public async Task ATextThatIsATimeComesAsATime()
    {
        Assert.Equal(new DateTime(2011, 11, 15), (await RowsAsync("select max(task_sign) from t_sys_log")).First);
        Assert.Equal(new DateTime(2011, 11, 15, 23, 59, 58), (await RowsAsync("select '2011-11-15 23:59:58'")).First);
        Assert.Equal("2011-11-15T23:59:58Z", (await RowsAsync("select '2011-11-15T23:59:58Z'")).First);
        Assert.Equal(1.5, (await RowsAsync("select 1.5")).First);
        Assert.Null((await RowsAsync("select null")).First);
    }

    [Theory]
    [InlineData("delete from t_sys_log", "one SELECT")]
    [InlineData("select 1; delete from t_sys_log", "one SELECT")]
    [InlineData("", "one SELECT")]
    [InlineData("select @day", "parameter @day")]
    [InlineData("select * from nowhere", "no such table: nowhere")]
    public async Task WhatIsNoQueryIsRefused(string sql, string why)
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => RowsAsync(sql));

        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsAbsent);
        Assert.Equal(3, (await CountAsync("t_sys_log")).Rows);
    }

    [Fact(Timeout = 10000)]
    public async Task AQueryThatNeverEndsIsBrokenOff()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            _source.RowsAsync("with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n", Date, giveUp.Token));
    }

    [Fact]
    public async Task APartitionIsCountedByItsValueWhateverItsType()
    {
        Assert.Equal(2, (await CountAsync("t_sys_log", "odd \"name", "20111115")).Rows);
        Assert.Equal(1, (await CountAsync("main.t_sys_log", "task_sign", "2011-11-15", "task_stat = 2 or false")).Rows);
        Assert.Equal(0, (await CountAsync("t_sys_log", "task_sign", "2011-11-15", "task_stat = 9")).Rows);
        Assert.Equal(0, (await CountAsync("empty")).Rows);
    }

    [Theory]
    [InlineData("dw_user", "2", 1)]
    [InlineData("dw_user", "1", 0)]
    [InlineData("x' or '1'='1", "2", 0)]
    public async Task RowsAreFoundByTheirValuesWhichAreBound(string task, string state, long rows)
    {
        var match = new RowMatch("t_sys_log",
        [
            new("task_sign", Comparison.AtLeast, "2011-11-15"), new("task_sign", Comparison.Below, "2011-11-16"),
            new("task_name", Comparison.Equal, task), new("task_stat", Comparison.Equal, state),
        ]);

        var counted = await _source.MatchAsync(match, Token);

        Assert.Equal(rows, counted.Rows);
        Assert.Equal(_source.Question(match), counted.Asked);
        Assert.Contains("`task_name` = @p2", counted.Asked, StringComparison.Ordinal);
        Assert.Contains($"@p2 = {task}", counted.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANameThatHoldsSqlIsOnlyAName()
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() =>
            _source.MatchAsync(new RowMatch("t_sys_log", [new("1 = 1 or task_name", Comparison.Equal, "x")]), Token));

        Assert.Contains("no such column", fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _source.MatchAsync(new RowMatch("t_sys_log", [new("odd \"name", Comparison.Equal, "20111114")]), Token)).Rows);
        Assert.True(
            (
                await Assert.ThrowsAsync<SourceException>(() => _source.MatchAsync(new RowMatch("none", [new("a", Comparison.Equal, "x")]), Token))
            ).IsAbsent);
    }

    [Fact]
    public async Task WhatIsAskedIsWhatADryRunPrints()
    {
        var part = new TablePart("t_sys_log", "task_sign", "2011-11-15", "task_stat = 2");

        Assert.Equal(_source.Question(part), (await _source.CountAsync(part, Token)).Asked);
        Assert.Equal(_source.Question("select @date", Date), (await RowsAsync("select @date")).Asked);
    }

    [Fact]
    public async Task AFileThatAnotherProcessWritesIsAskedAgainAndAWrongQueryIsNot()
    {
        using var writer = SqliteDatabase.Open(Path.Combine(_folder, "zydb.db"), Access.Write, TimeSpan.Zero);
        writer.Execute("begin exclusive");

        var locked = await Assert.ThrowsAsync<SourceException>(() => At("zydb.db").ProbeAsync(Token));
        writer.Execute("rollback");

        Assert.True(locked.IsTransient);
        Assert.False((await Assert.ThrowsAsync<SourceException>(() => RowsAsync("select nothing"))).IsTransient);
    }

    [Fact]
    public async Task APartitionOrTableThatIsNotThereIsAbsentAndNotZero()
    {
        Assert.True((await Assert.ThrowsAsync<SourceException>(() => CountAsync("t_sys_log", "task_sign", "2011-11-16"))).IsAbsent);
        Assert.True((await Assert.ThrowsAsync<SourceException>(() => CountAsync("t_sys_log_20111115"))).IsAbsent);
    }

    [Fact]
    public async Task AColumnThatIsNotThereIsAMistake()
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => CountAsync("t_sys_log", "no_such_column", "2011-11-16"));

        Assert.Contains("no_such_column", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsAbsent);
    }

    [Fact]
    public async Task AFileThatIsNotThereIsSaid()
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => At("none.db").ProbeAsync(Token));

        Assert.Contains("Correct `path`", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "none.db")));
    }

    [Fact]
    public async Task ProbingTellsWhatIsThere() => Assert.Matches(@"^SQLite 3\.\d+\.\d+, 2 tables$", await _source.ProbeAsync(Token));
}
