using System.Diagnostics;

namespace TagGuard.RealServerTests.Support;

/// <summary>A real sshd with SFTP and a user of its own, who has a key and a password; both go at the end. Needs root.</summary>
sealed class SshServer : IAsyncDisposable
{
    const string Program = "/usr/sbin/sshd";

    public const string User = "tagguard-sftp", Password = "not a secret";

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-sshd-").FullName;
    Process? _server;

    public int Port { get; } = Ports.Free();

    /// <summary>The folder that the connection starts from.</summary>
    public string Out => Path.Combine(_folder, "out");

    public string Key => Path.Combine(_folder, "user");

    public string OtherKey => Path.Combine(_folder, "other");

    public string Fingerprint { get; private set; } = "";

    public static async Task<SshServer> StartAsync()
    {
        Shell.Need(Program, "openssh-server");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "sshd is started by root only.");
        var server = new SshServer();
        await server.MakeAsync();
        return server;
    }

    async Task MakeAsync()
    {
        Directory.CreateDirectory(Out);
        await DoAsync("chmod", "a+rx", _folder, Out);
        await RemoveUserAsync();
        var hash = (await DoAsync("openssl", "passwd", "-6", Password)).Trim();
        await DoAsync("useradd", "--no-create-home", "--home-dir", Out, "--shell", "/bin/sh", "--password", hash, User);
        foreach (var key in new[] { "host", "user", "other" })
            await DoAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_folder, key));
        File.Copy(Key + ".pub", Path.Combine(_folder, "authorized"));
        Fingerprint = (await DoAsync("ssh-keygen", "-l", "-f", Path.Combine(_folder, "host.pub"))).Split(' ')[1];
        var config = Path.Combine(_folder, "config");
        await File.WriteAllTextAsync(config, $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {_folder}/host
            PidFile none
            UsePAM no
            StrictModes no
            AuthorizedKeysFile {_folder}/authorized
            PasswordAuthentication yes
            Subsystem sftp internal-sftp
            MaxStartups 100

            """);
        // Where its unprivileged part lives.
        Directory.CreateDirectory("/run/sshd");
        await StartServerAsync();
    }

    public async Task StartServerAsync()
    {
        _server = Process.Start(new ProcessStartInfo(Program, ["-D", "-f", Path.Combine(_folder, "config"), "-E", Path.Combine(_folder, "log")]))!;
        await Ports.ListensAsync(Port, _server);
    }

    public async Task StopServerAsync()
    {
        _server!.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
    }

    static async Task<string> DoAsync(string program, params string[] args)
    {
        var done = await Shell.RunAsync("/", null, program, args);
        Assert.True(done.Exit == 0, $"{program}: {done.Stamped}");
        return done.Output;
    }

    static Task<Outcome> RemoveUserAsync() => Shell.RunAsync("/", null, "userdel", User);

    public async ValueTask DisposeAsync()
    {
        await StopServerAsync();
        _server!.Dispose();
        await RemoveUserAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
