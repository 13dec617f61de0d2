using TagGuard.Adapters.Sftp;
using TagGuard.RealServerTests.Support;
using TagGuard.SourceContracts;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Exports;

/// <summary>The contract of paths on a real sshd.</summary>
[Collection("sshd")]
public sealed class SftpPathContractTests : PathContract, IAsyncLifetime
{
    SshServer _server = null!;

    protected override string Root => "/deep";

    public async ValueTask InitializeAsync() => _server = await SshServer.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override Task<IPathSource> OpenAsync() => Task.FromResult((IPathSource)new SftpConnectionPlan
    {
        Host = "127.0.0.1",
        Port = _server.Port,
        User = SshServer.User,
        Key = _server.Key,
        HostKey = [_server.Fingerprint],
        Path = _server.Out,
    }.Open("sftp", "/", TimeProvider.System));

    protected override async Task WriteAsync(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_server.Out + path)!);
        await File.WriteAllTextAsync(_server.Out + path, text, Token);
    }

    protected override Task TouchAsync(string path, DateTimeOffset modified)
    {
        if (Directory.Exists(_server.Out + path))
            Directory.SetLastWriteTimeUtc(_server.Out + path, modified.UtcDateTime);
        else
            File.SetLastWriteTimeUtc(_server.Out + path, modified.UtcDateTime);
        return Task.CompletedTask;
    }

    protected override Task MakeFolderAsync(string path)
    {
        Directory.CreateDirectory(_server.Out + path);
        return Task.CompletedTask;
    }
}
