using TagGuard.Keys;

namespace TagGuard.Adapters.Yaml;

/// <summary>The partition that a connection names for its tables, put into the tables that name none: what is wrong with it is told where it
/// stands.</summary>
/// <param name="connections">The connections of the plan; null when there are none.</param>
sealed class PartitionDefaults(MapNode? connections)
{
    const string Partition = "partition", Value = "partition_value";

    /// <summary>The table with the keys that it lacks; itself when it lacks none.</summary>
    public MapNode Fill(MapNode table)
    {
        if ((table.Value("connection") as ScalarNode)?.Text is not { } name || connections?.Value(name) is not MapNode connection || IsOfNone(table))
            return table;
        var missing = connection.Pairs.Where(pair => IsDefault(pair) && table.Value(pair.Key.Text) is null).ToList();
        return missing.Count == 0 ? table : new MapNode(table.Line, table.Column, [.. table.Pairs, .. missing]);
    }

    /// <summary>Whether a line of a connection is about the partitions of its tables.</summary>
    public static bool IsDefault(MapPair line) => line.Key.Text is Partition or Value;

    /// <summary>Whether what a check counts is of its date without a partition.</summary>
    static bool IsOfNone(MapNode table) =>
        table.Value(Partition) is null
        && (Text(table, "snapshot") is "yes" or "true" || Text(table, "from") == "footers" || new DatePattern(Text(table, "table") ?? "").HasDate);

    static string? Text(MapNode table, string key) => (table.Value(key) as ScalarNode)?.Text;
}
