using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TagGuard.Adapters.Yaml;

/// <summary>Turns YAML text into nodes.</summary>
/// <remarks>Not YamlDotNet's own representation model: that stops at the first key that is there twice, and it follows aliases without a limit.</remarks>
sealed partial class YamlTree
{
    const int MaxDepth = 40;
    const int MaxNodes = 200_000;

    readonly Parser _parser;
    readonly MistakeList _mistakes;
    readonly Dictionary<AnchorName, Node> _anchors = [];
    int _nodes;

    YamlTree(Parser parser, MistakeList mistakes) => (_parser, _mistakes) = (parser, mistakes);

    /// <summary>The document, or null when the text is not one YAML document: the mistake is noted.</summary>
    public static Node? Read(string text, MistakeList mistakes)
    {
        var tree = new YamlTree(new Parser(new StringReader(Veil(text))), mistakes);
        try
        {
            return tree.Document();
        }
        catch (YamlException fault)
        {
            NotYaml(text, fault, mistakes);
        }
        // YamlDotNet's scanner was not made for every text, such as a block scalar inside of braces.
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            var mark = tree._parser.Current?.End ?? Mark.Empty;
            NotYaml(text, new YamlException(mark, mark, "what comes next cannot be read", fault), mistakes);
        }
        return null;
    }

    /// <summary>`{ password: ${env:NAME} }` is how everybody writes it, and no YAML: braces end a word inside of braces. So those of secrets are veiled.</summary>
    static string Veil(string text) => text.AsSpan().ContainsAny('\uE000', '\uE001') ? text : SecretInBraces().Replace(text, "$\uE000$1\uE001");

    static string Unveil(string text) => text.Contains("$\uE000", StringComparison.Ordinal) ? text.Replace('\uE000', '{').Replace('\uE001', '}') : text;

    [GeneratedRegex(@"\$\{((?:env|file):[^{}\s]*)\}")]
    private static partial Regex SecretInBraces();

    Node? Document()
    {
        Take<StreamStart>();
        if (_parser.Current is StreamEnd)
        {
            _mistakes.Add(1, 1, "The plan is empty: begin with `name: userprofile`, then `connections:` and `stages:`.");
            return null;
        }
        Take<DocumentStart>();
        var root = Next(0);
        Take<DocumentEnd>();
        if (_parser.Current is not StreamEnd)
        {
            var (line, column) = At(_parser.Current!.Start);
            _mistakes.Add(line, column, "A second document begins here: a plan is one document, so take the `---` out or make it a file of its own.");
        }
        return root;
    }

    Node Next(int depth)
    {
        var here = _parser.Current!;
        if (depth > MaxDepth)
            throw new YamlException(here.Start, here.End, "it is nested too deeply");
        if (here is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } tag } && !tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
            throw new YamlException(here.Start, here.End, "tags such as !name mean nothing in a plan");
        var node = here switch
        {
            AnchorAlias alias => Alias(alias),
            Scalar scalar => One(scalar),
            SequenceStart list => List(list, depth),
            MappingStart map => Map(map, depth),
            _ => throw new YamlException(here.Start, here.End, "a value is missing"),
        };
        // Aliases of aliases of aliases would otherwise make a small file endless.
        _nodes += here is AnchorAlias ? node.Size : 1;
        if (_nodes > MaxNodes)
            throw new YamlException(here.Start, here.End, "it is too large for a plan");
        if (here is NodeEvent { Anchor: { IsEmpty: false } anchor })
            _anchors[anchor] = node;
        return node;
    }

    Node Alias(AnchorAlias alias)
    {
        Take<AnchorAlias>();
        return _anchors.TryGetValue(alias.Value, out var node)
            ? node
            : throw new YamlException(alias.Start, alias.End, $"no anchor &{alias.Value} stands before *{alias.Value}");
    }

    ScalarNode One(Scalar scalar)
    {
        Take<Scalar>();
        var (line, column) = At(scalar.Start);
        return new ScalarNode(line, column, Unveil(scalar.Value), scalar.Style == ScalarStyle.Plain);
    }

    ListNode List(SequenceStart start, int depth)
    {
        Take<SequenceStart>();
        var items = new List<Node>();
        while (_parser.Current is not SequenceEnd)
            items.Add(Next(depth + 1));
        Take<SequenceEnd>();
        var (line, column) = At(start.Start);
        return new ListNode(line, column, items);
    }

    MapNode Map(MappingStart start, int depth)
    {
        Take<MappingStart>();
        var pairs = new List<(ScalarNode Key, Node Value)>();
        while (_parser.Current is not MappingEnd)
        {
            var key = Next(depth + 1);
            var value = Next(depth + 1);
            if (key is ScalarNode name)
                pairs.Add((name, value));
            else
                _mistakes.Add(key, "A key is a word, not a list or a mapping: write `key: value`, and text that begins with a bracket in quotes.");
        }
        Take<MappingEnd>();
        var (line, column) = At(start.Start);
        return new MapNode(line, column, pairs);
    }

    /// <summary>Goes past the event, which must be of this kind (or nothing was read yet).</summary>
    void Take<T>() where T : ParsingEvent
    {
        if (_parser.Current is null)
            _parser.MoveNext();
        if (_parser.Current is not T)
            throw new YamlException(_parser.Current?.Start ?? Mark.Empty, _parser.Current?.End ?? Mark.Empty, "the text ends too early");
        _parser.MoveNext();
    }

    static (int Line, int Column) At(Mark mark) => ((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    static void NotYaml(string text, YamlException fault, MistakeList mistakes)
    {
        var lines = text.Split('\n');
        var tab = Array.FindIndex(lines, line => line.AsSpan(0, line.Length - line.TrimStart().Length).Contains('\t'));
        if (tab >= 0 && (fault.Message.Contains("tab", StringComparison.Ordinal) || tab + 1 == fault.Start.Line))
        {
            mistakes.Add(tab + 1, 1, "This line is indented with a tab, which YAML does not allow: use spaces.");
            return;
        }
        var (line, column) = At(fault.Start);
        // What is never closed is missed at the end of the text, behind its last line.
        if (line > lines.Length || (line == lines.Length && lines[^1].Length == 0))
            (line, column) = (Math.Max(1, lines.Length - (lines[^1].Length == 0 ? 1 : 0)), 1);
        mistakes.Add(line, column, $"This is not YAML: {fault.Message.TrimEnd('.')}. Look for a missing quote, bracket or colon here or just before.");
    }
}
