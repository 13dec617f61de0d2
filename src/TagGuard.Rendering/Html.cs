using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TagGuard.Rendering;

/// <summary>Turns any string into HTML text that shows it and does nothing else.</summary>
static partial class Html
{
    /// <summary>Characters that may need to be written otherwise: what has none of them is written as it is, which is fast.</summary>
    static readonly SearchValues<char> Special = SearchValues.Create([
        .. Enumerable
            .Range(0, char.MaxValue + 1)
            .Select(code => (char)code)
            .Where(character => char.IsSurrogate(character) || EntityOf(character) is not null),
    ]);

    /// <summary>
    /// Escapes for text and for quoted attributes alike. Characters that HTML forbids, or that make text read otherwise than it is stored
    /// (control characters, half surrogate pairs, changes of writing direction), are shown by their number.
    /// </summary>
    public static void Escape(StringBuilder html, string? text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0)
        {
            html.Append(text);
            return;
        }
        var plain = 0;
        for (var i = 0; i < text?.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
                continue;
            }
            if (EntityOf(text[i]) is not string entity)
                continue;
            html.Append(text, plain, i - plain).Append(entity);
            plain = i + 1;
        }
        html.Append(text, plain, (text?.Length ?? 0) - plain);
    }

    /// <summary>The same with links, in a text of the plan: what a source's data says leads nowhere.</summary>
    public static Markup WithLinks(Words words, string text, bool isOfPlan)
    {
        if (!isOfPlan)
            return WithCode(words, text);
        var html = new HtmlWriter(words);
        var plain = 0;
        foreach (var link in Link().EnumerateMatches(text))
        {
            html.Write($"{WithCode(words, text[plain..link.Index])}");
            var url = text.Substring(link.Index, link.Length);
            html.Write($"<a href=\"{url}\" rel=\"noopener noreferrer\">{url}</a>");
            plain = link.Index + link.Length;
        }
        html.Write($"{WithCode(words, text[plain..])}");
        return Markup.From(html);
    }

    /// <summary>An address of the web, without the stop that ends its sentence.</summary>
    [GeneratedRegex(@"https?://[^\s<>""'`，。；（）]*[^\s<>""'`，。；（）.,;:!?)]")]
    private static partial Regex Link();

    /// <summary>Text in which `backticks` set off what is to be typed, as cause and advice use them.</summary>
    public static Markup WithCode(Words words, string text)
    {
        var parts = text.Split('`');
        // An odd number of backticks sets nothing off.
        if (parts.Length % 2 == 0)
            return Markup.Of($"{text}");
        var html = new HtmlWriter(words);
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0)
                html.Write($"{parts[i]}");
            else
                html.Write($"<code>{parts[i]}</code>");
        }
        return Markup.From(html);
    }

    static string? EntityOf(char character) => character switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '"' => "&quot;",
        '\'' => "&#39;",
        '\t' or '\n' or '\r' => null,
        _ when IsShownByNumber(character) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
        _ => null,
    };

    static bool IsShownByNumber(char character) =>
        char.IsControl(character)
        || char.IsSurrogate(character)
        || character
            is '\u061C'
                or (>= '\u200E' and <= '\u200F')
                or (>= '\u2028' and <= '\u202E')
                or (>= '\u2066' and <= '\u2069')
                or '\uFEFF'
                or >= '\uFFFE';
}
