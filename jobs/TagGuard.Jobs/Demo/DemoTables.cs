using System.Collections.Concurrent;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.SparkConnect;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Jobs.Demo;

/// <summary>The demo's tables on a cluster: the files that its ETL wrote are put on HDFS, and tables are made of them.</summary>
/// <param name="warehouse">Where the files are.</param>
/// <param name="cluster">Where they go.</param>
/// <param name="server">The plan's connection to it.</param>
/// <param name="folder">The folder of the plan.</param>
/// <param name="clock">The clock.</param>
sealed class DemoTables(DemoWarehouse warehouse, DemoCluster cluster, ConnectionPlan server, string folder, TimeProvider clock) : IDisposable
{
    const int AtOnce = 8;

    /// <summary>What of a file was put there: a fault writes it anew.</summary>
    readonly ConcurrentDictionary<string, DateTime> _put = new();

    readonly DemoFiles _files = new(cluster);

    IReadOnlyList<string> Databases => [cluster.Databases + "dw", cluster.Databases + "app"];

    /// <summary>Makes the databases, and removes what an earlier demo left in them.</summary>
    /// <exception cref="SourceException">The server does not answer, or refuses.</exception>
    /// <exception cref="IOException">HDFS does not, or does.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(
                [
                    .. Databases.Select(name => $"create database if not exists {name}"),
                    .. DemoWarehouse.Tables.Select(table => $"drop table if exists {cluster.Databases}{table}"),
                ],
                cancellationToken);
        }
        catch (SourceException fault)
        {
            throw new SourceException(
                fault.SourceName,
                fault.Address,
                fault.Message[(fault.Message.IndexOf("): ", StringComparison.Ordinal) + 3)..]
                    + $" The demo's server is named by --warehouse {cluster.Kind}://user@host:port.",
                fault.Asked,
                fault);
        }
        await _files.RemoveAsync(cluster.Root, cancellationToken);
    }

    /// <summary>Puts all files there, and makes the tables.</summary>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await PutAsync(cancellationToken);
        var script = await File.ReadAllLinesAsync(warehouse.ClusterTables(cluster.Kind), cancellationToken);
        var tables = string.Join('\n', script.SkipWhile(line => line.StartsWith("--", StringComparison.Ordinal)))
            .Replace("{databases}", cluster.Databases, StringComparison.Ordinal)
            .Replace("{root}", cluster.Root, StringComparison.Ordinal)
            .Split(";", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var partitions = DemoWarehouse.Tables.Select(table => $"msck repair table {cluster.Databases}{table}");
        await RunAsync([.. tables, .. partitions], cancellationToken);
    }

    /// <summary>Puts the files there that are new or other than what was put.</summary>
    public Task PutAsync(CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            warehouse.Parts(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (part, token) =>
            {
                var written = File.GetLastWriteTimeUtc(part.File);
                if (_put.TryGetValue(part.Name, out var before) && before == written)
                    return;
                await _files.WriteAsync($"{cluster.Root}/{part.Name}", await File.ReadAllBytesAsync(part.File, token), token);
                _put[part.Name] = written;
            });

    public void Dispose() => _files.Dispose();

    Task RunAsync(IEnumerable<string> statements, CancellationToken cancellationToken) => server switch
    {
        HiveConnectionPlan hive => HiveScripts.RunAsync(hive, "warehouse", folder, statements, clock, cancellationToken),
        SparkConnectConnectionPlan spark => SparkScripts.RunAsync(spark, "warehouse", folder, statements, clock, cancellationToken),
        _ => throw new InvalidOperationException($"{server.GetType()} is no cluster."),
    };
}
