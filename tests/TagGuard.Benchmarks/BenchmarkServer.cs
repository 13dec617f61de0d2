using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters.MySql;

namespace TagGuard.Benchmarks;

/// <summary>Debian's mariadbd on a free port with its own data, gone at the end.</summary>
sealed class BenchmarkServer : IAsyncDisposable
{
    const string Program = "/usr/sbin/mariadbd";

    /// <summary>mariadbd refuses to run as root.</summary>
    static readonly string[] AsUser = Environment.UserName == "root" ? ["--user=nobody"] : [];

    readonly string _folder;
    Process? _process;

    BenchmarkServer(string folder)
    {
        _folder = folder;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    string Socket => Path.Combine(_folder, "mysqld.sock");

    /// <param name="folder">Is made, and holds its data.</param>
    /// <param name="settings">Beside the server's defaults, with which each commit reaches the disk.</param>
    public static async Task<BenchmarkServer> StartAsync(string folder, params string[] settings)
    {
        var server = new BenchmarkServer(Directory.CreateDirectory(folder).FullName);
        Directory.CreateDirectory($"{folder}/tmp");
        if (AsUser.Length > 0)
        {
            await RunAsync("chmod", "755", Path.GetDirectoryName(folder)!);
            await RunAsync("chown", "-R", "nobody:nogroup", folder);
        }
        await RunAsync(
            "mariadb-install-db",
            [
                "--no-defaults",
                $"--datadir={folder}/data",
                $"--tmpdir={folder}/tmp",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                .. AsUser,
            ]);
        server._process = Process.Start(
            new ProcessStartInfo(
                Program,
                [
                    "--no-defaults",
                    $"--datadir={folder}/data",
                    $"--tmpdir={folder}/tmp",
                    $"--socket={server.Socket}",
                    $"--port={server.Port}",
                    "--bind-address=127.0.0.1",
                    "--skip-name-resolve",
                    "--skip-log-bin",
                    "--local-infile",
                    $"--log-error={folder}/error.log",
                    .. settings,
                    .. AsUser,
                ])
        )!;
        for (var tries = 0; !File.Exists(server.Socket); tries++)
        {
            if (tries == 600 || server._process.HasExited)
                throw new InvalidOperationException(await File.ReadAllTextAsync(Path.Combine(folder, "error.log")));
            await Task.Delay(100);
        }
        return server;
    }

    /// <summary>A database of it, as root, over TCP as from another machine.</summary>
    public MySqlConnectionPlan Plan(string database) =>
        new()
        {
            Host = "127.0.0.1",
            Port = Port,
            Tls = TlsMode.Off,
            Database = database,
            User = "root",
        };

    /// <summary>Runs statements as root over TCP, with the client that everybody has.</summary>
    public Task RunAsync(string sql) =>
        RunAsync(
            "mariadb",
            "--no-defaults",
            "--local-infile=1",
            "-h",
            "127.0.0.1",
            "-P",
            Port.ToString(CultureInfo.InvariantCulture),
            "-u",
            "root",
            "-e",
            sql);

    /// <summary>Runs a program to its end.</summary>
    public static Task RunAsync(string program, params string[] arguments) => OutputAsync(program, arguments);

    /// <summary>What a program says until its end.</summary>
    public static async Task<string> OutputAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program}: {error}{await output}");
        return await output;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not { HasExited: false })
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
