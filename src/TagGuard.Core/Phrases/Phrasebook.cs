using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace TagGuard.Phrases;

/// <summary>The words of one language. A file is read when a phrase of it is first said.</summary>
public sealed class Phrasebook
{
    static readonly Phrasebook[] Books = [.. Enum.GetValues<Language>().Select(language => new Phrasebook(language))];

    readonly ConcurrentDictionary<string, Dictionary<string, string>> _files = new();
    readonly ConcurrentDictionary<string, Template?> _templates = new();

    Phrasebook(Language language) => Language = language;

    public Language Language { get; }

    public static Phrasebook Of(Language language) => Books[(int)language];

    /// <summary>A phrase in words. One that this version does not know is shown by its name and values: nothing is hidden.</summary>
    public string Say(Phrase phrase)
    {
        if (phrase.AsText is { } same)
            return same;
        if (phrase.AsJoined is { } joined)
            return Say(joined);
        var text = new StringBuilder();
        if (TemplateOf(phrase.Name) is { } template)
            template.Write(text, phrase, this);
        else
            text.Append(phrase.Name)
                .AppendJoin(
                    "",
                    phrase.Values.Select(value => $" {value.Name}={(value.Value is double number ? Figures.Number(number) : value.Value)}"));
        return text.ToString();
    }

    /// <summary>A phrase by its name and values.</summary>
    public string Say(string name, params IReadOnlyList<(string Name, object? Value)> values) => Say(new Phrase(name, values));

    /// <summary>A stored phrase, or the text stored beside it when there is none, or none that this version knows.</summary>
    public string Say(Phrase? phrase, string text) => phrase is not null && Knows(phrase) ? Say(phrase) : text;

    /// <summary>Sentences one after another.</summary>
    internal string Say(IReadOnlyList<Phrase> phrases) =>
        string.Join(Language == Language.Zh ? "" : " ", phrases.Select(Say).Where(sentence => sentence.Length > 0));

    /// <summary>A number with its unit: "1 row", "12,431 rows". A unit without a word of its own is said as it is named.</summary>
    internal string Count(double value, string unit)
    {
        var words = TextOf($"unit.{unit}") ?? $"{Plain(unit).TrimEnd('s')}|{Plain(unit).TrimEnd('s')}s";
        var bar = words.IndexOf('|', StringComparison.Ordinal);
        var word = bar < 0 ? words : value == 1 ? words[..bar] : words[(bar + 1)..];
        return $"{Figures.Number(value)} {word}";
    }

    /// <summary>The word of a value: `metric.tag_count`; the value itself, with spaces, where it has none.</summary>
    public string Word(string file, string value) => TextOf($"{file}.{value}") ?? Plain(value);

    /// <summary>The word of a finding, a verdict, the standing of a gate or the state of a day.</summary>
    public string Word<T>(T value)
        where T : struct, Enum => Word(VocabularyOf(typeof(T).Name), JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    static string VocabularyOf(string type) => type switch
    {
        "Verdict" => "outcome",
        "GateStanding" => "standing",
        "DayState" => "past",
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(type),
    };

    /// <summary>Whether every part of it has words here.</summary>
    public bool Knows(Phrase phrase) => phrase.AsText is not null
        || phrase.AsJoined is { } joined && joined.All(Knows)
        || phrase.AsJoined is null && TemplateOf(phrase.Name) is not null && phrase.Values.All(value => value.Value switch
        {
            Phrase inner => Knows(inner),
            IReadOnlyList<Phrase> list => list.All(Knows),
            _ => true,
        });

    /// <summary>Every name of a file with its words.</summary>
    internal IReadOnlyDictionary<string, string> File(string name) => _files.GetOrAdd(name, Read);

    internal Template? TemplateOf(string name) =>
        _templates.GetOrAdd(name, static (name, book) => book.TextOf(name) is { } text ? new Template(text) : null, this);

    string? TextOf(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? File(name[..dot]).GetValueOrDefault(name) : null;
    }

    static string Plain(string value) => value.Replace('_', ' ');

    Dictionary<string, string> Read(string file)
    {
        var words = new Dictionary<string, string>();
        using var stream = typeof(Phrasebook).Assembly.GetManifestResourceStream($"phrases/{Language.ToString().ToLowerInvariant()}/{file}.txt");
        if (stream is null)
            return words;
        using var lines = new StreamReader(stream, Encoding.UTF8);
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            var equals = line.IndexOf(" = ", StringComparison.Ordinal);
            words.Add($"{file}.{line[..equals]}", line[(equals + 3)..]);
        }
        return words;
    }
}
