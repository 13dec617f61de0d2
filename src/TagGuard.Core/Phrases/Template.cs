using System.Text;

namespace TagGuard.Phrases;

/// <summary>The words of a phrase in one language, with the places of its values.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>`{rows}`: a number with thousands separators, a text, or another phrase in the same language.</item>
/// <item>`{share:%}`: a percentage; `{change:+%}`: one with its sign.</item>
/// <item>`{days:day}`: a number with the word of `unit.day`, which names its plural behind a bar: `day|days`.</item>
/// <item>`{value:#metric}`: a number with the unit that the value `metric` names.</item>
/// <item>`{metric:@metric}`: the words of `metric.VALUE`; the value itself where there are none.</item>
/// <item>`{rows|has|have}`: the first word for one, the second for more.</item>
/// <item>`{said:~}`: a sentence without its full stop.</item>
/// </list>
/// A brace before anything but a letter is a brace.
/// </remarks>
sealed class Template
{
    readonly List<(string Text, string? Format, bool IsValue)> _parts = [];

    public Template(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var open = Open(text, at);
            if (open > at)
                _parts.Add((text[at..open], null, false));
            if (open == text.Length)
                break;
            var close = text.IndexOf('}', open);
            var (name, format) = Split(text[(open + 1)..close]);
            _parts.Add((name, format, true));
            at = close + 1;
        }
    }

    /// <summary>The names of the values it has places for.</summary>
    public IEnumerable<string> Names => _parts.Where(part => part.IsValue)
        .SelectMany(part => part.Format is ['#', .. var other] ? new[] { part.Text, other } : [part.Text]).Distinct();

    /// <summary>Every unit it names.</summary>
    public IEnumerable<string> Units =>
        _parts.Where(part => part is { IsValue: true, Format: { } format } && char.IsLetter(format[0])).Select(part => part.Format!);

    public void Write(StringBuilder text, Phrase phrase, Phrasebook book)
    {
        foreach (var (part, format, isValue) in _parts)
            text.Append(isValue ? Say(phrase, part, format, book) : part);
    }

    static string Say(Phrase phrase, string name, string? format, Phrasebook book) => (phrase[name], format) switch
    {
        (null, _) => "",
        (var value, "~") => Say(phrase, name, null, book).TrimEnd('.', '。'),
        (Phrase inner, _) => book.Say(inner),
        (IReadOnlyList<Phrase> list, _) => book.Say(list),
        (double value, "%") => Figures.Percent(value),
        (double value, "+%") => Figures.Change(value),
        (double value, ['#', .. var unit]) => book.Count(value, phrase[unit] as string ?? ""),
        (double value, ['|', .. var words]) => words.Split('|')[value == 1 ? 0 : 1],
        (double value, null) => Figures.Number(value),
        (double value, _) => book.Count(value, format),
        (string value, ['@', .. var words]) => book.Word(words, value),
        (var value, _) => (string)value,
    };

    static int Open(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '{' && i + 1 < text.Length && char.IsLetter(text[i + 1]) && text.IndexOf('}', i) > 0)
                return i;
        }
        return text.Length;
    }

    static (string Name, string? Format) Split(string place) => place.IndexOfAny([':', '|']) switch
    {
        < 0 => (place, null),
        var bar when place[bar] == '|' => (place[..bar], place[bar..]),
        var colon => (place[..colon], place[(colon + 1)..]),
    };
}
