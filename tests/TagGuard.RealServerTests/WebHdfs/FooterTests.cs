using System.Globalization;
using TagGuard.Adapters.Files;
using TagGuard.Adapters.Footers;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.WebHdfs;
using TagGuard.RealServerTests.Hive;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.WebHdfs;

/// <summary>Footers of what Spark and Hive wrote on the real HDFS, beside their own `count(*)`.</summary>
[Collection("HDFS")]
public sealed class FooterTests(Engines engines) : IAsyncLifetime
{
    static readonly DateOnly Date = new(2026, 2, 3);

    static readonly HiveConnectionPlan Spark = new() { Host = "127.0.0.1", User = "root" };

    readonly HdfsFolder _hdfs = new();
    readonly string _database = $"tagguard_footers_{Guid.NewGuid():N}";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    HiveConnectionPlan Warehouse => Spark with { Database = _database };

    public async ValueTask InitializeAsync()
    {
        await engines.UpAsync("hdfs", "spark");
        await HiveStatements.RunAsync(Spark, $"create database {_database}");
    }

    public async ValueTask DisposeAsync()
    {
        await HiveStatements.RunAsync(Spark, $"drop database if exists {_database} cascade");
        await _hdfs.DisposeAsync();
    }

    [Theory]
    [InlineData("parquet", "uncompressed")]
    [InlineData("parquet", "snappy")]
    [InlineData("parquet", "gzip")]
    [InlineData("parquet", "zstd")]
    [InlineData("orc", "none")]
    [InlineData("orc", "snappy")]
    [InlineData("orc", "zlib")]
    [InlineData("orc", "zstd")]
    public async Task WhatSparkWroteIsCountedAsSparkCounts(string format, string codec)
    {
        await WriteAsync(format, codec, 12_345);

        await using var source = Footers();
        var counted = await source.CountFootersAsync($"{_hdfs.Root}/t/data_date=20260203", Token);

        Assert.Equal(await SparkCountsAsync("where data_date = '20260203'"), counted.Rows);
        Assert.Equal(12_345, counted.Rows);
        Assert.Matches($@"\([1-9][0-9]* files of {(format == "orc" ? "ORC" : "Parquet")}\)$", counted.Asked);
        Assert.Equal(
            await SparkCountsAsync("where data_date = '20260203' and hour = '01'"),
            (await source.CountFootersAsync($"{_hdfs.Root}/t/data_date=20260203/hour=01", Token)).Rows);
        Assert.Equal(12_445, (await source.CountFootersAsync($"{_hdfs.Root}/t", Token)).Rows);
        var missing = await Assert.ThrowsAsync<SourceException>(() => source.CountFootersAsync($"{_hdfs.Root}/t/data_date=20260299", Token));
        Assert.True(missing.IsAbsent);
    }

    [Fact]
    public async Task ACodecThatIsNotReadIsRefused()
    {
        await WriteAsync("orc", "lz4", 100);

        await using var source = Footers();
        var fault = await Assert.ThrowsAsync<SourceException>(() => source.CountFootersAsync($"{_hdfs.Root}/t/data_date=20260203", Token));

        Assert.Contains("is packed by Lz4", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsAbsent || fault.IsTransient);
    }

    [Fact]
    public async Task AnOrcFileThatIsCutOrDamagedNeverMakesAnotherNumber()
    {
        var folder = Directory.CreateTempSubdirectory("tagguard-orc-").FullName;
        try
        {
            foreach (var codec in new[] { "none", "zlib" })
            {
                await WriteAsync("orc", codec, 3000);
                var whole = await DownloadAsync($"{_hdfs.Root}/t/data_date=20260203/hour=00");
                await HiveStatements.RunAsync(Warehouse, "drop table t");
                await _hdfs.RemoveAsync($"{_hdfs.Root}/t");
                await using var files = (IFooterSource)new FilesConnectionPlan { Path = folder }.Open("files", "/", TimeProvider.System);
                var file = Path.Combine(folder, "a.orc");
                await File.WriteAllBytesAsync(file, whole, Token);
                var rows = (await files.CountFootersAsync("/", Token)).Rows;
                var refused = 0;
                for (var cut = 1; cut < Math.Min(whole.Length, 1500); cut++)
                {
                    await File.WriteAllBytesAsync(file, whole[..^cut], Token);
                    await Assert.ThrowsAsync<SourceException>(() => files.CountFootersAsync("/", Token));
                    whole[^cut] ^= 0x11;
                    await File.WriteAllBytesAsync(file, whole, Token);
                    whole[^cut] ^= 0x11;
                    try
                    {
                        Assert.Equal(rows, (await files.CountFootersAsync("/", Token)).Rows);
                    }
                    catch (SourceException)
                    {
                        refused++;
                    }
                }
                Assert.NotEqual(0, refused);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task NamesThatThisMachineDoesNotKnowAreMappedAndDataNodesToo()
    {
        await WriteAsync("parquet", "snappy", 10);
        var path = $"{_hdfs.Root}/t/data_date=20260203";
        var plan = new WebHdfsConnectionPlan
        {
            Urls = ["http://namenode.cluster.invalid:9870"],
            User = "root",
            Hosts = new Dictionary<string, string> { ["namenode.cluster.invalid"] = "127.0.0.1" },
        };
        await using (var mapped = (IFooterSource)plan.Open("hdfs", "/", TimeProvider.System))
            Assert.Equal(10, (await mapped.CountFootersAsync(path, Token)).Rows);

        var dataNode = await DataNodeAsync();
        var astray = plan with { Hosts = new Dictionary<string, string>(plan.Hosts) { [dataNode] = "127.0.0.1:1" } };
        await using var lost = (IFooterSource)astray.Open("hdfs", "/", TimeProvider.System);
        var fault = await Assert.ThrowsAsync<SourceException>(() => lost.CountFootersAsync(path, Token));
        Assert.True(fault.IsTransient && !fault.IsAbsent, fault.Message);
        Assert.Contains("add it to `hosts` of the connection", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatMayNotBeReadIsNoCount()
    {
        await WriteAsync("parquet", "snappy", 10);
        await _hdfs.PermitAsync($"{_hdfs.Root}/t/data_date=20260203/hour=00", "700");
        await using var source = (IFooterSource)HdfsFolder.Open("analyst");

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.CountFootersAsync($"{_hdfs.Root}/t/data_date=20260203", Token));

        Assert.False(fault.IsAbsent);
        Assert.Contains("may not look", fault.Message, StringComparison.Ordinal);
    }

    static IFooterSource Footers() => (IFooterSource)HdfsFolder.Open();

    /// <summary>Two dates with partitions of hours, each of several files.</summary>
    Task WriteAsync(string format, string codec, int rows) => HiveStatements.RunAsync(
        Warehouse,
        $"create table t using {format} options ('compression' '{codec}') partitioned by (data_date, hour) location '{_hdfs.Root}/t' as "
            + string.Create(CultureInfo.InvariantCulture, $"""
                select /*+ repartition(5) */ id, concat('u', id) name, map('a', id) tags,
                if(id < {rows}, '20260203', '20260204') data_date, concat('0', id % 3) hour from range({rows + 100})
                """));

    async Task<long> SparkCountsAsync(string where)
    {
        await using var source = (IRowsSource)Warehouse.Open("spark", "/", TimeProvider.System);
        return (long)(await source.RowsAsync($"select count(*) from t {where}", Date, Token)).First!;
    }

    static async Task<byte[]> DownloadAsync(string folder)
    {
        await using var source = (IRangedFiles)HdfsFolder.Open();
        var file = (await source.ListAsync(folder, Token))!.First(entry => !entry.IsFolder && entry.Name[0] != '_');
        return (await source.ReadAsync(file.Path, 0, (int)file.Bytes, Token))!;
    }

    /// <summary>The name by which the NameNode sends readers to the DataNode.</summary>
    async Task<string> DataNodeAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        await _hdfs.WriteAsync($"{_hdfs.Root}/x", "x");
        using var answer = await client.GetAsync(new Uri($"{HdfsFolder.NameNode}/webhdfs/v1{_hdfs.Root}/x?op=OPEN&user.name=root"), Token);
        return answer.Headers.Location!.Host;
    }
}
