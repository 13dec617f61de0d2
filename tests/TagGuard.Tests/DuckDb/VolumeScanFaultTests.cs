using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

/// <summary>What a scan of tags refuses, and what it does not take for a count.</summary>
public sealed class VolumeScanFaultTests : IDisposable
{
    readonly TestWarehouse _warehouse = new();

    public void Dispose() => _warehouse.Dispose();

    [Theory]
    [InlineData("'a'::blob", "BLOB")]
    [InlineData("{'a': 1}", "STRUCT(a INTEGER)")]
    [InlineData("[['a']]", "VARCHAR[][]")]
    [InlineData("map {['a']: 1}", "MAP(VARCHAR[], INTEGER)")]
    [InlineData("[1.5::double]", "DOUBLE[]")]
    [InlineData("date '2026-01-01'", "DATE")]
    public async Task AColumnThatHoldsNoTagsIsRefusedWithItsType(string tags, string type)
    {
        _warehouse.Partition("dw.tags", "20260101", $"select 1 as userid, {tags} as tags");

        var fault = await Assert.ThrowsAsync<SourceException>(() => _warehouse.VolumesOfAsync("dw.tags", "20260101", "tags"));

        Assert.False(fault.IsAbsent || fault.IsTransient);
        Assert.Contains($"The column tags is {type}, and tags are text, whole numbers or booleans", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUserIsOneValue()
    {
        _warehouse.Partition("dw.tags", "20260101", "select {'a': 1} as userid, 'x' as tags");

        Assert.Contains(
            "The column userid is STRUCT(a INTEGER), and a user id is one value",
            (await Assert.ThrowsAsync<SourceException>(() => _warehouse.VolumesOfAsync("dw.tags", "20260101", "tags"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartitionThatIsNotThereIsAbsentAndTheNewestIsNamed()
    {
        _warehouse.Partition("dw.tags", "20260101", "select 1 as userid, map {'A_1': ''} as tagmap");

        var fault = await Assert.ThrowsAsync<SourceException>(() => _warehouse.VolumesOfAsync("dw.tags", "20260102", "tagmap"));

        Assert.True(fault.IsAbsent);
        Assert.Contains("data_date=20260102", fault.Message, StringComparison.Ordinal);
        Assert.Contains("newest is data_date=20260101", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APartitionWithoutFilesHasNoUsers()
    {
        Directory.CreateDirectory(Path.Combine(_warehouse.Folder, "dw.db", "tags", "data_date=20260101"));

        var volumes = await _warehouse.VolumesOfAsync("dw.tags", "20260101", "tagmap");

        Assert.Equal((0, 0), (volumes.Rows, volumes.Keys.Count));
    }

    [Fact]
    public async Task AFileThatIsCutShortIsAnErrorAndNotASmallerCount()
    {
        _warehouse.Partition("dw.tags", "20260101", "select i as userid, map {'A_1': ''} as tagmap from range(10000) t(i)");
        var file = Directory.GetFiles(_warehouse.Folder, "*.parquet", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)], TestContext.Current.CancellationToken);

        var fault = await Assert.ThrowsAsync<SourceException>(() => _warehouse.VolumesOfAsync("dw.tags", "20260101", "tagmap"));

        Assert.False(fault.IsAbsent);
        Assert.Contains("part-0.parquet", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task AScanCanBeInterrupted()
    {
        _warehouse.Partition("dw.tags", "20260101", "select i as userid, map {'A_1': ''} as tagmap from range(3000000) t(i)");
        await using var source = _warehouse.Open<IVolumeSource>();
        using var stop = new CancellationTokenSource();
        var query = new VolumeQuery(new TablePart("dw.tags", "data_date", "20260101", null), "userid", "tagmap", null);

        // The first report of progress comes from inside the scan.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.CountVolumesAsync(query, new StopAtOnce(stop), stop.Token));

        var again = await source.CountVolumesAsync(query, null, TestContext.Current.CancellationToken);
        Assert.Equal(3_000_000, again.Rows);
    }

    sealed class StopAtOnce(CancellationTokenSource stop) : IProgress<long>
    {
        public void Report(long value) => stop.Cancel();
    }
}
