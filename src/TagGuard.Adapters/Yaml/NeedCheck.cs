using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Adapters.Yaml;

/// <summary>Checks that every connection that a measurement names is there can do what the measurement asks of it, and can run its SQL.</summary>
sealed class NeedCheck(
    IReadOnlyDictionary<string, Type> connectionTypes,
    IReadOnlyDictionary<string, ConnectionPlan> connections,
    MistakeList mistakes)
{
    public void Check(IMeasure measure, string kind, MapNode node)
    {
        // An empty name is a missing or unreadable key: it was told already.
        foreach (var need in measure.Needs.Where(need => need.Connection.Length > 0))
        {
            var at = node.Locate(need.Key) ?? node;
            if (!connections.TryGetValue(need.Connection, out var connection))
                mistakes.Add(at, Missing(need.Connection), about: node);
            else if (connection is not UnreadConnection && !connection.Capabilities.Contains(need.Capability))
                mistakes.Add(at, Incapable(need, connection, kind), about: node);
            else
                CheckAsked(need, connection, node);
        }
    }

    void CheckAsked(Need need, ConnectionPlan connection, MapNode node)
    {
        foreach (var (key, message) in need.Part is { } part ? connection.Refuses(part) : [])
            mistakes.Add(node.Locate(need.PartKey + key) ?? node, message, about: node);
        foreach (var query in need.Queries)
        {
            if (connection.MistakeIn(query.Sql) is { } mistake)
                mistakes.Add(node.Locate(query.Key) ?? node, mistake, about: node);
        }
    }

    string Missing(string name)
    {
        var cure = Nearest.To(name, connections.Keys) is { } near ? $"did you mean `{near}`?" : "add it there, or use another.";
        return $"No connection is named `{name}`: {cure} `connections` has {string.Join(", ", connections.Keys)}.";
    }

    string Incapable(Need need, ConnectionPlan connection, string kind)
    {
        var ready = connections.Where(other => other.Value.Capabilities.Contains(need.Capability)).Select(other => $"`{other.Key}`").ToList();
        var types = connectionTypes
            .Where(type => ((ConnectionPlan)Activator.CreateInstance(type.Value)!).Capabilities.Contains(need.Capability))
            .Select(type => type.Key)
            .ToList();
        var cure = ready.Count > 0 ? $"use {string.Join(" or ", ready)}"
            : types.Count > 0 ? $"add a connection of type {string.Join(" or ", types)}"
            : "no type of connection can, so take the check out";
        var type = connectionTypes.First(type => type.Value == connection.GetType()).Key;
        return $"Connection `{need.Connection}` (type {type}) cannot {Words(need.Capability)}, which `{kind}` asks for: {cure}.";
    }

    static string Words(Type capability) =>
        capability == typeof(ICountSource) ? "count rows"
        : capability == typeof(IStatisticsSource) ? "keep statistics of partitions"
        : capability == typeof(IFooterSource) ? "read the footers of files"
        : capability == typeof(IVolumeSource) ? "count users by tag"
        : capability == typeof(IRowsSource) ? "run a query"
        : capability == typeof(ITableSource) ? "read the rows of a table"
        : capability == typeof(IKeyedSource) ? "hash its rows"
        : capability == typeof(IExportSource) ? "read exported files"
        : capability == typeof(IJsonSource) ? "answer with JSON"
        : capability == typeof(IPathSource) ? "look at paths"
        : capability == typeof(IScanSource) ? "scan a table by the keys of its rows"
        : $"serve as {capability.Name}";
}
