using System.Text;
using TagGuard.Keys;
using TagGuard.Plans;

namespace TagGuard.Adapters.Yaml;

/// <summary>Hashes of what the stages of a plan are judged by, made of the file's nodes: also where checks are not bound, as for a gate.</summary>
/// <remarks>
/// Comments, layout, the order of keys and quotes make no difference; a default that is written out does. Secrets are hashed as they stand in the
/// file, `${env:…}`.
/// </remarks>
static class Definitions
{
    /// <summary>What changes nothing about what is judged: names of people, and how long is waited.</summary>
    static readonly string[] NotOfCheck = ["name", "owner", "runbook", "timeout"];

    /// <summary>Who asks, and how long he waits for an answer, does not change what is asked.</summary>
    static readonly string[] NotOfConnection = ["user", "password", "connect_timeout", "read_timeout", "write_timeout", "timeout"];

    /// <param name="root">The plan.</param>
    /// <param name="file">Its file, with its full path.</param>
    public static IReadOnlyList<StageDefinition> Of(Node root, string file)
    {
        var stages = new List<StageDefinition>();
        if (root is not MapNode plan || plan.Value("stages") is not MapNode all)
            return stages;
        foreach (var stage in all.Pairs)
        {
            var checks = new Dictionary<string, string>();
            var shared = new Dictionary<string, string>();
            foreach (var check in (stage.Value as ListNode)?.Items ?? [])
            {
                if (check is not MapNode map)
                    continue;
                // A plan with two checks of one name is refused elsewhere; here, neither may hide behind the other.
                foreach (var name in Names(map))
                    checks[name] = checks.TryGetValue(name, out var other) ? HashOf(other + HashOf(map, NotOfCheck)) : HashOf(map, NotOfCheck);
                Connections(map, plan.Value("connections") as MapNode, shared);
            }
            foreach (var key in new[] { "calendar", "timezone" })
            {
                if (plan.Value(key) is { } node)
                    shared[$"the {key}"] = HashOf(node, []);
            }
            stages.Add(new StageDefinition(stage.Key.Text, checks, shared, file));
        }
        return stages;
    }

    /// <summary>The check's name, or those of the services that it is about, each of which is a check of its own.</summary>
    static IEnumerable<string> Names(MapNode check)
    {
        if ((check.Value("equal") as MapNode)?.Value("services") is MapNode { Pairs.Count: > 0 } services)
        {
            foreach (var service in services.Pairs)
                yield return service.Key.Text;
        }
        else
        {
            yield return (check.Value("name") as ScalarNode)?.Text ?? "";
        }
    }

    /// <summary>Every connection that is named below a node.</summary>
    static void Connections(Node node, MapNode? connections, Dictionary<string, string> shared)
    {
        foreach (var item in (node as ListNode)?.Items ?? [])
            Connections(item, connections, shared);
        foreach (var pair in (node as MapNode)?.Pairs ?? [])
        {
            if (pair is { Key.Text: "connection", Value: ScalarNode name } && connections?.Value(name.Text) is { } connection)
                shared[$"connection \"{name.Text}\""] = HashOf(connection, NotOfConnection);
            else
                Connections(pair.Value, connections, shared);
        }
    }

    static string HashOf(Node node, string[] without)
    {
        var text = new StringBuilder();
        Write(node, without, text);
        return HashOf(text.ToString());
    }

    /// <summary>The first half of the SHA-256, in hex. Written out, for the runtime's own
    /// hex is compiled for its vectors when a gate starts.</summary>
    static string HashOf(string text)
    {
        const string Digits = "0123456789abcdef";
        var hash = Sha256.HashData(Encoding.UTF8.GetBytes(text));
        var hex = new char[hash.Length];
        for (var i = 0; i < hash.Length / 2; i++)
            (hex[2 * i], hex[2 * i + 1]) = (Digits[hash[i] >> 4], Digits[hash[i] & 15]);
        return new string(hex);
    }

    /// <summary>The node as text that is the same for the same content: keys in order, each text with its length before it.</summary>
    static void Write(Node node, string[] without, StringBuilder text)
    {
        switch (node)
        {
            case ScalarNode { IsNull: true }:
                text.Append('~');
                break;
            case ScalarNode scalar:
                Write(scalar.Text, text);
                break;
            case ListNode list:
                text.Append('[');
                foreach (var item in list.Items)
                    Write(item, [], text);
                text.Append(']');
                break;
            case MapNode map:
                text.Append('{');
                var pairs = new List<MapPair>(map.Pairs);
                pairs.Sort((one, other) => string.CompareOrdinal(one.Key.Text, other.Key.Text));
                foreach (var pair in pairs)
                {
                    if (Array.IndexOf(without, pair.Key.Text) >= 0)
                        continue;
                    Write(pair.Key.Text, text);
                    Write(pair.Value, [], text);
                }
                text.Append('}');
                break;
            default:
                throw new InvalidOperationException($"{node.GetType().Name} is not a node of a plan.");
        }
    }

    static void Write(string value, StringBuilder text) => text.Append(value.Length).Append(':').Append(value);
}
