using TagGuard.Adapters.Files;
using TagGuard.Measurements;
using TagGuard.SourceContracts;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Files;

/// <summary>The contract on a folder of this machine.</summary>
public sealed class FilesPathContractTests : PathContract, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-paths-").FullName;

    protected override string Root => "/warehouse";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override Task<IPathSource> OpenAsync() =>
        Task.FromResult((IPathSource)new FilesConnectionPlan { Path = _folder }.Open("paths", "/", TimeProvider.System));

    protected override Task WriteAsync(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder + path)!);
        return File.WriteAllTextAsync(_folder + path, text, Token);
    }

    protected override Task TouchAsync(string path, DateTimeOffset modified)
    {
        if (Directory.Exists(_folder + path))
            Directory.SetLastWriteTimeUtc(_folder + path, modified.UtcDateTime);
        else
            File.SetLastWriteTimeUtc(_folder + path, modified.UtcDateTime);
        return Task.CompletedTask;
    }

    protected override Task MakeFolderAsync(string path) => Task.FromResult(Directory.CreateDirectory(_folder + path));

    [Fact]
    public async Task FoldersInACircleAreRefused()
    {
        await MakeFolderAsync($"{Root}/{Day}");
        Directory.CreateSymbolicLink($"{_folder}{Root}/{Day}/again", $"{_folder}{Root}/{Day}");
        await using var source = await OpenAsync();
        var keys = new PathMeasure { Connection = "paths", Path = new($"{Root}/data_date={{date:yyyyMMdd}}"), LeastFiles = 1 };

        var fault = await Assert.ThrowsAsync<SourceException>(() =>
            keys.TakeAsync(new MeasureContext("x", Some.Day, new Only(source), TimeProvider.System), Token));

        Assert.False(fault.IsAbsent);
    }

    sealed class Only(ISource source) : ISources
    {
        public T Get<T>(string name) where T : ISource => (T)source;

        public Task CloseAsync() => Task.CompletedTask;

        public void Abandon()
        {
        }
    }
}
