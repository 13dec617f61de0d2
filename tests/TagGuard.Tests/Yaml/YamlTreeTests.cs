using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using TagGuard.Adapters.Yaml;
using TagGuard.Keys;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TagGuard.Tests.Yaml;

/// <summary>The tree is what YamlDotNet's own parser makes of the same text.</summary>
public class YamlTreeTests
{
    static readonly string[] Tokens =
    [
        "a",
        "b: ",
        "c:\n",
        "- ",
        "-\n",
        "  ",
        "    ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "? ",
        ": ",
        "\n",
        "\n  ",
        "\n- ",
        "\n  - ",
        "\"q\"",
        "'s'",
        "|\n  x\n",
        ">\n y\n z\n",
        "&n ",
        "*n",
        "!!str ",
        "# c\n",
        "d: e\n",
        "f",
        "~",
    ];

    [Theory]
    [InlineData("a: 1\nb:\n- x\n- y\nc: {p: q, r, s: }\nd: [a, b: c, ]\ne:\n  - k: v\n    l:\n")]
    [InlineData("? a\n: b\n? c\n")]
    [InlineData("- - a\n  - b\n-\n- c")]
    [InlineData("a: &x [1, 2]\nb: *x\n*x : c")]
    [InlineData("[a, ? b : c, ? d, : e]")]
    [InlineData("{? a, b, : c, ? d : e}")]
    [InlineData("a: |\n  text\n  more\nb: >-\n  folded\n  text\n")]
    [InlineData("a:\n  - b:\n    - c\n    d: e\n")]
    [InlineData("--- # first\na: b\n...\n")]
    [InlineData("? [?   , c:\n&n ]")]
    public void TheTreeIsThatOfYamlDotNet(string text) => AssertSame(text);

    [Fact]
    public void ThePlanIsThatOfYamlDotNet() => AssertSame(SomePlan.Sample);

    [Theory]
    [InlineData("- &n a\n- !!str *n")]
    [InlineData("[? ]")]
    [InlineData("[a, ? , b]")]
    public void WhatYamlDotNetRefusesIsRefused(string text)
    {
        Assert.Null(Theirs(text));
        AssertSame(text);
    }

    [Fact]
    public void AnyTextIsReadAsYamlDotNetReadsIt() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements(Tokens)).Select(string.Concat).ToArbitrary(), AssertSame)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    static void AssertSame(string text)
    {
        var mistakes = new MistakeList("plan.yaml", new Secrets("/", _ => null));
        var root = YamlTree.Read(text, mistakes);

        var theirs = Theirs(text);
        if (theirs is null)
            Assert.True(
                root is null || IsRefused(mistakes),
                $"YamlDotNet refuses this, and it was read as {(root is null ? "nothing" : Ours(root))}:\n{text}");
        // YamlDotNet takes `{"q"ff}`, and a key that a comment ends, for a pair without a colon. Here it is refused.
        else if (IsRefused(mistakes) && Regex.IsMatch(text, "[\"'][^\\s:,\\]}]| #"))
            return;
        // A key that is nothing is refused by the binder in any case, and a key that is no word is noted and left out.
        else if (theirs is not ("several" or "")
            && !theirs.Contains("<>=", StringComparison.Ordinal)
            && !theirs.Contains("complex", StringComparison.Ordinal))
            Assert.Equal(theirs, root is null ? $"nothing:\n{text}" : Ours(root));
    }

    /// <summary>A key that is no word is noted and left out, so what is wrong within it is not told as well.</summary>
    static bool IsRefused(MistakeList mistakes) => Record.Exception(mistakes.ThrowIfAny) is PlanException;

    static string Ours(Node node) => node switch
    {
        ScalarNode word => $"<{word.Text}>",
        ListNode list => $"[{string.Join(',', list.Items.Select(Ours))}]",
        MapNode map => $"{{{string.Join(',', map.Pairs.Select(pair => $"{Ours(pair.Key)}={Ours(pair.Value)}"))}}}",
        _ => "",
    };

    /// <summary>What YamlDotNet reads, null when it refuses, "several" documents, or "complex" somewhere when a key is no word.</summary>
    static string? Theirs(string text)
    {
        var anchors = new Dictionary<string, string>();
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return "";
            parser.Consume<DocumentStart>();
            var root = Value();
            parser.Consume<DocumentEnd>();
            return parser.Accept<StreamEnd>(out _) ? root : "several";
        }
        catch (Exception fault) when (fault is YamlException or InvalidOperationException or ArgumentException or EndOfStreamException)
        {
            return null;
        }

        string Value()
        {
            var here = parser.Consume<ParsingEvent>();
            var value = new StringBuilder();
            switch (here)
            {
                case AnchorAlias alias:
                    return anchors.TryGetValue(alias.Value.Value, out var known) ? known : throw new YamlException("no anchor");
                case Scalar scalar:
                    value.Append('<').Append(scalar.Value).Append('>');
                    break;
                case SequenceStart:
                    value.Append('[');
                    while (!parser.TryConsume<SequenceEnd>(out _))
                        value.Append(value.Length > 1 ? "," : "").Append(Value());
                    value.Append(']');
                    break;
                case MappingStart:
                    value.Append('{');
                    while (!parser.TryConsume<MappingEnd>(out _))
                    {
                        var key = Value();
                        value.Append(value.Length > 1 ? "," : "").Append(key.StartsWith('<') ? key : "complex").Append('=').Append(Value());
                    }
                    value.Append('}');
                    break;
            }
            if (here is NodeEvent { Anchor: { IsEmpty: false } anchor })
                anchors[anchor.Value] = value.ToString();
            return value.ToString();
        }
    }
}
