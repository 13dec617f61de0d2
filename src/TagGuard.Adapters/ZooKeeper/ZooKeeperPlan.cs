using TagGuard.Keys;

namespace TagGuard.Adapters.ZooKeeper;

/// <summary>`zookeeper` of a connection: where servers register themselves, so that a plan need not name them.</summary>
public sealed record ZooKeeperPlan : IPlanPart
{
    [PlanKey("ZooKeeper's servers, each as host:port; the first that answers is asked.", Example = "[zk1:2181, zk2:2181, zk3:2181]")]
    public IReadOnlyList<string> Hosts { get; init; } = [];

    [PlanKey("Where the servers register, as hive.server2.zookeeper.namespace or kyuubi.ha.namespace. Default hiveserver2.")]
    public string Namespace { get; init; } = "hiveserver2";

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Hosts.Count == 0)
            yield return ("hosts", "Name ZooKeeper's servers, such as `hosts: [zk1:2181]`.");
        foreach (var server in Hosts.Where(server => HostPort.Parse(server) is null))
            yield return ("hosts", $"`{server}` is not a server: write host:port, such as zk1:2181.");
        if (Namespace.Trim('/').Length == 0)
            yield return ("namespace", "It is empty: write where the servers register, such as hiveserver2, or take the line out.");
    }

    [PlanIgnore]
    internal string Path => "/" + Namespace.Trim('/');

    public override string ToString() => $"zookeeper://{string.Join(",", Hosts)}{Path}";
}
