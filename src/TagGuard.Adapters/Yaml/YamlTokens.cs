using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace TagGuard.Adapters.Yaml;

/// <summary>The tokens of a YAML text, one by one, and the words for what is wrong with them.</summary>
sealed class YamlTokens
{
    readonly string _text;
    readonly Scanner _scanner;

    public YamlTokens(string text)
    {
        _text = text;
        _scanner = new Scanner(new StringReader(SecretBraces.Veil(text)));
    }

    /// <summary>Where the token ends that was taken last: where something that is left out would stand.</summary>
    public Mark Before { get; private set; } = new(0, 1, 1);

    /// <summary>The token that was not taken yet.</summary>
    public Token Here
    {
        get
        {
            if (_scanner.Current is null)
                Next();
            return _scanner.Current ?? throw Unexpected();
        }
    }

    public void Next()
    {
        Before = _scanner.Current?.End ?? Before;
        try
        {
            _scanner.MoveNext();
        }
        // The scanner was not made for every text, such as a block scalar inside of braces.
        catch (Exception fault)
            when (fault is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new YamlException(_scanner.CurrentPosition, _scanner.CurrentPosition, "what comes next cannot be read", fault);
        }
        if (_scanner.Current is Error error)
            throw new YamlException(error.Start, error.End, error.Value);
    }

    /// <summary>Goes past a token of this kind, if it is here.</summary>
    public bool Skip<T>() where T : Token
    {
        if (Here is not T)
            return false;
        Next();
        return true;
    }

    public void Take<T>() where T : Token
    {
        if (!Skip<T>())
            throw Unexpected();
    }

    public YamlException Unexpected()
    {
        var at = _scanner.Current?.Start ?? _scanner.CurrentPosition;
        return new YamlException(at, at, _scanner.Current is StreamEnd ? "the text ends too early" : "something else belongs here");
    }

    /// <summary>Notes what is not YAML.</summary>
    public void Tell(YamlException fault, MistakeList mistakes)
    {
        var lines = _text.Split('\n');
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
        mistakes.Add(
            line,
            column,
            $"This is not YAML: {fault.Message.TrimEnd('.')}. Look for a missing quote, bracket or colon here or just before.");
    }

    public static (int Line, int Column) At(Mark mark) => ((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
