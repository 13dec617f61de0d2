using System.Diagnostics;
using System.IO.Compression;
using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

/// <summary>Which files are a partition, and what makes half of one.</summary>
public sealed class HiveLayoutFolderTests : IDisposable
{
    static readonly TablePart Part = new("dw.orders", "data_date", "20260102", null);
    readonly TestWarehouse _warehouse = new();

    public HiveLayoutFolderTests() => _warehouse.Partition("dw.orders", "20260102", "select i from range(5) t(i)");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Folder => Path.Combine(_warehouse.Folder, "dw.db", "orders", "data_date=20260102");

    public void Dispose() => _warehouse.Dispose();

    [Theory]
    [InlineData("part-1.parquet")]
    [InlineData("sub/000001_0")]
    public async Task AnEmptyPartIsHalfALoadAndIsNamed(string file)
    {
        Write(file, []);

        var fault = await FaultAsync();

        Assert.True(fault is { IsAbsent: false, IsTransient: true });
        Assert.Contains($"{file} is empty (0 bytes)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".part-0.parquet.crc")]
    [InlineData("_SUCCESS")]
    [InlineData("_temporary/0/part-1.parquet")]
    [InlineData(".hive-staging_1/part-1.parquet")]
    public async Task WhatHiveHidesIsNoDataWhateverItsSize(string file)
    {
        Write(file, []);

        Assert.Equal(5, await CountAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(60)]
    public async Task AParquetFileThatIsCutShortMayBeWholeLater(int bytes)
    {
        Write("part-1.parquet", File.ReadAllBytes(Path.Combine(Folder, "part-0.parquet"))[..bytes]);

        var fault = await FaultAsync();

        Assert.True(fault.IsTransient, fault.Message);
        Assert.Contains("part-1.parquet", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export.csv")]
    [InlineData("export.csv.gz")]
    public async Task AnEmptyTextIsNoTableOfNoRows(string file)
    {
        await File.WriteAllBytesAsync(Path.Combine(_warehouse.Folder, file), [], Token);

        Assert.Contains("is empty", (await FaultAsync(new TablePart(file, null, null, null))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(1000)]
    [InlineData(30_000)]
    public async Task APackedTextThatIsCutShortIsAnErrorAndNotASmallerCount(int cut)
    {
        await File.WriteAllBytesAsync(Path.Combine(_warehouse.Folder, "export.csv.gz"), Packed("id\n", 0)[..^cut], Token);

        Assert.Contains(
            "cannot be unpacked to its end",
            (await FaultAsync(new TablePart("export.csv.gz", null, null, null))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task APackedTextOfSeveralMembersIsWholeWhenItsLastIs()
    {
        var file = Path.Combine(_warehouse.Folder, "export.csv.gz");
        byte[] both = [.. Packed("id\n", 0), .. Packed("", 20_000)];
        await File.WriteAllBytesAsync(file, both, Token);
        Assert.Equal(40_000, await CountAsync(new TablePart("export.csv.gz", null, null, null)));

        await File.WriteAllBytesAsync(file, both[..^1000], Token);
        Assert.True((await FaultAsync(new TablePart("export.csv.gz", null, null, null))).IsTransient);
    }

    static byte[] Packed(string header, int first)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(header + string.Concat(Enumerable.Range(first, 20_000).Select(i => $"{i}\n"))));
        return packed.ToArray();
    }

    [Fact]
    public async Task PartsOfDifferentKindsAreRefused()
    {
        Write("part-1.csv", "i\n1\n"u8.ToArray());

        Assert.Contains("one is text and the other is not", (await FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALinkToAPartCountsAndOneToNothingIsHalfALoad()
    {
        File.CreateSymbolicLink(Path.Combine(Folder, "part-1.parquet"), "part-0.parquet");
        Assert.Equal(10, await CountAsync());

        File.CreateSymbolicLink(Path.Combine(Folder, "part-2.parquet"), "/nowhere");
        Assert.Contains("part-2.parquet is a symbolic link to /nowhere, which is not there", (await FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALinkToAFolderAboveIsNotCountedAgainAndAgain()
    {
        Directory.CreateSymbolicLink(Path.Combine(Folder, "again"), Folder);

        Assert.Contains("a folder above it", (await FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task APipeIsNoPart()
    {
        using (var made = Process.Start("mkfifo", [Path.Combine(Folder, "part-1.parquet")]))
            await made.WaitForExitAsync(Token);

        Assert.Contains("is not a regular file", (await FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEmptyPartOfAnotherDateDoesNotStopAQuery()
    {
        _warehouse.Partition("dw.orders", "20260101", "select i from range(7) t(i)");
        await File.WriteAllBytesAsync(Path.Combine(_warehouse.Folder, "dw.db", "orders", "data_date=20260101", "part-1.parquet"), [], Token);
        await using var source = _warehouse.Open<IRowsSource>();

        Assert.Equal(
            5,
            (await source.RowsAsync("select * from dw.orders where data_date = strftime(@date, '%Y%m%d')", new DateOnly(2026, 1, 2), Token)).Rows);
        var fault = await Assert.ThrowsAsync<SourceException>(() =>
            source.RowsAsync("select * from dw.orders where data_date = strftime(@yesterday, '%Y%m%d')", new DateOnly(2026, 1, 2), Token));
        Assert.Contains("data_date=20260101/part-1.parquet", fault.Message, StringComparison.Ordinal);
    }

    void Write(string file, byte[] bytes)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    async Task<long> CountAsync(TablePart? part = null)
    {
        await using var source = _warehouse.Open<ICountSource>();
        return (await source.CountAsync(part ?? Part, Token)).Rows;
    }

    Task<SourceException> FaultAsync(TablePart? part = null) => Assert.ThrowsAsync<SourceException>(() => CountAsync(part));
}
