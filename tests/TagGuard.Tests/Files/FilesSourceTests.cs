using System.Diagnostics;
using System.Net.Sockets;
using TagGuard.Adapters.Files;
using TagGuard.Sources;

namespace TagGuard.Tests.Files;

/// <summary>What is taken for a marker, and what is not.</summary>
public sealed class FilesSourceTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-files-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ALinkIsWhatItLeadsTo()
    {
        var written = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        await File.WriteAllTextAsync(At("file"), "12345", Token);
        File.SetLastWriteTimeUtc(At("file"), written);
        Directory.CreateDirectory(At("folder"));
        File.CreateSymbolicLink(At("to file"), "file");
        File.CreateSymbolicLink(At("to link"), At("to file"));
        File.CreateSymbolicLink(At("to folder"), At("folder"));

        Assert.Equal(new PathInfo("to link", false, 5, written), await FindAsync("to link"));
        Assert.True((await FindAsync("to folder"))!.IsFolder);
    }

    [Fact]
    public async Task ALinkToNothingIsNotThereAndSaysWhereItLeads()
    {
        File.CreateSymbolicLink(At("_SUCCESS"), "/nowhere/_SUCCESS");

        var fault = await Assert.ThrowsAsync<SourceException>(() => FindAsync("_SUCCESS"));

        Assert.True(fault.IsAbsent);
        Assert.EndsWith("_SUCCESS is a symbolic link to /nowhere/_SUCCESS, which is not there.", fault.Message, StringComparison.Ordinal);
        Assert.True((await Assert.ThrowsAsync<SourceException>(() => ReadAsync("_SUCCESS"))).IsAbsent);
    }

    [Fact]
    public async Task LinksInACircleAreNoMarker()
    {
        File.CreateSymbolicLink(At("a"), "b");
        File.CreateSymbolicLink(At("b"), "a");

        var fault = await Assert.ThrowsAsync<SourceException>(() => FindAsync("a"));

        Assert.False(fault.IsAbsent);
        Assert.Contains("leads back to itself", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task APipeOrASocketIsNoMarkerAndNoExport()
    {
        using (var made = Process.Start("mkfifo", [At("pipe")]))
            await made.WaitForExitAsync(Token);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At("socket")));

        foreach (var ask in new Func<Task>[] { () => FindAsync("pipe"), () => FindAsync("socket"), () => ReadAsync("pipe") })
        {
            var fault = await Assert.ThrowsAsync<SourceException>(ask);
            Assert.False(fault.IsAbsent || fault.IsTransient);
            Assert.Contains("is a pipe, socket or device", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AFolderIsNoExportAndBehindAFileIsNothing()
    {
        Directory.CreateDirectory(At("folder"));
        await File.WriteAllTextAsync(At("file"), "", Token);

        Assert.Contains("is a folder", (await Assert.ThrowsAsync<SourceException>(() => ReadAsync("folder"))).Message, StringComparison.Ordinal);
        Assert.Null(await FindAsync("file/_SUCCESS"));
        Assert.Null(await FindAsync("none"));
    }

    [Fact]
    public async Task ANameThatIsTooLongIsAnErrorAndNotAbsent() =>
        Assert.False((await Assert.ThrowsAsync<SourceException>(() => FindAsync(new string('x', 300)))).IsAbsent);

    string At(string name) => Path.Combine(_folder, name);

    async Task<PathInfo?> FindAsync(string path)
    {
        await using var source = (IPathSource)new FilesConnectionPlan { Path = _folder }.Open("marks", "/", TimeProvider.System);
        return await source.FindAsync(path, Token);
    }

    async Task<ExportFacts> ReadAsync(string path)
    {
        await using var source = (IExportSource)new FilesConnectionPlan { Path = _folder }.Open("exports", "/", TimeProvider.System);
        return await source.ReadExportAsync(new ExportQuery(path, CsvForm.Usual, 1, null), null, Token);
    }
}
