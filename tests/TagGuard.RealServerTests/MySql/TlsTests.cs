using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters.MySql;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.MySql;

/// <summary>The line is as safe as it was asked to be, or there is none; and it is told for what it is.</summary>
public sealed class TlsTests(MariaDb mariaDb)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("localhost", null, true)]
    [InlineData("127.0.0.1", TlsMode.VerifyFull, true)]
    [InlineData("127.0.0.1", TlsMode.Required, true)]
    [InlineData("127.0.0.1", TlsMode.Off, false)]
    public async Task TheLineIsEncryptedAsAskedFor(string host, TlsMode? mode, bool isEncrypted)
    {
        await using var database = await mariaDb.DatabaseAsync();
        var plan = database.Plan() with { Host = host, Tls = mode };
        await using var connection = await (mode is null or TlsMode.VerifyFull ? plan : plan with { TlsCa = null }).ConnectAsync("/", Token);

        Assert.Equal(isEncrypted, (string)(await connection.RowsAsync("show session status like 'Ssl_cipher'"))[0][1] != "");
        if (isEncrypted)
            Assert.Contains((string)(await connection.RowsAsync("show session status like 'Ssl_version'"))[0][1], new[] { "TLSv1.2", "TLSv1.3" });
    }

    [Fact]
    public async Task AFileOfAuthoritiesMayHoldOthersAndIsLookedForInThePlansFolder()
    {
        await using var database = await mariaDb.DatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("tagguard-authorities-").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "both.pem"),
            await File.ReadAllTextAsync(database.Server.StrangerFile, Token)
                + "\n"
                + await File.ReadAllTextAsync(database.Server.AuthorityFile, Token),
            Token);

        await using var connection = await (database.Plan() with { TlsCa = "both.pem" }).ConnectAsync(folder, Token);

        Assert.Equal(1, await connection.ScalarAsync("select 1"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task WithoutAWordItIsVerified()
    {
        await using var database = await mariaDb.DatabaseAsync();

        // The tests' authority is not one of this machine's.
        await RefusedAsync(database.Plan() with { TlsCa = null }, "signed by an authority of `tls_ca` (or of this machine)");
    }

    [Fact]
    public async Task ACertificateOfAStrangerIsRefused()
    {
        await using var database = await mariaDb.DatabaseAsync();

        await RefusedAsync(
            database.Plan() with
            {
                TlsCa = database.Server.StrangerFile,
            },
            "not valid, or not signed by an authority that is trusted. It must be valid, be issued for 127.0.0.1");
    }

    [Fact]
    public async Task ACertificateForAnotherHostIsRefused()
    {
        await using var database = await mariaDb.DatabaseAsync();

        // The same server; its certificate is for 127.0.0.1 and localhost.
        await RefusedAsync(
            database.Plan() with
            {
                Host = "127.0.0.2",
            },
            "Its certificate is for another host. It must be valid, be issued for 127.0.0.2");
    }

    [Fact]
    public async Task AServerThatIsNotTrustedIsToldNothing()
    {
        await using var database = await mariaDb.DatabaseAsync();
        var before = await AttemptsAsync();

        await RefusedAsync(database.Plan() with { TlsCa = database.Server.StrangerFile }, "not signed");

        // Whoever had begun to log in would have been counted.
        Assert.Equal(before, await AttemptsAsync());

        async Task<string> AttemptsAsync()
        {
            await using var connection = await database.OpenAsync();
            return (string)(await connection.RowsAsync("show global status like 'Access_denied_errors'"))[0][1];
        }
    }

    [Theory]
    [InlineData(TlsMode.VerifyFull)]
    [InlineData(TlsMode.Required)]
    public async Task AServerWithoutTlsIsRefusedAndNotTalkedToInPlainText(TlsMode mode)
    {
        await using var server = await mariaDb.StartAsync("--skip-ssl");
        await using var database = new MariaDbDatabase(server, "mysql");
        var plan = database.Plan() with { Tls = mode, TlsCa = mode == TlsMode.Required ? null : server.AuthorityFile };

        await RefusedAsync(plan, "The server has no TLS");
    }

    [Theory]
    [InlineData("/nowhere/ca.pem", "The file of `tls_ca`, /nowhere/ca.pem, is not there")]
    [InlineData("/etc/hostname", "The file of `tls_ca`, /etc/hostname, holds no certificate")]
    public async Task AFileOfAuthoritiesThatIsNoneIsAnError(string file, string expected)
    {
        await using var database = await mariaDb.DatabaseAsync();

        await RefusedAsync(database.Plan() with { TlsCa = file }, expected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ALineThatEndsInTheHandshakeIsNotTheCertificatesFaultAndMaySucceedLater(bool isReset)
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var breaking = BreakHandshakeAsync(listener, database.Server.Port, isReset);
        var source = (database.Plan() with { Port = ((IPEndPoint)listener.LocalEndpoint).Port }).Open("service", "/", TimeProvider.System);

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Token));
        await breaking;

        Assert.True(fault.IsTransient, fault.Message);
        Assert.Contains("Check that the server runs", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQueryIsStoppedOverAVerifiedLineAsWell()
    {
        await using var database = await mariaDb.DatabaseAsync();
        var source = (IRowsSource)(database.Plan() with { Host = "localhost" }).Open("service", "/", TimeProvider.System);
        await using var watcher = await database.OpenAsync();
        using var wish = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = source.RowsAsync("select sleep(600), 'verified'", new DateOnly(2026, 2, 3), wish.Token);
        await watcher.UntilRunsAsync("verified");

        await wish.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(
            0L,
            await watcher.ScalarAsync(
                "select count(*) from information_schema.processlist where info like 'select sleep%verified%' and id <> connection_id()"));
    }

    [Fact]
    public async Task AUnixSocketNeedsNone()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.PlanOnSocket().ConnectAsync("/", Token);

        Assert.Equal("", (await connection.RowsAsync("show session status like 'Ssl_cipher'"))[0][1]);
        Assert.StartsWith(
            "localhost",
            (string)(await connection.ScalarAsync("select host from information_schema.processlist where id = connection_id()"))!,
            StringComparison.Ordinal);
    }

    /// <summary>As a source tells it: once, for trying again would not help, and without what is true of a server that is away.</summary>
    static async Task RefusedAsync(MySqlConnectionPlan plan, string expected)
    {
        var fault = await Assert.ThrowsAsync<SourceException>(() => plan.Open("service", "/", TimeProvider.System).ProbeAsync(Token));

        Assert.False(fault.IsTransient, fault.Message);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("firewalls", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Lets the server greet, and ends the line when the client has begun with TLS.</summary>
    static async Task BreakHandshakeAsync(TcpListener listener, int port, bool isReset)
    {
        var buffer = new byte[4096];
        using var client = await listener.AcceptTcpClientAsync(Token);
        using var server = new TcpClient("127.0.0.1", port);
        var greeting = await server.GetStream().ReadAsync(buffer, Token);
        await client.GetStream().WriteAsync(buffer.AsMemory(0, greeting), Token);
        // The wish for TLS has 36 bytes; what follows is TLS.
        for (var read = 0; read <= 36;)
            read += await client.GetStream().ReadAsync(buffer, Token);
        if (isReset)
            client.LingerState = new LingerOption(true, 0);
    }
}
