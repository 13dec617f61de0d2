using System.ComponentModel;
using System.Diagnostics;
using MySqlConnector;
using TagGuard.Adapters.MySql;
using TagGuard.Storage;

namespace TagGuard.Jobs.Demo;

/// <summary>A MariaDB of the demo's own: its data lie in the demo's folder, and so does its
/// socket, where only its user can enter; it has no network.</summary>
sealed class DemoServer : IAsyncDisposable
{
    /// <summary>A unix socket's name is no longer: sockaddr_un in unix(7).</summary>
    const int LongestSocket = 107;

    const string Cure = "Install it (apt-get install mariadb-server-core mariadb-client-core), or name a server: --store mysql://user@host/database.";

    static readonly string[] Places = ["/usr/sbin", "/usr/bin"];

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    readonly Process _process;
    readonly string _log;
    readonly MySqlConnectionPlan _plan;

    DemoServer(Process process, string log, MySqlConnectionPlan plan) => (_process, _log, _plan) = (process, log, plan);

    /// <summary>The socket of a demo in this folder.</summary>
    /// <exception cref="UsageException">The folder's name is too long for one.</exception>
    public static string SocketIn(string folder) => Path.Combine(folder, "mariadb", "data", "socket") is { Length: <= LongestSocket } socket
        ? socket
        : throw new UsageException($"{folder} is too long a name for the socket of a server in it. Choose a shorter one with --folder.");

    /// <summary>The file that starts it again: `mariadbd --defaults-file=…`.</summary>
    public static string SettingsIn(string folder) => Path.Combine(folder, "mariadb", "my.cnf");

    /// <summary>Makes its data and starts it.</summary>
    /// <exception cref="StoreException">The server is not installed, or does not start.</exception>
    public static async Task<DemoServer> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var place = Path.Combine(folder, "mariadb");
        // A server that starts removes temporary tables of others that share its folder for them.
        Directory.CreateDirectory(Path.Combine(place, "tmp"));
        var log = Path.Combine(place, "error.log");
        await File.WriteAllTextAsync(SettingsIn(folder), $"""
            [mariadbd]
            user = {Environment.UserName}
            datadir = {place}/data
            tmpdir = {place}/tmp
            socket = {SocketIn(folder)}
            pid-file = {place}/pid
            log-error = {log}
            skip-networking
            skip-log-bin

            """,
            cancellationToken);
        using (
            var install = Start(
                "mariadb-install-db",
                $"--defaults-file={SettingsIn(folder)}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db"))
        {
            var told = install.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await install.StandardError.ReadToEndAsync(cancellationToken);
            await install.WaitForExitAsync(cancellationToken);
            if (install.ExitCode != 0)
                throw new StoreException($"mariadb-install-db failed: {error}{await told}");
        }
        var plan = new MySqlConnectionPlan { Socket = SocketIn(folder), Database = "mysql", User = "root" };
        var server = new DemoServer(Start("mariadbd", $"--defaults-file={SettingsIn(folder)}"), log, plan);
        try
        {
            await server.AnswersAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _plan.UseAsync("", connection => new MySqlCommand("shutdown", connection).ExecuteNonQueryAsync(), CancellationToken.None);
            using var patience = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (Exception fault) when (fault is StoreException or OperationCanceledException)
        {
            _process.Kill();
        }
        _process.Dispose();
    }

    async Task AnswersAsync(CancellationToken cancellationToken)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(100, cancellationToken))
        {
            try
            {
                await _plan.UseAsync("", _ => Task.CompletedTask, cancellationToken);
                return;
            }
            catch (StoreException) when (!_process.HasExited && clock.Elapsed < Patience)
            {
                // Not yet.
            }
            catch (StoreException fault)
            {
                throw new StoreException($"mariadbd did not start: look at {_log}. {fault.Message}", fault);
            }
        }
    }

    static Process Start(string program, params string[] arguments)
    {
        var place = Places.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? program;
        try
        {
            return Process.Start(new ProcessStartInfo(place, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception fault)
        {
            throw new StoreException($"{program} is not there. {Cure}", fault);
        }
    }
}
