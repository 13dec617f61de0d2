using System.Globalization;
using System.Text;

namespace TagGuard.Keys;

/// <summary>Text that shows what it is: no character in it is one that a terminal, an editor or a page obeys in place of showing it.</summary>
public static class PlainText
{
    /// <summary>Whether a character is obeyed and not shown: control characters, line and paragraph separators, marks of direction, a byte order
    /// mark, half a surrogate pair.</summary>
    /// <remarks>Marks of direction (unicode.org/reports/tr9) turn the text behind them round
    /// on the screen, but not for the program that reads it.</remarks>
    public static bool IsHidden(string text, int at)
    {
        var letter = text[at];
        if (letter is >= ' ' and < '\x7F')
            return false;
        return letter
                is < ' '
                    or (>= '\x7F' and <= '\x9F')
                    or '\u061C'
                    or '\u200E'
                    or '\u200F'
                    or (>= '\u2028' and <= '\u202E')
                    or (>= '\u2066' and <= '\u2069')
                    or '\uFEFF'
            || (char.IsHighSurrogate(letter) && !(at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])))
            || (char.IsLowSurrogate(letter) && !(at > 0 && char.IsHighSurrogate(text[at - 1])));
    }

    /// <summary>Whether any character is hidden.</summary>
    public static bool HasHidden(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (IsHidden(text, at))
                return true;
        }
        return false;
    }

    /// <summary>The name of a hidden character, such as `U+202E`.</summary>
    public static string NameOf(char letter) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)letter:X4}");

    /// <summary>The text on one line, hidden characters as `\n` or `\u202E`; what is beyond so many characters is left out, and that it is.</summary>
    public static string Shown(string text, int most = int.MaxValue)
    {
        if (text.Length <= most && !HasHidden(text))
            return text;
        var shown = new StringBuilder(Math.Min(text.Length, most) + 16);
        for (var at = 0; at < text.Length; at++)
        {
            if (at == most)
                return shown.Append(CultureInfo.InvariantCulture, $"… ({text.Length - at} more characters)").ToString();
            if (IsHidden(text, at))
                shown.Append(
                    text[at] switch
                    {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        '\t' => "\\t",
                        var letter => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                    });
            else
                shown.Append(text[at]);
        }
        return shown.ToString();
    }
}
