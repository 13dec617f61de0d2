using TagGuard.RealServerTests.Support;
using TagGuard.SourceContracts;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.WebHdfs;

/// <summary>The contract on the real HDFS.</summary>
[Collection("HDFS")]
public sealed class WebHdfsPathContractTests(Engines engines) : PathContract, IAsyncLifetime
{
    readonly HdfsFolder _hdfs = new();

    protected override string Root => _hdfs.Root;

    public async ValueTask InitializeAsync() => await engines.UpAsync("hdfs");

    public ValueTask DisposeAsync() => _hdfs.DisposeAsync();

    protected override Task<IPathSource> OpenAsync() => Task.FromResult(HdfsFolder.Open());

    protected override Task WriteAsync(string path, string text) => _hdfs.WriteAsync(path, text);

    protected override Task TouchAsync(string path, DateTimeOffset modified) => _hdfs.TouchAsync(path, modified);

    protected override Task MakeFolderAsync(string path) => _hdfs.MakeFolderAsync(path);
}
