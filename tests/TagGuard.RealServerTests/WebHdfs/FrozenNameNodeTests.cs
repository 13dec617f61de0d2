using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.WebHdfs;

/// <summary>A NameNode that stands still: what is asked of it meanwhile has no answer, and is never taken for absent.</summary>
[Collection(typeof(BrokenCluster))]
public sealed class FrozenNameNodeTests(Engines engines) : IAsyncLifetime
{
    const string Date = "2026-11-20";

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-webhdfs-").FullName;

    public async ValueTask InitializeAsync()
    {
        await engines.UpAsync("hdfs");
        await File.WriteAllTextAsync(Path.Combine(_folder, "tagguard.yaml"), $$"""
            name: paths
            connections:
              hdfs: { type: webhdfs, urls: ["http://127.0.0.1:1", "{{HdfsFolder.NameNode}}"], user: root, timeout: 2s }
              store: { type: sqlite, path: tagguard.db }
            stages:
              upstream:
                - name: orders
                  path: { connection: hdfs, path: "/tagguard_webhdfs/none/data_date={date:yyyyMMdd}", marker: _SUCCESS }

            """, TestContext.Current.CancellationToken);
        (await Run("init")).Expect(0);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AFrozenNameNodeIsAnErrorAndAThawedOneAnswers()
    {
        await Engines.RunAsync("stop", "namenode");
        try
        {
            var frozen = (await Run("upstream", "--date", Date)).Expect(2);
            Assert.Contains("No answer within 2 s.", frozen.Error, StringComparison.Ordinal);
            Assert.Contains("Connection refused", frozen.Error, StringComparison.Ordinal);
        }
        finally
        {
            await Engines.RunAsync("cont", "namenode");
        }
        (await Run("upstream", "--date", Date)).Expect(75);
    }

    Task<Outcome> Run(params string[] args) => new Tagguard(_folder).RunAsync(args);
}
