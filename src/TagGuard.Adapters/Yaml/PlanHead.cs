namespace TagGuard.Adapters.Yaml;

/// <summary>The part of a plan that a gate needs: name, time zone, language, the store, and the stages by name without their checks.</summary>
/// <remarks>`tagguard gate` is called before every step of a pipeline; binding checks and rules would take longer than all else it does.</remarks>
static class PlanHead
{
    public const string Stages = "stages";

    /// <summary>The same tree without the rest.</summary>
    public static Node Of(Node root)
    {
        if (root is not MapNode plan)
            return root;
        var pairs = new List<MapPair>();
        foreach (var pair in plan.Pairs)
        {
            switch (pair.Key.Text)
            {
                case "name" or "timezone" or "language" or "gate":
                    pairs.Add(pair);
                    break;
                case "connections":
                    pairs.Add(new MapPair(pair.Key, OnlyStore(pair.Value)));
                    break;
                case Stages:
                    pairs.Add(new MapPair(pair.Key, OnlyNames(pair.Value)));
                    break;
                default:
                    break;
            }
        }
        return new MapNode(plan.Line, plan.Column, pairs);
    }

    static Node OnlyStore(Node connections)
    {
        if (connections is not MapNode map)
            return connections;
        var pairs = new List<MapPair>();
        foreach (var pair in map.Pairs)
        {
            if (pair.Key.Text == "store")
                pairs.Add(pair);
        }
        return pairs.Count == 0 ? map : new MapNode(map.Line, map.Column, pairs);
    }

    static Node OnlyNames(Node stages)
    {
        if (stages is not MapNode map)
            return stages;
        var pairs = new List<MapPair>();
        foreach (var pair in map.Pairs)
            pairs.Add(new MapPair(pair.Key, new ListNode(pair.Value.Line, pair.Value.Column, [])));
        return new MapNode(map.Line, map.Column, pairs);
    }
}
