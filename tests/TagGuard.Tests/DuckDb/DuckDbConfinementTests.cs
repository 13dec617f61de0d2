using TagGuard.Adapters.DuckDb;
using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

/// <summary>SQL of a plan asks, and nothing else: one SELECT, in the connection's folder.</summary>
public sealed class DuckDbConfinementTests : IDisposable
{
    static readonly DateOnly Day = new(2026, 1, 2);
    readonly TestWarehouse _warehouse = new();
    readonly TestWarehouse _elsewhere = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _warehouse.Dispose();
        _elsewhere.Dispose();
    }

    [Theory]
    [InlineData("copy (select 1) to '{folder}/copied.csv'")]
    [InlineData("attach '{folder}/other.duckdb' as other")]
    [InlineData("create table t as select 1")]
    [InlineData("create or replace view v as select 1")]
    [InlineData("drop table users")]
    [InlineData("insert into users values (1) returning i")]
    [InlineData("install httpfs")]
    [InlineData("load httpfs")]
    [InlineData("set threads = 1")]
    [InlineData("pragma threads = 1")]
    [InlineData("pragma show_tables")]
    [InlineData("pragma enable_external_access = true")]
    [InlineData("call pragma_version()")]
    [InlineData("export database '{folder}/exported'")]
    [InlineData("import database '{folder}/exported'")]
    [InlineData("explain analyze select 1")]
    [InlineData("begin")]
    [InlineData("prepare p as select 1")]
    [InlineData("select 1; select 2")]
    [InlineData("select 1; copy (select 1) to '{folder}/copied.csv'")]
    [InlineData("select 1; set threads = 1")]
    [InlineData("select 1\0; select 2")]
    [InlineData("")]
    [InlineData("-- nothing")]
    public async Task AnythingButOneSelectIsRefusedAndChangesNothing(string sql)
    {
        TestWarehouse.Run(Path.Combine(_warehouse.Folder, "service.duckdb"), "create table users (i integer)");
        sql = sql.Replace("{folder}", _warehouse.Folder, StringComparison.Ordinal);
        foreach (var path in new[] { "", "service.duckdb" })
        {
            await using var source = _warehouse.Open<IRowsSource>(path);

            await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync(sql, Day, Token));
        }
        Assert.Equal(["service.duckdb"], Directory.GetFileSystemEntries(_warehouse.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("select 1")]
    [InlineData("select 1;")]
    [InlineData(" ; select 1 ; ; -- done")]
    [InlineData("with a as (select 1 as i) select * from a where i in (select 1)")]
    [InlineData("from range(1)")]
    [InlineData("select * from (values (1)) union all select 1 limit 1")]
    public async Task OneSelectIsTakenHoweverItIsWritten(string sql)
    {
        await using var source = _warehouse.Open<IRowsSource>();

        Assert.Equal(1, (await source.RowsAsync(sql, Day, Token)).Rows);
    }

    [Theory]
    [InlineData("select * from read_csv('/etc/passwd')")]
    [InlineData("select * from read_text('/etc/passwd')")]
    [InlineData("select * from read_blob('/proc/self/environ')")]
    [InlineData("select * from glob('/etc/*')")]
    [InlineData("select * from '/etc/passwd.csv'")]
    [InlineData("select * from sniff_csv('/etc/passwd')")]
    [InlineData("select * from parquet_metadata('/etc/passwd')")]
    [InlineData("select * from read_text('file:///etc/passwd')")]
    [InlineData("select * from read_text('{folder}/../../etc/passwd')")]
    [InlineData("select * from read_text('{elsewhere}/*')")]
    [InlineData("select * from read_csv('http://127.0.0.1:1/x.csv')")]
    [InlineData("select * from read_parquet('s3://bucket/x.parquet')")]
    [InlineData("select getenv('HOME')")]
    [InlineData("select * from query('select * from read_text(''/etc/passwd'')')")]
    [InlineData("select * from enable_logging(storage := 'file', storage_path := '{elsewhere}/log')")]
    [InlineData("select * from (select * from system.main.ENABLE_PROFILING())")]
    public async Task NothingOutsideOfTheFolderIsRead(string sql)
    {
        await File.WriteAllTextAsync(Path.Combine(_elsewhere.Folder, "secret"), "secret", Token);
        sql = sql.Replace("{folder}", _warehouse.Folder, StringComparison.Ordinal)
            .Replace("{elsewhere}", _elsewhere.Folder, StringComparison.Ordinal);
        TestWarehouse.Run(Path.Combine(_warehouse.Folder, "service.duckdb"), "create table users (i integer)");
        foreach (var path in new[] { "", "service.duckdb" })
        {
            await using var source = _warehouse.Open<IRowsSource>(path);

            await Assert.ThrowsAsync<SourceException>(async () =>
            {
                await source.RowsAsync(sql, Day, Token);
                await source.RowsAsync("select 1", Day, Token);
            });
        }
        Assert.Equal(["secret"], Directory.GetFileSystemEntries(_elsewhere.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("true) union all select count(*) from read_text('/etc/passwd') where (true")]
    [InlineData("true); copy (select 1) to '{folder}/copied.csv'; select (1")]
    [InlineData("i in (select length(content) from read_text('/etc/passwd'))")]
    public async Task AConditionOfAPlanIsConfinedAsWell(string where)
    {
        _warehouse.Partition("dw.orders", "20260102", "select * from range(5) t(i)");
        await using var source = _warehouse.Open<ICountSource>();

        await Assert.ThrowsAsync<SourceException>(() => source.CountAsync(
            new TablePart("dw.orders", "data_date", "20260102", where.Replace("{folder}", _warehouse.Folder, StringComparison.Ordinal)), Token));

        Assert.Equal(["dw.db"], Directory.GetFileSystemEntries(_warehouse.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("../{elsewhere}/x.csv", null)]
    [InlineData("/etc/x.csv", null)]
    [InlineData("../{elsewhere}/dw.db/orders", null)]
    [InlineData("dw.orders", "../../../{elsewhere}/dw.db/orders/data_date=20260102")]
    public async Task ANameOfATableStaysInTheFolder(string table, string? value)
    {
        _warehouse.Partition("dw.orders", "20260102", "select 1 as i");
        _elsewhere.Partition("dw.orders", "20260102", "select 1 as i").Copy("select 1 as i", Path.Combine(_elsewhere.Folder, "x.csv"));
        var there = Path.GetFileName(_elsewhere.Folder);
        await using var source = _warehouse.Open<ICountSource>();

        var fault = await Assert.ThrowsAsync<SourceException>(() =>
            source.CountAsync(
                new TablePart(
                    table.Replace("{elsewhere}", there, StringComparison.Ordinal),
                    value is null ? null : "data_date",
                    value?.Replace("{elsewhere}", there, StringComparison.Ordinal),
                    null),
                Token));

        Assert.False(fault.IsTransient);
    }

    [Fact]
    public async Task TheMessageSaysWhatSqlMayRead()
    {
        await using var source = _warehouse.Open<IRowsSource>();

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync("select * from read_text('/etc/passwd')", Day, Token));

        Assert.Contains("only what lies in the connection's folder", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public async Task FilesOfTheFolderAreReadByOurselvesAndBySql()
    {
        _warehouse
            .Partition("dw.orders", "20260102", "select * from range(5) t(i)")
            .Copy("select * from range(3) t(i)", Path.Combine(_warehouse.Folder, "x.csv"));
        TestWarehouse.Run(Path.Combine(_warehouse.Folder, "service.duckdb"), $"create view v as select * from read_csv('{_warehouse.Folder}/x.csv')");
        await using var folder = _warehouse.Open<IRowsSource>();
        await using var file = _warehouse.Open<IRowsSource>("service.duckdb");

        Assert.Equal(5L, (await folder.RowsAsync("select count(*) from dw.orders", Day, Token)).First);
        Assert.Equal(3L, (await folder.RowsAsync($"select count(*) from '{_warehouse.Folder}/x.csv'", Day, Token)).First);
        Assert.Equal(3L, (await file.RowsAsync("select count(*) from v", Day, Token)).First);
    }

    [Fact]
    public async Task LinksAreFollowedWhereverAPartitionLies()
    {
        _elsewhere.Partition("dw.orders", "20260102", "select * from range(5) t(i)").Partition("dw.orders", "20260103", "select * from range(7) t(i)")
            .Partition("dw.users", "20260102", "select * from range(2) t(i)");
        Directory.CreateDirectory(Path.Combine(_warehouse.Folder, "dw.db", "orders"));
        foreach (var linked in new[] { "orders/data_date=20260102", "orders/data_date=20260103", "users" })
            Directory.CreateSymbolicLink(Path.Combine(_warehouse.Folder, "dw.db", linked), Path.Combine(_elsewhere.Folder, "dw.db", linked));
        var root = Directory.CreateSymbolicLink(Path.Combine(_elsewhere.Folder, "link to it"), _warehouse.Folder).FullName;
        await using var source = new DuckDbConnectionPlan { Path = Path.GetRelativePath(_elsewhere.Folder, root) }.Open(
            "warehouse",
            _elsewhere.Folder,
            TimeProvider.System);

        Assert.Equal(5, (await ((ICountSource)source).CountAsync(new TablePart("dw.orders", "data_date", "20260102", null), Token)).Rows);
        Assert.Equal(7, (await ((ICountSource)source).CountAsync(new TablePart("dw.orders", "data_date", "20260103", null), Token)).Rows);
        Assert.Equal(
            14L,
            (await ((IRowsSource)source).RowsAsync("select (select count(*) from dw.orders) + (select count(*) from dw.users)", Day, Token)).First);
    }

    [Fact]
    public async Task AQueryThatIsLargerThanItsMemoryStillSpills()
    {
        await using var source = (IRowsSource)
            new DuckDbConnectionPlan
            {
                Path = _warehouse.Folder,
                MemoryLimit = "60MB",
                Threads = 2,
            }.Open("warehouse", _warehouse.Folder, TimeProvider.System);

        Assert.Equal(
            3_000_000L,
            (await source.RowsAsync("select count(*) from (select distinct hash(i) as h from range(3000000) t(i))", Day, Token)).First);
    }

    [Theory]
    [InlineData("dw.db/orders/data_date=20260102/part-1.parquet", "dw.orders", "data_date")]
    [InlineData("pipe.csv", "pipe.csv", null)]
    public async Task APipeInPlaceOfAFileIsRefusedAndNotWaitedFor(string pipe, string table, string? partition)
    {
        _warehouse.Partition("dw.orders", "20260102", "select * from range(5) t(i)");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_warehouse.Folder, pipe)]))
            await make.WaitForExitAsync(Token);
        await using var source = _warehouse.Open<ICountSource>();

        var fault = await Assert.ThrowsAsync<SourceException>(() =>
            source.CountAsync(new TablePart(table, partition, partition is null ? null : "20260102", null), Token));

        Assert.Contains("not a regular file", fault.Message, StringComparison.Ordinal);
    }
}
