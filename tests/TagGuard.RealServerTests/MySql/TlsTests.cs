using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters.MySql.Driver;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>The line is as safe as it was asked to be, or there is none.</summary>
public sealed class TlsTests(MariaDb mariaDb)
{
    [Theory]
    [InlineData("127.0.0.1", "VerifyFull", true)]
    [InlineData("localhost", "VerifyFull", true)]
    [InlineData("127.0.0.1", "Required", true)]
    [InlineData("127.0.0.1", "None", false)]
    public async Task TheLineIsEncryptedAsAskedFor(string host, string mode, bool isEncrypted)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = (MySqlConnection)await database.OpenAsync($"Server={host};SslMode={mode}" + (mode == "VerifyFull" ? "" : ";SslCa="));

        Assert.Equal(isEncrypted, connection.Cipher is not null);
        Assert.Equal(connection.Cipher ?? "", (await connection.RowsAsync("show session status like 'Ssl_cipher'"))[0][1]);
        if (isEncrypted)
            Assert.Contains((string)(await connection.RowsAsync("show session status like 'Ssl_version'"))[0][1], new[] { "TLSv1.2", "TLSv1.3" });
    }

    [Fact]
    public async Task WithoutAWordItIsVerified()
    {
        await using var database = await mariaDb.DatabaseAsync();
        var server = database.Server;
        var text = $"Server=127.0.0.1;Port={server.Port};User ID={MariaDbServer.User}";
        await using var stranger = new MySqlConnection { ConnectionString = text };

        // The tests' authority is not one of this machine's.
        Assert.Equal(2026, (await Assert.ThrowsAsync<MySqlException>(() => stranger.OpenAsync(TestContext.Current.CancellationToken))).ErrorNumber);
    }

    [Fact]
    public async Task ACertificateOfAStrangerIsRefused()
    {
        await using var database = await mariaDb.DatabaseAsync();

        var fault = await Assert.ThrowsAsync<MySqlException>(async () => await database.OpenAsync($"SslCa={database.Server.StrangerFile}"));

        Assert.Equal((2026, false), (fault.ErrorNumber, fault.IsTransient));
        Assert.Contains("be issued for 127.0.0.1, and be signed by an authority of `tls_ca`", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateForAnotherHostIsRefused()
    {
        await using var database = await mariaDb.DatabaseAsync();

        // The same server; its certificate is for 127.0.0.1 and localhost.
        var fault = await Assert.ThrowsAsync<MySqlException>(async () => await database.OpenAsync("Server=127.0.0.2"));

        Assert.Equal(2026, fault.ErrorNumber);
        Assert.Contains("be issued for 127.0.0.2", fault.Message, StringComparison.Ordinal);
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

        var fault = await Assert.ThrowsAsync<MySqlException>(async () => await database.OpenAsync($"Port={((IPEndPoint)listener.LocalEndpoint).Port}"));
        await breaking;

        Assert.Equal((2013, true), (fault.ErrorNumber, fault.IsTransient));
        Assert.Contains("The server ended the connection", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("certificate", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Lets the server greet, and ends the line when the client has begun with TLS.</summary>
    static async Task BreakHandshakeAsync(TcpListener listener, int port, bool isReset)
    {
        var (token, buffer) = (TestContext.Current.CancellationToken, new byte[4096]);
        using var client = await listener.AcceptTcpClientAsync(token);
        using var server = new TcpClient("127.0.0.1", port);
        var greeting = await server.GetStream().ReadAsync(buffer, token);
        await client.GetStream().WriteAsync(buffer.AsMemory(0, greeting), token);
        // The wish for TLS has 36 bytes; what follows is TLS.
        for (var read = 0; read <= 36;)
            read += await client.GetStream().ReadAsync(buffer, token);
        if (isReset)
            client.LingerState = new LingerOption(true, 0);
    }

    [Fact]
    public async Task AThreadHearsSignalsAgainWheneverTheLibraryIsDone()
    {
        await using var database = await mariaDb.DatabaseAsync();

        var masks = await Task.Factory.StartNew(
            () =>
            {
                var seen = new List<string> { Blocked() };
                using var connection = new MySqlConnection { ConnectionString = database.ConnectionString };
                connection.Open();
                seen.Add(Blocked());
                using var command = connection.Command("select seq from seq_1_to_3");
                using (var reader = command.ExecuteReader())
                {
                    seen.Add(Blocked());
                    reader.Read();
                    seen.Add(Blocked());
                }
                Assert.Throws<MySqlException>(() => connection.Command("select nonsense").ExecuteScalar());
                seen.Add(Blocked());
                return seen;
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.All(masks, mask => Assert.Equal(masks[0], mask));

        // Of this thread; see proc_pid_status(5).
        static string Blocked() => File.ReadLines("/proc/thread-self/status").Single(line => line.StartsWith("SigBlk:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Required")]
    [InlineData("None;SslCa=")]
    public async Task ASignalDoesNotCostTheConnection(string mode)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync($"SslMode={mode};ReadTimeout=20");
        await using var command = connection.Command("select sleep(1)");

        // To the very thread that waits: sent to the process, a signal goes to any.
        var answer = await Task.Factory.StartNew(
            () =>
            {
                var thread = Path.GetFileName(new FileInfo("/proc/thread-self").LinkTarget);
                using var signals = Process.Start("bash", ["-c", $"sleep 0.3; kill -CHLD {thread}"]);
                return command.ExecuteScalar();
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Equal(0, answer);
    }

    [Theory]
    [InlineData("VerifyFull")]
    [InlineData("Required")]
    public async Task AServerWithoutTlsIsRefusedAndNotTalkedToInPlainText(string mode)
    {
        await using var server = await mariaDb.StartAsync("--skip-ssl");
        await using var database = await server.DatabaseAsync();

        var fault = await Assert.ThrowsAsync<MySqlException>(async () => await database.OpenAsync($"SslMode={mode}"));

        Assert.Equal(2026, fault.ErrorNumber);
        Assert.Contains("The server has no TLS", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileOfAuthoritiesThatIsNotThereIsAnError()
    {
        await using var database = await mariaDb.DatabaseAsync();

        var fault = await Assert.ThrowsAsync<MySqlException>(async () => await database.OpenAsync("SslCa=/nowhere/ca.pem"));

        Assert.Equal(2026, fault.ErrorNumber);
        Assert.Contains("The file of `tls_ca`, /nowhere/ca.pem, is not there", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUnixSocketNeedsNone()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = new MySqlConnection { ConnectionString = database.Server.SocketConnectionString(database.Name) };
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        Assert.Null(connection.Cipher);
        Assert.Equal(database.Server.Socket, connection.DataSource);
        Assert.StartsWith("localhost", (string)(await connection.ScalarAsync("select host from information_schema.processlist where id = connection_id()"))!, StringComparison.Ordinal);
    }
}
