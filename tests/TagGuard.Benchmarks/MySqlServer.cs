using System.Data.Common;
using System.Diagnostics;
using TagGuard.Adapters.MySql.Driver;

namespace TagGuard.Benchmarks;

/// <summary>A mariadbd of its own, with its own settings of durability (every commit reaches the disk); reached by its socket, gone with its data at the end.</summary>
sealed class MySqlServer : IDisposable
{
    const string Database = "tagguard";

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-bench-").FullName;
    readonly Process _process;

    MySqlServer()
    {
        var asUser = Environment.UserName == "root" ? " --user=mysql" : "";
        if (asUser.Length > 0)
            Run("chown", $"mysql: {_folder}");
        Run("mariadb-install-db", $"--no-defaults --datadir={_folder}/data --auth-root-authentication-method=normal --skip-test-db{asUser}");
        _process = Process.Start(
            "mariadbd", $"--no-defaults --datadir={_folder}/data --socket={Socket} --pid-file={_folder}/pid --log-error={_folder}/log --skip-networking --local-infile --innodb-buffer-pool-size=512M{asUser}");
    }

    string Socket => Path.Combine(_folder, "socket");

    public MySqlOptions Options => MySqlOptions.Parse(Text(Database));

    public static async Task<MySqlServer> StartAsync()
    {
        var server = new MySqlServer();
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var connection = await OpenAsync(server.Text("mysql"), CancellationToken.None);
                await using var command = connection.CreateCommand();
                command.CommandText = $"create database {Database} character set utf8mb4";
                await command.ExecuteNonQueryAsync();
                return server;
            }
            catch (DbException) when (tries < 300)
            {
                await Task.Delay(100);
            }
        }
    }

    public Task<DbConnection> ConnectAsync(CancellationToken cancellationToken) => OpenAsync(Text(Database), cancellationToken);

    /// <summary>Runs SQL with the client that everybody has.</summary>
    public void Client(string sql) => Run("mariadb", $"--no-defaults --socket={Socket} --user=root --local-infile=1 {Database} -e \"{sql}\"");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    string Text(string database) => $"Socket={Socket};User ID=root;Database={database};DefaultCommandTimeout=600";

    static async Task<DbConnection> OpenAsync(string text, CancellationToken cancellationToken)
    {
        var connection = MySqlProviderFactory.Instance.CreateConnection();
        connection.ConnectionString = text;
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    static void Run(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program}: {error}{output.Result}");
    }
}
