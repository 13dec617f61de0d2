using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

namespace TagGuard.RealServerTests.Support;

/// <summary>One mariadbd on a free port of this machine, with its own data, socket and certificate; gone with its data at the end.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    public const string User = "tagguard";
    public const string Password = "geheim 'und\" \\quer;";

    static int _databases;

    readonly MariaDbFiles _files;
    readonly string _folder;
    readonly IReadOnlyList<string> _arguments;
    Process? _process;

    MariaDbServer(MariaDbFiles files, string folder, IReadOnlyList<string> arguments)
    {
        _files = files;
        _folder = folder;
        _arguments = arguments;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public string Socket => Path.Combine(_folder, "mysqld.sock");

    /// <summary>The authority that signed the server's certificate, which is for localhost and
    /// 127.0.0.1, not for 127.0.0.2, where it listens as well.</summary>
    public string AuthorityFile => _files.AuthorityFile;

    /// <summary>An authority that did not.</summary>
    public string StrangerFile => _files.StrangerFile;

    public bool IsRunning => _process is { HasExited: false };

    internal static async Task<MariaDbServer> StartAsync(MariaDbFiles files, IReadOnlyList<string> arguments)
    {
        var server = new MariaDbServer(files, await files.CopyAsync(), arguments);
        try
        {
            await server.StartAsync();
            await server.RunAsync(
                $"create user {User}@'%' identified by "
                    + $"'{Password.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'");
            await server.RunAsync($"grant all on *.* to {User}@'%' with grant option");
            await server.RunAsync($"revoke read only admin on *.* from {User}@'%'");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task<MariaDbDatabase> DatabaseAsync()
    {
        var name = "t" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);
        await RunAsync($"create database {name} character set utf8mb4");
        return new MariaDbDatabase(this, name);
    }

    /// <summary>Runs a statement as root.</summary>
    public async Task RunAsync(string sql)
    {
        await using var connection = Root();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>kill -STOP: the machine answers for it, it itself does not.</summary>
    public async Task PauseAsync()
    {
        using var stop = Process.Start("kill", ["-STOP", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await stop.WaitForExitAsync();
    }

    /// <summary>Kills it, if it runs, and starts it again on the same port with the same data.</summary>
    public async Task RestartAsync()
    {
        if (IsRunning)
            await KillAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await KillAsync();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    async Task StartAsync()
    {
        _process?.Dispose();
        // A folder for passing tables of its own: a server that starts deletes all that it
        // finds there, and one whose tables another has deleted crashes.
        string[] arguments =
        [
            "--no-defaults",
            $"--datadir={_folder}/data",
            $"--tmpdir={_folder}/tmp",
            $"--socket={Socket}",
            $"--port={Port}",
            "--bind-address=127.0.0.1,127.0.0.2",
            $"--pid-file={_folder}/pid",
            $"--log-error={_folder}/error.log",
            $"--ssl-ca={_folder}/ca.pem",
            $"--ssl-cert={_folder}/server.pem",
            $"--ssl-key={_folder}/server.key",
            "--skip-name-resolve",
            "--skip-log-bin",
            "--local-infile",
            "--innodb-buffer-pool-size=64M",
            "--innodb-log-file-size=32M",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-flush-method=nosync",
            "--max-allowed-packet=64M",
            .. _arguments,
        ];
        var start = MariaDbFiles.Start(MariaDbFiles.Program, arguments);
        // It says what it likes to say before it opens its log.
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        var log = Path.Combine(_folder, "error.log");
        var refused = "";
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            Assert.True(
                IsRunning && clock.Elapsed < TimeSpan.FromMinutes(1),
                $"mariadbd did not start: {refused}\n{(File.Exists(log) ? await File.ReadAllTextAsync(log) : "no log")}");
            try
            {
                await using var connection = Root();
                await connection.OpenAsync();
                return;
            }
            catch (DbException fault)
            {
                // Whatever it says while it starts: its socket may appear between the fault and a look at it.
                refused = fault.Message;
            }
        }
    }

    MySqlConnection Root() => new(new MySqlConnectionStringBuilder
    {
        Server = Socket,
        ConnectionProtocol = MySqlConnectionProtocol.UnixSocket,
        UserID = "root",
        Pooling = false,
        // The host of an account is written as one.
        AllowUserVariables = true,
    }.ConnectionString);
}
