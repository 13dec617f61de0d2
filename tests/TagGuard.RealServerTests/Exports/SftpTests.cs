using TagGuard.Adapters.Sftp;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Exports;

/// <summary>Files behind a real sshd.</summary>
[Collection("sshd")]
public sealed class SftpTests : ExportTests
{
    SshServer _server = null!;

    protected override string Out => _server.Out;

    public override async ValueTask InitializeAsync() => _server = await SshServer.StartAsync();

    public override ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    SftpConnectionPlan Plan => new()
    {
        Host = "127.0.0.1",
        Port = _server.Port,
        User = SshServer.User,
        Key = _server.Key,
        HostKey = [_server.Fingerprint],
        Path = _server.Out,
    };

    protected override ISource Open(TimeSpan? timeout = null) => Open(Plan with { Timeout = timeout ?? TimeSpan.FromSeconds(30) });

    static ISource Open(SftpConnectionPlan plan) => plan.Open("callcentre", "/", TimeProvider.System);

    [Fact]
    public async Task APasswordOpensItAsWell()
    {
        await using var source = Open(Plan with { Key = null, Password = SshServer.Password });

        Assert.Contains("OpenSSH", await source.ProbeAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerWithAnotherKeyIsToldNothing()
    {
        var other = "SHA256:" + new string('A', 43);
        await using var source = Open(Plan with { Key = null, Password = SshServer.Password, HostKey = [other] });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Token));

        Assert.False(fault.IsTransient);
        Assert.Contains($"ssh-ed25519 {_server.Fingerprint}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was told to it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeyOrPasswordThatIsWrongIsToldWithItsCure()
    {
        await using var key = Open(Plan with { Key = _server.OtherKey });
        await using var password = Open(Plan with { Key = null, Password = "wrong" });
        await using var none = Open(Plan with { Key = "/nowhere" });

        Assert.Contains("authorized_keys", await FaultAsync(key), StringComparison.Ordinal);
        Assert.Contains("Correct `user` or `password`", await FaultAsync(password), StringComparison.Ordinal);
        Assert.Contains("Correct `key`", await FaultAsync(none), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALineThatIsCutIsNeverAShortCount()
    {
        await WriteAsync("x.csv", Rows(ManyRows));
        await using var proxy = new CuttingProxy(_server.Port, 30_000, 200_000, 1_000_000);
        await using var source = (ICountSource)Open(Plan with { Port = proxy.Port });

        for (var cut = 0; cut < 3; cut++)
        {
            var fault = await Assert.ThrowsAsync<SourceException>(() => source.CountAsync(Part("x.csv"), Token));
            Assert.True(fault.IsTransient, fault.Message);
        }
        Assert.Equal(ManyRows, (await source.CountAsync(Part("x.csv"), Token)).Rows);
    }

    [Fact]
    public async Task AFolderThatIsNotThereIsAMistakeAndNoFileThatIsStillToCome()
    {
        await using var source = (IPathSource)Open(Plan with { Path = "/nowhere" });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("x.csv", Token));

        Assert.False(fault.IsAbsent);
        Assert.Contains("Correct `path`", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatIsDownIsAskedAgain()
    {
        await WriteAsync("x.csv", Rows(3));
        await using var source = (ICountSource)Open();
        Assert.Equal(3, (await source.CountAsync(Part("x.csv"), Token)).Rows);
        await _server.StopServerAsync();

        Assert.True((await Assert.ThrowsAsync<SourceException>(() => source.CountAsync(Part("x.csv"), Token))).IsTransient);
        await _server.StartServerAsync();
        Assert.Equal(3, (await source.CountAsync(Part("x.csv"), Token)).Rows);
    }

    static async Task<string> FaultAsync(ISource source)
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Token));
        Assert.False(fault.IsTransient, fault.Message);
        return fault.Message;
    }
}
