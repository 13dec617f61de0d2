using System.Net.Sockets;
using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Adapters.ZooKeeper;

/// <summary>Which servers are there, as they registered themselves.</summary>
static class Registry
{
    /// <summary>Before the address in a node's name, HiveServer2's and Kyuubi's: `serverUri=hs2a:10000;version=4.0.1;sequence=0000000003`.</summary>
    static readonly string[] Words = ["serverUri=", "serviceUri="];

    /// <summary>The servers that are registered now, in the order in which they came.</summary>
    /// <param name="plan">Where they register.</param>
    /// <param name="patience">How long each ZooKeeper may take.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SqlFault">None is, or no ZooKeeper says so.</exception>
    public static async Task<IReadOnlyList<HostPort>> ServersAsync(
        ZooKeeperPlan plan, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        var names = await NamesAsync(plan, patience, clock, cancellationToken)
            ?? throw new SqlFault($"ZooKeeper has no {plan.Path}: check `namespace` of `zookeeper`, and that a server ever registered.");
        var servers = Of(names);
        return servers.Count > 0
            ? servers
            : throw new SqlFault($"No server is registered in ZooKeeper under {plan.Path}: start one, or check `namespace` of `zookeeper`.")
            {
                IsTransient = true,
            };
    }

    /// <summary>The servers in names of nodes, oldest first; nodes of another kind are none.</summary>
    public static IReadOnlyList<HostPort> Of(IEnumerable<string> names) =>
    [
        .. names.OrderBy(name => name[(name.LastIndexOf('=') + 1)..], StringComparer.Ordinal)
            .Select(name => name.Split(';')[0])
            .Select(first => Words.FirstOrDefault(word => first.StartsWith(word, StringComparison.Ordinal)) is { } word
                ? HostPort.Parse(first[word.Length..])
                : null)
            .OfType<HostPort>()
            .Distinct(),
    ];

    /// <summary>The names of the nodes, from the first ZooKeeper that answers; null where the path is not there.</summary>
    static async Task<IReadOnlyList<string>?> NamesAsync(
        ZooKeeperPlan plan, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                var server = HostPort.Parse(plan.Hosts[i])!.Value;
                return await Within.AskAsync(patience, clock, token => NamesAsync(server, plan.Path, token), cancellationToken);
            }
            catch (Exception fault) when (fault is SocketException or IOException or InvalidDataException or TimeoutException)
            {
                if (i + 1 == plan.Hosts.Count)
                {
                    var told = $"ZooKeeper at {plan.Hosts[i]}: {fault.Message.TrimEnd('.')}. Check `hosts` of `zookeeper`, and that it runs.";
                    throw new SqlFault(told, fault)
                    {
                        IsTransient = fault is not InvalidDataException,
                    };
                }
            }
        }
    }
    static async Task<IReadOnlyList<string>?> NamesAsync(HostPort server, string path, CancellationToken cancellationToken)
    {
        using var line = await ZooKeeperLine.OpenAsync(server, cancellationToken);
        return await line.ChildrenAsync(path, cancellationToken);
    }
}
