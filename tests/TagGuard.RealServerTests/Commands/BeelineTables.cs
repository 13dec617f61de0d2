using System.Net;
using System.Net.Sockets;
using TagGuard.Adapters.Command;
using TagGuard.RealServerTests.Hive;
using TagGuard.RealServerTests.Support;
using TagGuard.SourceContracts;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Commands;

/// <summary>The tables of <see cref="SparkThriftTables"/>, asked by beeline.</summary>
public sealed class BeelineTables : ISourceTables
{
    readonly SparkThriftTables _tables = new();
    int? _deadPort;

    public string Endless => _tables.Endless;

    public string QuoteInText => _tables.QuoteInText;

    public ValueTask MakeAsync() => _tables.MakeAsync();

    public Task AddAsync(SourceTable table) => _tables.AddAsync(table);

    public ISource Open() => Beeline(CommandDialect.Spark, _deadPort ?? 10000, _tables.Database).Open("source", "/", TimeProvider.System);

    public ValueTask<IAsyncDisposable> DisturbAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _deadPort = ((IPEndPoint)listener.LocalEndpoint).Port;
        return ValueTask.FromResult<IAsyncDisposable>(new Disturbance(() => _deadPort = null));
    }

    public ValueTask DisposeAsync() => _tables.DisposeAsync();

    /// <summary>Hive's own client, as a plan starts it.</summary>
    internal static CommandConnectionPlan Beeline(CommandDialect dialect, int port, string database) => new()
    {
        Command = [Engines.Script, "beeline", "--silent=true", "--outputformat=tsv2", "-e", "{sql}"],
        Dialect = dialect,
        Environment = new Dictionary<string, string>
        {
            ["TAGGUARD_HIVE_URL"] = $"jdbc:hive2://127.0.0.1:{port}/{database}",
            // Letters of texts do not depend on what the client takes for their encoding.
            ["LC_ALL"] = "C",
        },
    };
}
