using TagGuard.Adapters;
using TagGuard.Adapters.DuckDb;
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
        _warehouse.Partition("dw.orders", "20260102", "select * from range(5)").Partition("dw.orders", "20260102", "select * from range(3)", "part-1.parquet");
        _warehouse.Partition("dw.orders", "20260102", "select * from range(100)", "_tmp.parquet").Partition("dw.orders", "20260101", "select * from range(7)");
        await using var source = _warehouse.Open<ICountSource>();

        Assert.Equal(8, (await source.CountAsync(new TablePart("dw.orders", "data_date", "20260102", null), Token)).Rows);
        Assert.Equal(2, (await source.CountAsync(new TablePart("dw.orders", "data_date", "20260102", "range = 1"), Token)).Rows);
    }

    [Fact]
    public async Task ATableThatIsNotThereIsAbsentAndTheMessageNamesItsFolder()
    {
        await using var source = _warehouse.Open<ICountSource>();

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.CountAsync(new TablePart("dw.nothing", "data_date", "20260102", null), Token));

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
            "create table users (day date, userid integer)", "insert into users select date '2026-01-02', i from range(6) t(i)", "insert into users values (date '2026-01-01', 1)");
        await using var source = _warehouse.Open<ICountSource>("service.duckdb");

        Assert.Equal(6, (await source.CountAsync(new TablePart("users", "day", "2026-01-02", null), Token)).Rows);
    }

    [Fact]
    public async Task AQueryHasTheDateBoundAndTellsRowsAndTheFirstValue()
    {
        _warehouse.Partition("dw.login", "20260102", "select timestamp '2026-01-02 23:10:00' as login_time union all select timestamp '2026-01-02 08:00:00' order by 1 desc");
        await using var source = _warehouse.Open<IRowsSource>();

        var newest = await source.RowsAsync("select max(login_time) from dw.login where data_date = strftime(@date, '%Y%m%d')", Day, Token);
        var days = await source.RowsAsync("select @date - @yesterday, '@date it''s' -- @date\nfrom range(3)", Day, Token);

        Assert.Equal(new DateTime(2026, 1, 2, 23, 10, 0), newest.First);
        Assert.Equal((3, 1L), (days.Rows, days.First));
        Assert.Contains("date = 2026-01-02", days.Asked, StringComparison.Ordinal);
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

        Assert.Contains("read-only", fault.Message, StringComparison.Ordinal);
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
    public void ParametersAreFoundInCodeAndNowhereElse(string sql, string expected) => Assert.Equal(expected, UserSql.WithParameters(sql, "$"));

    [Fact]
    public void ALibrarysErrorCarriesTheSql()
    {
        using var database = new DuckDbDatabase(null, new Dictionary<string, string>());

        var fault = Assert.Throws<DuckDbException>(() => database.Execute("select * from nowhere", Token));

        Assert.Equal("select * from nowhere", fault.Sql);
    }
}
