using TagGuard.Adapters.Ftp;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Exports;

/// <summary>Files behind a real vsftpd that wants every line encrypted, and the session of the commands on that of the bytes.</summary>
public sealed class FtpTests : ExportTests
{
    FtpServer _server = null!;

    protected override string Out => _server.Out;

    public override async ValueTask InitializeAsync() => _server = await FtpServer.StartAsync("force_anon_logins_ssl=YES", "force_anon_data_ssl=YES");

    public override ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    FtpConnectionPlan Plan => new()
    {
        Host = "localhost",
        Port = _server.Port,
        Password = FtpServer.Password,
        TlsCa = _server.Certificate,
        Path = "/out",
    };

    protected override ISource Open(TimeSpan? timeout = null) => Open(Plan with { Timeout = timeout ?? TimeSpan.FromSeconds(30) });

    static ISource Open(FtpConnectionPlan plan) => plan.Open("callcentre", "/", TimeProvider.System);

    [Fact]
    public async Task ACertificateThatNobodyVouchesForIsToldNothing()
    {
        await using var source = Open(Plan with { TlsCa = null });

        var fault = await FaultAsync(source);

        Assert.Contains("nothing was told to it", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APasswordThatIsWrongAndALineThatIsNotEncryptedAreToldWithTheirCure()
    {
        await using var password = Open(Plan with { Password = "wrong" });
        await using var plain = Open(Plan with { Tls = FtpTls.Off, TlsCa = null });
        await using var folder = Open(Plan with { Path = "/nowhere" });

        Assert.Contains("Correct `user` or `password`", await FaultAsync(password), StringComparison.Ordinal);
        Assert.Contains("530", await FaultAsync(plain), StringComparison.Ordinal);
        Assert.Contains("Correct `path`", await FaultAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerWithoutTlsIsToldNoPasswordUnlessThePlanSaysSo()
    {
        await using var server = await FtpServer.StartAsync("ssl_enable=NO");
        await File.WriteAllTextAsync(Path.Combine(server.Out, "x.csv"), Rows(3), Token);
        await using var encrypted = Open(Plan with { Port = server.Port });
        await using var plain = (ICountSource)Open(Plan with { Port = server.Port, Tls = FtpTls.Off, TlsCa = null });

        Assert.Contains("no password was told to it", await FaultAsync(encrypted), StringComparison.Ordinal);
        Assert.Equal(3, (await plain.CountAsync(Part("x.csv"), Token)).Rows);
    }

    [Fact]
    public async Task ImplicitTlsIsSpokenFromTheFirstByteOn()
    {
        await using var server = await FtpServer.StartAsync("implicit_ssl=YES", "force_anon_data_ssl=YES");
        await File.WriteAllTextAsync(Path.Combine(server.Out, "x.csv"), Rows(3), Token);
        await using var source = (ICountSource)Open(Plan with { Port = server.Port, Tls = FtpTls.Implicit, TlsCa = server.Certificate });

        Assert.Equal(3, (await source.CountAsync(Part("x.csv"), Token)).Rows);
    }

    [Fact]
    public async Task ASessionThatDiesInTheMiddleOfAFileIsNeverAShortCount()
    {
        await using var slow = await FtpServer.StartAsync("anon_max_rate=200000");
        await File.WriteAllTextAsync(Path.Combine(slow.Out, "x.csv"), Rows(ManyRows), Token);
        await using var source = (ICountSource)Open(Plan with { Port = slow.Port, TlsCa = slow.Certificate });
        var counting = source.CountAsync(Part("x.csv"), Token);
        // Some of it has come: the copy is there.
        while (!Directory.EnumerateDirectories(Path.GetTempPath(), "tagguard-copies-*")
            .Any(copies => Directory.EnumerateFiles(copies).Any(copy => new FileInfo(copy).Length is > 0 and < 3_000_000)))
            await Task.Delay(20, Token);

        slow.Kill();
        var fault = await Assert.ThrowsAsync<SourceException>(() => counting);

        Assert.True(fault.IsTransient, fault.Message);
    }

    [Fact]
    public async Task AFolderIsNoFile()
    {
        Directory.CreateDirectory(At("folder"));
        await using var source = (IPathSource)Open();

        Assert.Contains("is a folder", (await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("folder", Token))).Message,
            StringComparison.Ordinal);
    }

    static async Task<string> FaultAsync(ISource source)
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Token));
        Assert.False(fault.IsTransient, fault.Message);
        return fault.Message;
    }
}
