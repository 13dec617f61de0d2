using System.Globalization;
using System.Text;

namespace TagGuard.Adapters.Yaml;

/// <summary>What a plan judges by, as one line of YAML that reads as the same nodes: all but where its connections lead, and its calendars' files at
/// the end.</summary>
static class JudgingText
{
    const string Connections = "connections";
    const string Calendars = "calendar_files";

    /// <param name="root">The plan.</param>
    /// <param name="calendars">The calendars' files, in their order.</param>
    public static string Of(Node root, IReadOnlyList<byte[]> calendars)
    {
        if (root is not MapNode plan)
            return "";
        var files = calendars.Select(file => (Node)new ScalarNode(0, 0, Convert.ToBase64String(file), isPlain: false)).ToList();
        var text = new StringBuilder();
        Write(
            new MapNode(0, 0, [
                .. plan.Pairs.Select(pair => pair.Key.Text == Connections ? new MapPair(pair.Key, Partitions(pair.Value)) : pair),
                new MapPair(Word(Calendars), new ListNode(0, 0, files)),
            ]),
            text);
        return text.ToString();
    }

    /// <summary>Of connections only the partitions of their tables, which checks are bound with.</summary>
    static MapNode Partitions(Node connections) => new(0, 0, [
        .. Maps(connections)
            .Select(one => new MapPair(one.Name, new MapNode(0, 0, [.. one.Map.Pairs.Where(PartitionDefaults.IsDefault)])))
            .Where(pair => ((MapNode)pair.Value).Pairs.Count > 0),
    ]);

    static IEnumerable<(ScalarNode Name, MapNode Map)> Maps(Node? connections) => connections is MapNode map
        ? map.Pairs.Where(pair => pair.Value is MapNode).Select(pair => (pair.Key, (MapNode)pair.Value))
        : [];

    /// <summary>The plan's nodes with connections that are never opened, and the calendars' files; null when it is no such text.</summary>
    public static (MapNode Root, IReadOnlyList<byte[]> Calendars)? Read(string text, MistakeList mistakes)
    {
        if (YamlTree.Read(text, mistakes) is not MapNode plan || plan.Value(Calendars) is not ListNode files)
            return null;
        var kept = Maps(plan.Value(Connections)).ToDictionary(one => one.Name.Text, one => one.Map.Pairs);
        kept.TryAdd("store", []);
        var connections = kept.Select(one => new MapPair(Word(one.Key), new MapNode(0, 0, [
            new MapPair(Word("type"), Word("sqlite")), new MapPair(Word("path"), Word("never-opened")), .. one.Value,
        ])));
        return (
            new MapNode(0, 0, [
                new MapPair(Word(Connections), new MapNode(0, 0, [.. connections])),
                .. plan.Pairs.Where(pair => pair.Key.Text is not (Connections or Calendars)),
            ]),
            [.. files.Items.OfType<ScalarNode>().Select(file => Convert.FromBase64String(file.Text))]);
    }

    static ScalarNode Word(string text) => new(0, 0, text, isPlain: false);

    static void Write(Node node, StringBuilder text)
    {
        switch (node)
        {
            case ScalarNode { IsNull: true }:
                text.Append('~');
                break;
            case ScalarNode scalar:
                WriteQuoted(scalar.Text, text);
                break;
            case ListNode list:
                WriteAll('[', list.Items, ']', text, Write);
                break;
            case MapNode map:
                WriteAll('{', map.Pairs, '}', text, static (pair, text) =>
                {
                    Write(pair.Key, text);
                    text.Append(": ");
                    Write(pair.Value, text);
                });
                break;
            default:
                throw new InvalidOperationException($"{node.GetType().Name} is not a node of a plan.");
        }
    }

    static void WriteQuoted(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var letter in value)
        {
            if (letter is '"' or '\\')
                text.Append('\\').Append(letter);
            else if (letter is < ' ' or '\u0085' or '\u2028' or '\u2029')
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                text.Append(letter);
        }
        text.Append('"');
    }

    static void WriteAll<T>(char open, IReadOnlyList<T> items, char close, StringBuilder text, Action<T, StringBuilder> write)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            write(items[i], text);
        }
        text.Append(close);
    }
}
