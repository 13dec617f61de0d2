using System.Diagnostics;

namespace TagGuard.RealServerTests.Support;

/// <summary>A real Postfix with STARTTLS, implicit TLS and log-in, and the mailboxes of `example.com`: wang, li, admin, and busy, for whom it says
/// to come later. Needs root.</summary>
public sealed class Postfix : IAsyncLifetime
{
    const string Program = "/usr/sbin/postfix", Passwords = "/usr/sbin/saslpasswd2";

    public const string Password = "correct horse";

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-postfix-").FullName;
    Process? _server;

    /// <summary>Where the line is encrypted by STARTTLS.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>Where it is from the first byte.</summary>
    public int ImplicitPort { get; } = Ports.Free();

    /// <summary>The certificate, which signs itself.</summary>
    public string Certificate => Path.Combine(_folder, "certificate.pem");

    string Settings => Path.Combine(_folder, "etc");

    /// <summary>`mail:` of a plan that uses it, for some recipients.</summary>
    /// <param name="to">Who gets mails, by their names.</param>
    public string Plan(params string[] to) =>
        $"host: localhost, port: {Port}, ca: {Certificate}, user: tagguard, password: \"{Password}\", from: TagGuard <tagguard@example.com>, "
        + $"to: [{string.Join(", ", to.Select(name => name + "@example.com"))}]";

    /// <summary>The files of a mailbox, in the order in which they came.</summary>
    public IReadOnlyList<string> Mailbox(string name) => Directory.Exists(Path.Combine(_folder, "mail", name, "new"))
        ? [.. Directory.GetFiles(Path.Combine(_folder, "mail", name, "new")).OrderBy(File.GetCreationTimeUtc)]
        : [];

    /// <summary>Waits until a mailbox holds so many: the server has taken them, and puts them there a little later.</summary>
    public async Task<IReadOnlyList<string>> MailboxAsync(string name, int count)
    {
        for (var tries = 0; Mailbox(name).Count < count && tries < 200; tries++)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        return Mailbox(name);
    }

    public async ValueTask InitializeAsync()
    {
        Shell.Need(Program, "postfix");
        Shell.Need(Passwords, "sasl2-bin");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Postfix is started by root only.");
        foreach (var folder in new[] { "etc/sasl", "queue", "data", "mail" })
            Directory.CreateDirectory(Path.Combine(_folder, folder));
        var (key, users) = (Path.Combine(_folder, "key.pem"), Path.Combine(_folder, "users"));
        await DoAsync(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost", "-keyout", key, "-out", Certificate);
        await DoAsync("sh", "-c", $"echo '{Password}' | {Passwords} -p -c -u localhost -f '{users}' tagguard");
        await DoAsync("chmod", "a+rx", _folder);
        await DoAsync("chown", "postfix", users, Path.Combine(_folder, "data"));
        await DoAsync("chown", "daemon", Path.Combine(_folder, "mail"));
        await File.WriteAllLinesAsync(Path.Combine(Settings, "sasl", "smtpd.conf"),
            ["pwcheck_method: auxprop", "auxprop_plugin: sasldb", $"sasldb_path: {users}", "mech_list: PLAIN LOGIN"]);
        await File.WriteAllLinesAsync(Path.Combine(Settings, "main.cf"), Main(key));
        await File.WriteAllLinesAsync(Path.Combine(Settings, "master.cf"), Master());
        _server = Process.Start(new ProcessStartInfo(Program, ["-c", Settings, "start-fg"]))!;
        await Ports.ListensAsync(Port, _server);
    }

    string[] Main(string key) =>
    [
        "compatibility_level = 3.6", $"queue_directory = {_folder}/queue", $"data_directory = {_folder}/data", "command_directory = /usr/sbin",
        "daemon_directory = /usr/lib/postfix/sbin", "mail_owner = postfix", "setgid_group = postdrop", "myhostname = localhost", "mydestination =",
        "inet_interfaces = loopback-only", "inet_protocols = ipv4", $"maillog_file = {_folder}/log", $"maillog_file_prefixes = {_folder}",
        "virtual_mailbox_domains = example.com", $"virtual_mailbox_base = {_folder}/mail",
        "virtual_mailbox_maps = inline:{wang@example.com=wang/, li@example.com=li/, admin@example.com=admin/, busy@example.com=busy/}",
        "virtual_uid_maps = static:1", "virtual_gid_maps = static:1", "virtual_minimum_uid = 1",
        $"smtpd_tls_cert_file = {Certificate}", $"smtpd_tls_key_file = {key}", "smtpd_tls_auth_only = yes", "smtpd_sasl_auth_enable = yes",
        "smtpd_recipient_restrictions = check_recipient_access inline:{{busy@example.com = 450 come later}}, permit_sasl_authenticated, reject",
    ];

    string[] Master() =>
    [
        $"{Port} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt", $"{ImplicitPort} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes",
        "postlog unix-dgram n - n - 1 postlogd", "pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr",
        "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce", "defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce",
        "proxymap unix - - n - - proxymap", "virtual unix - n n - - virtual", "anvil unix - - n - 1 anvil", "tlsmgr unix - - n 1000? 1 tlsmgr",
        "error unix - - n - - error", "retry unix - - n - - error",
    ];

    static async Task DoAsync(string program, params string[] args)
    {
        var done = await Shell.RunAsync("/", null, program, args);
        Assert.True(done.Exit == 0, $"{program}: {done.Stamped}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await Shell.RunAsync("/", null, Program, "-c", Settings, "stop");
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }
}
