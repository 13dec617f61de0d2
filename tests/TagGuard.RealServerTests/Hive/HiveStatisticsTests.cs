using TagGuard.Adapters.Hive;
using TagGuard.Adapters.WebHdfs;
using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.RealServerTests.Support;
using TagGuard.RealServerTests.WebHdfs;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Hive;

/// <summary>A table that Hive wrote, a partition for each test: inserts take Hive a while.</summary>
public sealed class HivePartitions : IAsyncLifetime
{
    internal static readonly HiveConnectionPlan Server = new() { Host = "127.0.0.1", Port = 10010, User = "root" };

    internal string Database { get; } = $"tagguard_footers_{Guid.NewGuid():N}";

    public async ValueTask InitializeAsync()
    {
        var engines = await TestContext.Current.GetFixture<Engines>() ?? throw new InvalidOperationException("Engines is a fixture of the assembly.");
        await engines.UpAsync("hdfs", "hive");
        await HiveStatements.RunAsync(
            Server,
            $"create database {Database}",
            $"create external table {Database}.orders (id bigint) partitioned by (data_date string) stored as textfile",
            $"insert into {Database}.orders partition (data_date='20260201') values (1), (2), (3)",
            $"insert into {Database}.orders partition (data_date='20260202') values (1), (2)",
            $"insert into {Database}.orders partition (data_date='20260203') values (1), (2)",
            $"insert into {Database}.orders partition (data_date='20260204') values (1)");
    }

    public async ValueTask DisposeAsync()
    {
        // The metastore stays until the engines are wiped: to drop partitions it wants classes (org.springframework.dao) that they lack.
        await using var hdfs = new HdfsFolder();
        await hdfs.RemoveAsync($"/hive/warehouse/{Database}.db");
    }
}

/// <summary>When the metastore's statistics stand for a count, and when they do not.</summary>
public sealed class HiveStatisticsTests(HivePartitions given) : IClassFixture<HivePartitions>
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Folder(string date) => $"/hive/warehouse/{given.Database}.db/orders/data_date={date}";

    [Fact]
    public async Task WhatHiveNotedIsTakenWhereTheFilesAreStillThose()
    {
        var taking = await CountAsync(1);

        Assert.Equal(3, Rows(taking));
        Assert.StartsWith("describe formatted", taking.Asked, StringComparison.Ordinal);
        Assert.EndsWith("(as hdfs has 1 files and 6 bytes)", taking.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileOfAnotherHandIsCountedAsHiveItselfStillCallsItsNumberAccurate()
    {
        await using (var hdfs = new HdfsFolder())
            await hdfs.WriteAsync($"{Folder("20260202")}/by-hand", "7\n8\n");

        var taking = await CountAsync(2);

        Assert.Equal(4, Rows(taking));
        Assert.Contains("not from statistics: 1 files of 4 bytes were noted, and 2 of 8 are there", taking.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatWasReplacedByOneOfItsSizeIsCounted()
    {
        await using (var hdfs = new HdfsFolder())
        await using (var paths = HdfsFolder.Open())
        {
            var file = Assert.Single((await paths.ListAsync(Folder("20260203"), Token))!);
            await hdfs.WriteAsync(file.Path, "123\n");
            await hdfs.TouchAsync(file.Path, file.Modified.AddMinutes(1));
        }

        var taking = await CountAsync(3);

        Assert.Equal(1, Rows(taking));
        Assert.Contains("was written after they were noted", taking.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatisticsThatAreNotMarkedAsAccurateAreNotTaken()
    {
        await HiveStatements.RunAsync(
            HivePartitions.Server,
            $"alter table {given.Database}.orders partition (data_date='20260204') update statistics set ('numRows'='99')");

        var taking = await CountAsync(4);

        Assert.Equal(1, Rows(taking));
        Assert.Contains("not from statistics: ", taking.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartitionThatIsNotThereIsAbsent() =>
        Assert.True((await Assert.ThrowsAsync<SourceException>(() => CountAsync(9))).IsAbsent);

    [Fact]
    public async Task SparksStatisticsAreNeverTakenForTheyStayWhatAnalyzeFound()
    {
        await (await TestContext.Current.GetFixture<Engines>())!.UpAsync("hdfs", "spark");
        var spark = HivePartitions.Server with { Port = 10000 };
        try
        {
            await HiveStatements.RunAsync(
                spark,
                $"create database {given.Database}",
                $"create table {given.Database}.orders (id bigint, data_date string) using parquet partitioned by (data_date)",
                $"insert into {given.Database}.orders values (1, '20260201'), (2, '20260201')",
                $"analyze table {given.Database}.orders partition (data_date = '20260201') compute statistics",
                $"insert into {given.Database}.orders values (3, '20260201')");

            var taking = await CountAsync(1, spark);

            Assert.Equal(3, Rows(taking));
            Assert.Contains("not from statistics: the server keeps none", taking.Asked, StringComparison.Ordinal);
        }
        finally
        {
            await HiveStatements.RunAsync(spark, $"drop database if exists {given.Database} cascade");
        }
    }

    static double Rows(Taking taking) => Assert.IsType<Measurement.Taken>(taking.Measurements.Single()).Value;

    async Task<Taking> CountAsync(int day, HiveConnectionPlan? server = null)
    {
        await using var sources = new Two(
            (server ?? HivePartitions.Server).Open("hive", "/", TimeProvider.System),
            new WebHdfsConnectionPlan { Urls = [HdfsFolder.NameNode], User = "root" }.Open("hdfs", "/", TimeProvider.System));
        var keys = new CountMeasure
        {
            Connection = "hive",
            Table = new DatePattern($"{given.Database}.orders"),
            Partition = "data_date",
            From = CountFrom.Statistics,
            Files = "hdfs",
        };
        Assert.Empty(keys.Mistakes());
        var date = new BusinessDay(new DateOnly(2026, 2, day), TimeZoneInfo.Utc);
        return await keys.TakeAsync(new MeasureContext("orders", date, sources, TimeProvider.System), Token);
    }

    sealed class Two(ISource hive, ISource hdfs) : ISources, IAsyncDisposable
    {
        public T Get<T>(string name) where T : ISource => (T)(name == "hive" ? hive : hdfs);

        public Task CloseAsync() => Task.CompletedTask;

        public void Abandon()
        {
        }

        public async ValueTask DisposeAsync()
        {
            await hive.DisposeAsync();
            await hdfs.DisposeAsync();
        }
    }
}
