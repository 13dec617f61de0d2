using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TagGuard.RealServerTests.Support;

/// <summary>What every server starts from: an empty data directory, made once, and certificates of an authority of its own.</summary>
sealed class MariaDbFiles : IDisposable
{
    public const string Program = "/usr/sbin/mariadbd";

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-mariadb-").FullName;

    MariaDbFiles()
    {
    }

    static readonly bool IsRoot = Environment.UserName == "root";

    public string AuthorityFile => Path.Combine(_folder, "ca.pem");

    /// <summary>An authority that signed nothing.</summary>
    public string StrangerFile => Path.Combine(_folder, "stranger.pem");

    public static async Task<MariaDbFiles> MakeAsync()
    {
        var files = new MariaDbFiles();
        try
        {
            files.WriteCertificates();
            // A server that starts removes temporary tables of others that share its folder for them.
            var temporary = Directory.CreateDirectory(Path.Combine(files._folder, "tmp")).FullName;
            await GiveAwayAsync(files._folder);
            await RunAsync(
                Start(
                    "mariadb-install-db",
                    "--no-defaults",
                    $"--datadir={files.Template}",
                    $"--tmpdir={temporary}",
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db"));
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Starts a program as a user without rights: mariadbd refuses to run as root.</summary>
    public static ProcessStartInfo Start(string program, params string[] arguments) => IsRoot
        ? new("setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, .. arguments])
        : new(program, arguments);

    /// <summary>A folder with all a server needs, owned by the user that runs it.</summary>
    public async Task<string> CopyAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tagguard-mariadb-").FullName;
        await RunAsync(new("cp", ["-a", Template, Path.Combine(folder, "data")]));
        Directory.CreateDirectory(Path.Combine(folder, "tmp"));
        foreach (var file in new[] { "ca.pem", "server.pem", "server.key" })
            File.Copy(Path.Combine(_folder, file), Path.Combine(folder, file));
        await GiveAwayAsync(folder);
        return folder;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Template => Path.Combine(_folder, "template");

    static Task GiveAwayAsync(string folder) => IsRoot ? RunAsync(new("chown", ["-R", "nobody:nogroup", folder])) : Task.CompletedTask;

    static async Task RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{start.FileName}: {error}{await output}");
    }

    void WriteCertificates()
    {
        var (from, until) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        using var authorityKey = RSA.Create(2048);
        using var authority = Authority("TagGuard tests", authorityKey, from, until);
        using var strangerKey = RSA.Create(2048);
        using var stranger = Authority("a stranger", strangerKey, from, until);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=server of tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var server = request.Create(authority, from, until, [1]);
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        File.WriteAllText(StrangerFile, stranger.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "server.pem"), server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }

    static X509Certificate2 Authority(string name, RSA key, DateTimeOffset from, DateTimeOffset until)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(from, until);
    }
}
