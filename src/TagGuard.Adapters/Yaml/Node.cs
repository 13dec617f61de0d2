namespace TagGuard.Adapters.Yaml;

/// <summary>A piece of YAML and where it stands (1-based line and column).</summary>
abstract class Node(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>How many nodes it holds, itself included and aliases counted in full.</summary>
    public abstract int Size { get; }
}

sealed class ScalarNode(int line, int column, string text, bool isPlain) : Node(line, column)
{
    /// <summary>The text as it stands in the file: secrets are not filled in.</summary>
    public string Text { get; } = text;

    /// <summary>Nothing, `~` or `null`, not in quotes.</summary>
    public bool IsNull => isPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    public override int Size => 1;
}

sealed class ListNode(int line, int column, IReadOnlyList<Node> items) : Node(line, column)
{
    public IReadOnlyList<Node> Items { get; } = items;

    public override int Size { get; } = 1 + items.Sum(item => item.Size);
}

/// <remarks>Small things of the reader are classes: lists of structs would be compiled for each when the program starts.</remarks>
sealed record MapPair(ScalarNode Key, Node Value);

/// <summary>Keys and values in the order of the file; a key may be there twice, which is for the binder to say.</summary>
sealed class MapNode(int line, int column, IReadOnlyList<MapPair> pairs) : Node(line, column)
{
    public IReadOnlyList<MapPair> Pairs { get; } = pairs;

    public override int Size { get; } = 1 + pairs.Sum(pair => 1 + pair.Value.Size);

    /// <summary>The value of a key, of the first where it is there twice; null when it is not there.</summary>
    public Node? Value(string key)
    {
        foreach (var pair in Pairs)
        {
            if (pair.Key.Text == key)
                return pair.Value;
        }
        return null;
    }

    /// <summary>Where a key stands, `left.connection` being the `connection` of `left`, and `all.1.sql` the `sql` of the second in the list `all`; of
    /// a key that is not there, the nearest that is, or null.</summary>
    public Node? Locate(string key)
    {
        Node? found = null;
        Node here = this;
        foreach (var name in key.Split('.'))
        {
            if (here is ListNode list && int.TryParse(name, out var place) && place < list.Items.Count)
            {
                found = here = list.Items[place];
                continue;
            }
            if ((here as MapNode)?.Pairs.FirstOrDefault(pair => pair.Key.Text == name) is not { } pair)
                break;
            (found, here) = (pair.Key, pair.Value);
        }
        return found;
    }
}
