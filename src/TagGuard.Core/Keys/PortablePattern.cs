using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace TagGuard.Keys;

/// <summary>A regular expression with one group that .NET, DuckDB (RE2), Hive and Spark (Java) read alike: what they read differently is
/// refused, and `\d`, `\w`, `\s` are the letters of ASCII.</summary>
/// <param name="Text">As the plan writes it.</param>
/// <param name="Portable">The same with nothing in it that engines read differently.</param>
public sealed record PortablePattern(string Text, string Portable)
{
    const string MeansItself = @"\.[]{}()*+?|^$/-:=#_,;!@&~""' ";

    static readonly Dictionary<char, string> Classes = new() { ['d'] = "0-9", ['w'] = "0-9A-Za-z_", ['s'] = @" \t\r\n" };

    readonly Regex _regex = new(Portable, RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);

    /// <summary>What the group holds in a text; empty where the pattern does not match.</summary>
    public string FirstGroup(string text) => _regex.Match(text).Groups[1].Value;

    /// <summary>Whether it is the same pattern.</summary>
    public bool Equals(PortablePattern? other) => Text == other?.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">As the plan writes it.</param>
    /// <param name="pattern">The pattern, when nothing is wrong.</param>
    /// <returns>What is wrong with it and the cure; null when nothing is.</returns>
    public static string? MistakeIn(string text, [NotNullWhen(false)] out PortablePattern? pattern)
    {
        pattern = null;
        if (Translated(text, out var portable) is { } mistake)
            return mistake;
        try
        {
            var regex = new Regex(portable, RegexOptions.NonBacktracking);
            if (regex.GetGroupNumbers().Length != 2)
                return "it needs one group in brackets, which is the family, such as ^([a-z]+)[0-9]; write (?:…) for brackets that are none.";
        }
        catch (ArgumentException fault)
        {
            return $"it is no regular expression: {fault.Message}";
        }
        catch (NotSupportedException)
        {
            return "engines differ in what looks ahead or back: write it without (?=…), (?!…), (?<=…) and \\1.";
        }
        pattern = new PortablePattern(text, portable);
        return null;
    }

    /// <summary>Puts what all read alike in the place of what they do not.</summary>
    static string? Translated(string text, out string portable)
    {
        var written = new StringBuilder();
        portable = "";
        var inClass = false;
        for (var at = 0; at < text.Length; at++)
        {
            var (one, next) = (text[at], at + 1 < text.Length ? text[at + 1] : '\0');
            if (one == '\\')
            {
                at++;
                if (Classes.TryGetValue(char.ToLowerInvariant(next), out var letters) && (char.IsLower(next) || !inClass))
                    written.Append(inClass ? letters : $"[{(char.IsUpper(next) ? "^" : "")}{letters}]");
                else if (next != '\0' && MeansItself.Contains(next))
                    written.Append(char.IsAsciiLetterOrDigit(next) || next is ' ' or '_' ? "" : "\\").Append(next);
                else
                    return $"engines differ in what `\\{next}` is: write the letters themselves, as [a-z].";
                continue;
            }
            if (inClass && (one == '[' || (one == '&' && next == '&')))
                return $"within […] write `\\{one}` for the letter itself.";
            if (!inClass && one == '(' && next == '?' && !text.AsSpan(at).StartsWith("(?:"))
                return "engines differ in brackets that begin with (?, but for (?:…): write it without.";
            if (!inClass && one == '{' && !char.IsAsciiDigit(next))
                return "write `\\{` for the letter itself.";
            inClass = one == '[' || (inClass && (one != ']' || text[at - 1] is '['));
            // $ may also stand before a last line break.
            written.Append(one == '$' && !inClass ? @"\z" : one.ToString());
        }
        portable = written.ToString();
        return null;
    }
}
