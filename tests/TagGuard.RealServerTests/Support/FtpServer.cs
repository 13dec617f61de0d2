using System.Diagnostics;

namespace TagGuard.RealServerTests.Support;

/// <summary>A real vsftpd with TLS; its user is anonymous, with a password all the same. Needs root.</summary>
sealed class FtpServer : IAsyncDisposable
{
    const string Program = "/usr/sbin/vsftpd";

    public const string Password = "not@secret";

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-ftp-").FullName;
    Process? _server;

    public int Port { get; } = Ports.Free();

    public string Out => Path.Combine(_folder, "out");

    /// <summary>The certificate, which signs itself.</summary>
    public string Certificate => Path.Combine(_folder, "certificate.pem");

    /// <param name="settings">Further lines of vsftpd.conf.</param>
    public static async Task<FtpServer> StartAsync(params string[] settings)
    {
        Shell.Need(Program, "vsftpd");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "vsftpd is started by root only.");
        var server = new FtpServer();
        await server.MakeAsync(settings);
        return server;
    }

    async Task MakeAsync(string[] settings)
    {
        Directory.CreateDirectory(Out);
        await DoAsync("chmod", "a+rx", _folder, Out);
        var key = Path.Combine(_folder, "key.pem");
        await DoAsync(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost", "-keyout", key, "-out", Certificate);
        var passwords = Path.Combine(_folder, "passwords");
        await File.WriteAllTextAsync(passwords, Password + "\n");
        var config = Path.Combine(_folder, "config");
        await File.WriteAllLinesAsync(config,
        [
            "listen=YES", $"listen_port={Port}", "listen_address=127.0.0.1", "background=NO", "seccomp_sandbox=NO",
            "anonymous_enable=YES", "local_enable=NO", $"anon_root={_folder}", "anon_world_readable_only=NO",
            "secure_email_list_enable=YES", $"email_password_file={passwords}", $"secure_chroot_dir={Directory.CreateDirectory(_folder + "/empty")}",
            "ssl_enable=YES", "allow_anon_ssl=YES", "require_ssl_reuse=YES", $"rsa_cert_file={Certificate}", $"rsa_private_key_file={key}",
            "ssl_ciphers=HIGH", $"xferlog_file={_folder}/log", .. settings,
        ]);
        _server = Process.Start(new ProcessStartInfo(Program, [config]))!;
        await Ports.ListensAsync(Port, _server);
    }

    /// <summary>Ends it with all its sessions, each of which is several processes, as if the machine had gone.</summary>
    public void Kill() => _server!.Kill(entireProcessTree: true);

    static async Task DoAsync(string program, params string[] args)
    {
        var done = await Shell.RunAsync("/", null, program, args);
        Assert.True(done.Exit == 0, $"{program}: {done.Stamped}");
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _server!.WaitForExitAsync();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
