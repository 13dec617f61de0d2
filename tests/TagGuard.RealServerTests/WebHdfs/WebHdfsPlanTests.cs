using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.WebHdfs;

/// <summary>The built program with a plan whose paths are on the real HDFS.</summary>
[Collection("HDFS")]
public sealed class WebHdfsPlanTests(Engines engines) : IAsyncLifetime
{
    const string Date = "2026-11-20";

    readonly HdfsFolder _hdfs = new();
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-webhdfs-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await engines.UpAsync("hdfs");
        await File.WriteAllTextAsync(Path.Combine(_folder, "tagguard.yaml"), $$"""
            name: paths
            timezone: UTC
            connections:
              hdfs: { type: webhdfs, urls: ["http://127.0.0.1:1", "{{HdfsFolder.NameNode}}"], user: root, timeout: 2s }
              store: { type: sqlite, path: tagguard.db }
            stages:
              upstream:
                - name: orders
                  path:
                    connection: hdfs
                    path: "{{_hdfs.Root}}/data_date={date:yyyyMMdd}"
                    marker: _SUCCESS
                    least_files: 1
                    stable_for: 5m
                - name: tomorrow
                  path: { connection: hdfs, path: "{{_hdfs.Root}}/data_date={date+1:yyyyMMdd}" }

            """, Token);
        (await Run("init")).Expect(0);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return _hdfs.DisposeAsync();
    }

    [Fact]
    public async Task APartitionOpensTheGateWhenItIsFinished()
    {
        var written = new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero);
        var day = $"{_hdfs.Root}/data_date=20261120";
        var missing = (await Run("upstream", "--date", Date)).Expect(75);
        Assert.Contains($"{day} is not there.", missing.Error, StringComparison.Ordinal);

        await _hdfs.MakeFolderAsync($"{_hdfs.Root}/data_date=20261121");
        await _hdfs.MakeFolderAsync($"{day}/_temporary");
        await _hdfs.WriteAsync($"{day}/part-0", "x");
        await _hdfs.WriteAsync($"{day}/_SUCCESS", "");
        Assert.Contains("_temporary is there: a job still writes.", await UnreadyAsync(), StringComparison.Ordinal);

        await _hdfs.RemoveAsync($"{day}/_temporary");
        Assert.Contains("must be left unchanged for 300 s", await UnreadyAsync(), StringComparison.Ordinal);

        foreach (var path in new[] { $"{day}/part-0", $"{day}/_SUCCESS", day })
            await _hdfs.TouchAsync(path, written);
        (await Run("upstream", "--date", Date)).Expect(0);
        (await Run("gate", "--date", Date)).Expect(0);
        var explained = (await Run("explain", "orders", "--all", "--date", Date)).Expect(0);
        Assert.Contains("1 files, 1 bytes; finished when _SUCCESS was written", explained.Error + explained.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatOnlyASnapshotHoldsKeepsNoPartitionBack()
    {
        var day = $"{_hdfs.Root}/data_date=20261120";
        await _hdfs.MakeFolderAsync($"{_hdfs.Root}/data_date=20261121");
        foreach (var name in new[] { "part-0", "part-1", "_SUCCESS" })
            await _hdfs.WriteAsync($"{day}/{name}", "x");
        await _hdfs.SnapshotAsync(day);
        try
        {
            await _hdfs.RemoveAsync($"{day}/part-1");
            await using var source = HdfsFolder.Open();
            Assert.Equal((3L, 2), ((await source.ContentAsync(day, Token))!.Files, (await source.ListAsync(day, Token))!.Count));
            foreach (var path in new[] { $"{day}/part-0", $"{day}/_SUCCESS", day })
                await _hdfs.TouchAsync(path, new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero));

            (await Run("upstream", "--date", Date)).Expect(0);
        }
        finally
        {
            await _hdfs.RemoveSnapshotAsync(day);
        }
    }

    [Fact]
    public async Task DoctorNamesTheRelease()
    {
        var told = (await Run("doctor")).Expect(0);

        Assert.Contains("HDFS 3.", told.Error, StringComparison.Ordinal);
    }

    async Task<string> UnreadyAsync() => (await Run("upstream", "--date", Date)).Expect(75).Error;

    Task<Outcome> Run(params string[] args) => new Tagguard(_folder).RunAsync(args);
}
