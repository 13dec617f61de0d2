using System.Globalization;
using System.Text;
using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Adapters.Command;

/// <summary>A statement as clients take it unharmed: on one line, with texts in ASCII.</summary>
/// <remarks>
/// Clients fill in variables, cut at `;`, take `--` for a comment inside of texts, and read letters as their environment says. So what is more than a
/// letter or a digit in a text is written by its number, `\u003b`, which Hive and Spark read as the character.
/// </remarks>
static class ClientText
{
    const string Plain = " _.,:/=+*<>()[]{}@&?^~|%";

    /// <param name="sql">One statement without comments.</param>
    /// <exception cref="InvalidDataException">A client would read something else; the message is a sentence.</exception>
    public static string Of(string sql)
    {
        var result = new StringBuilder(sql.Length + 64);
        var at = 0;
        foreach (var text in new QueryText(sql).Texts)
        {
            AddCode(result, sql.AsSpan(at, text.Start.Value - at));
            AddText(result, sql.AsSpan(text));
            at = text.End.Value;
        }
        AddCode(result, sql.AsSpan(at));
        return result.ToString();
    }

    static void AddCode(StringBuilder result, ReadOnlySpan<char> code)
    {
        var isName = false;
        for (var i = 0; i < code.Length; i++)
        {
            isName ^= code[i] == '`';
            if (isName && (char.IsControl(code[i]) || code[i] is ';' or '\'' or '"') || code[i..] is ['$', '{', ..])
                throw new InvalidDataException(
                    "A client would not read a name with a line break, a quote, `;` or `${` as it is: have a view rename "
                        + "it, or use another connection.");
            result.Append(char.IsControl(code[i]) ? ' ' : code[i]);
        }
    }

    /// <summary>A backslash before a letter, a digit, `%`, `_` or another belongs to it; before anything else it means nothing.</summary>
    static void AddText(StringBuilder result, ReadOnlySpan<char> text)
    {
        result.Append(text[0]);
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] != '\\')
                Add(result, text[i]);
            else if (++i < text.Length - 1 && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '%' or '_' or '\\'))
                result.Append('\\').Append(text[i]);
            else
                Add(result, text[i]);
        }
        result.Append(text[^1]);
    }

    /// <summary>A dash is plain, and the next one is not.</summary>
    static void Add(StringBuilder result, char letter)
    {
        if (char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter, StringComparison.Ordinal)
            || letter == '-' && result[^1] != '-')
            result.Append(letter);
        else
            result.Append(CultureInfo.InvariantCulture, $@"\u{(int)letter:x4}");
    }
}
