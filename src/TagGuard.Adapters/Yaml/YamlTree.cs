using TagGuard.Keys;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace TagGuard.Adapters.Yaml;

/// <summary>Puts the tokens of one YAML document together to nodes.</summary>
/// <remarks>
/// YamlDotNet's own parser compiles a regular expression before it starts, which costs more than reading a plan does, and its representation model
/// stops at the first key that is there twice and follows aliases without a limit. A test holds this against that parser.
/// </remarks>
sealed class YamlTree(YamlTokens tokens, MistakeList mistakes)
{
    const int MaxDepth = 40;
    const int MaxNodes = 200_000;

    readonly Dictionary<string, Node> _anchors = [];
    int _nodes;

    /// <summary>The document, or null when the text is not one YAML document: the mistake is noted.</summary>
    public static Node? Read(string text, MistakeList mistakes)
    {
        var tokens = new YamlTokens(text);
        try
        {
            return new YamlTree(tokens, mistakes).Document();
        }
        catch (YamlException fault)
        {
            tokens.Tell(fault, mistakes);
            return null;
        }
    }

    Node? Document()
    {
        tokens.Skip<StreamStart>();
        while (tokens.Skip<VersionDirective>() || tokens.Skip<TagDirective>())
        {
        }
        tokens.Skip<DocumentStart>();
        if (tokens.Here is StreamEnd)
        {
            mistakes.Add(1, 1, "The plan is empty: begin with `name: userprofile`, then `connections:` and `stages:`.");
            return null;
        }
        var root = Next(0);
        var isEnded = false;
        while (tokens.Skip<DocumentEnd>())
            isEnded = true;
        if (tokens.Here is DocumentStart || (isEnded && tokens.Here is not StreamEnd))
        {
            var (line, column) = YamlTokens.At(tokens.Here.Start);
            mistakes.Add(line, column, "A second document begins here: a plan is one document, so take the `---` out or make it a file of its own.");
        }
        else if (tokens.Here is not StreamEnd)
        {
            throw tokens.Unexpected();
        }
        return root;
    }

    /// <summary>A value with its anchor; an empty word when what is here belongs to what is around it.</summary>
    /// <param name="depth">How deep it lies.</param>
    /// <param name="isIndented">False below a key, where the dashes of a list may stand as far left as the key.</param>
    Node Next(int depth, bool isIndented = true)
    {
        var start = tokens.Here.Start;
        if (depth > MaxDepth)
            throw new YamlException(start, start, "it is nested too deeply");
        var anchor = Anchored();
        var isAlias = tokens.Here is AnchorAlias;
        var (line, column) = YamlTokens.At(start);
        Node node = tokens.Here switch
        {
            AnchorAlias alias when anchor is null => Alias(alias),
            Scalar scalar => Word(scalar, line, column),
            BlockSequenceStart => new ListNode(line, column, BlockItems(depth)),
            BlockEntry when !isIndented => new ListNode(line, column, Items(depth)),
            FlowSequenceStart => new ListNode(line, column, FlowItems(depth)),
            BlockMappingStart => new MapNode(line, column, BlockPairs(depth)),
            FlowMappingStart => new MapNode(line, column, FlowPairs(depth)),
            BlockEntry when tokens.Before.Index > start.Index => Empty(),
            Key or Value or BlockEnd or FlowEntry or FlowSequenceEnd or FlowMappingEnd or DocumentStart or DocumentEnd or StreamEnd
                => Empty(),
            _ => throw tokens.Unexpected(),
        };
        // Aliases of aliases of aliases would otherwise make a small file endless.
        _nodes += isAlias ? node.Size : 1;
        if (_nodes > MaxNodes)
            throw new YamlException(start, start, "it is too large for a plan");
        if (anchor is not null)
            _anchors[anchor] = node;
        return node;
    }

    /// <summary>The name of the anchor before a value, or null; a tag of YAML's own (`!!str`) is passed over.</summary>
    string? Anchored()
    {
        string? anchor = null;
        var isTagged = false;
        for (; (tokens.Here is Anchor && anchor is null) || (tokens.Here is Tag && !isTagged); tokens.Next())
        {
            if (tokens.Here is Tag { Handle: not "!!" })
                throw new YamlException(tokens.Here.Start, tokens.Here.End, "tags such as !name mean nothing in a plan");
            isTagged |= tokens.Here is Tag;
            anchor = (tokens.Here as Anchor)?.Value.Value ?? anchor;
        }
        if (isTagged && tokens.Here is AnchorAlias)
            throw tokens.Unexpected();
        return anchor;
    }

    Node Alias(AnchorAlias alias)
    {
        tokens.Next();
        return _anchors.TryGetValue(alias.Value.Value, out var node)
            ? node
            : throw new YamlException(alias.Start, alias.End, $"no anchor &{alias.Value} stands before *{alias.Value}");
    }

    ScalarNode Word(Scalar scalar, int line, int column)
    {
        tokens.Next();
        var text = SecretBraces.Unveil(scalar.Value);
        // Escapes in double quotes make what the file itself may not hold.
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is '\n' or '\r' or '\t' || !PlainText.IsHidden(text, at))
                continue;
            mistakes.Add(line, column, TextFile.NameOf(text[at]));
            break;
        }
        return new ScalarNode(line, column, text, scalar.Style == ScalarStyle.Plain);
    }

    List<Node> BlockItems(int depth)
    {
        tokens.Next();
        var items = Items(depth);
        tokens.Take<BlockEnd>();
        return items;
    }

    /// <summary>Items with dashes; below a key they may stand without an indent, and so without a start and an end.</summary>
    List<Node> Items(int depth)
    {
        var items = new List<Node>();
        while (tokens.Skip<BlockEntry>())
            items.Add(tokens.Here is BlockEntry ? Empty() : Next(depth + 1));
        return items;
    }

    List<Node> FlowItems(int depth)
    {
        tokens.Next();
        var items = new List<Node>();
        while (tokens.Here is not FlowSequenceEnd)
        {
            if (tokens.Here is FlowEntry)
                throw tokens.Unexpected();
            var (line, column) = YamlTokens.At(tokens.Here.Start);
            // `[a: b]` holds a mapping of one key.
            items.Add(tokens.Here is Key ? new MapNode(line, column, FlowPair(depth + 1) is { } pair ? [pair] : []) : Next(depth + 1));
            if (tokens.Here is not FlowSequenceEnd)
                tokens.Take<FlowEntry>();
        }
        tokens.Next();
        return items;
    }

    /// <summary>The one pair of a mapping within a list. `[? ]` promises one and has none.</summary>
    MapPair? FlowPair(int depth)
    {
        var pair = Pair(depth);
        return pair is { Key: { IsNull: true, Text: "" }, Value: ScalarNode { IsNull: true, Text: "" } } ? throw tokens.Unexpected() : pair;
    }

    List<MapPair> BlockPairs(int depth)
    {
        tokens.Next();
        var pairs = new List<MapPair>();
        while (tokens.Here is Key)
            Add(pairs, Pair(depth, isIndented: false));
        tokens.Take<BlockEnd>();
        return pairs;
    }

    List<MapPair> FlowPairs(int depth)
    {
        tokens.Next();
        var pairs = new List<MapPair>();
        while (tokens.Here is not FlowMappingEnd)
        {
            if (tokens.Here is FlowEntry)
                throw tokens.Unexpected();
            Add(pairs, Pair(depth));
            if (tokens.Here is not FlowMappingEnd)
                tokens.Take<FlowEntry>();
        }
        tokens.Next();
        return pairs;
    }

    /// <summary>A key and its value, each of which may be left out; null (and a mistake) when the key is no word.</summary>
    MapPair? Pair(int depth, bool isIndented = true)
    {
        var isMarked = tokens.Skip<Key>();
        var key = !isMarked && tokens.Here is Value ? Empty() : Next(depth + 1, isIndented);
        var value = tokens.Skip<Value>() ? Next(depth + 1, isIndented) : Empty();
        if (key is ScalarNode name)
            return new MapPair(name, value);
        mistakes.Add(key, "A key is a word, not a list or a mapping: write `key: value`, and text that begins with a bracket in quotes.");
        return null;
    }

    ScalarNode Empty()
    {
        var (line, column) = YamlTokens.At(tokens.Before);
        return new ScalarNode(line, column, "", isPlain: true);
    }

    static void Add(List<MapPair> pairs, MapPair? pair)
    {
        if (pair is not null)
            pairs.Add(pair);
    }
}
