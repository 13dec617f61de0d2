using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Reports;
using TagGuard.Storage;

namespace TagGuard.Rendering;

/// <summary>What a page says, in its language: the words stand in `Phrases`.</summary>
sealed partial class Words
{
    static readonly Words[] Languages = [.. Enum.GetValues<Language>().Select(language => new Words(Phrasebook.Of(language)))];

    readonly Phrasebook _book;
    readonly StoredDay? _day;

    // Asked for each of thousands of tags.
    readonly Dictionary<Verdict, string> _verdicts;
    readonly Dictionary<Finding, string> _findings;

    Words(Phrasebook book, StoredDay? day = null)
    {
        (_book, _day) = (book, day);
        _verdicts = Enum.GetValues<Verdict>().ToDictionary(verdict => verdict, book.Word);
        _findings = Enum.GetValues<Finding>().ToDictionary(finding => finding, book.Word);
        Comma = book.Language == Language.Zh ? "，" : ", ";
        Colon = book.Language == Language.Zh ? "：" : ": ";
        NoValue = Say("report.no_value");
        NotJudged = Say("report.not_judged");
        FromZero = Say("report.from_zero");
    }

    /// <summary>As the page's `lang`.</summary>
    public string Lang => _book.Language == Language.Zh ? "zh-CN" : "en";

    public string Comma { get; }

    public string Colon { get; }

    public string NoValue { get; }

    public string NotJudged { get; }

    public string FromZero { get; }

    public static Words Of(Language language) => Languages[(int)language];

    /// <summary>In a language, with what was known of tags on a day.</summary>
    public static Words Of(Language language, StoredDay day) => day.Tags.Count == 0 ? Of(language) : new(Phrasebook.Of(language), day);

    public string Say(string name, params IReadOnlyList<(string Name, object? Value)> values) => _book.Say(name, values);

    public string Say(Phrase phrase) => _book.Say(phrase);

    /// <summary>In a sentence: "3 fail".</summary>
    public string Of(Verdict verdict) => _verdicts.GetValueOrDefault(verdict, _verdicts[Verdict.Fail]);

    /// <summary>Alone: "Fail".</summary>
    public string Alone(Verdict verdict) =>
        Of(verdict) is var word && char.IsAsciiLetterLower(word[0]) ? char.ToUpperInvariant(word[0]) + word[1..] : Of(verdict);

    public string Of(Finding finding) => _findings.GetValueOrDefault(finding) ?? finding.ToString();

    public string Of(GateStanding standing) => _book.Word(standing);

    /// <summary>How a stage's gate stands: "held by tags" names who holds it.</summary>
    public string StandingOf(StageFacts stage) => stage.HeldBy.Count > 0
        ? Say("report.held_by", ("stages", string.Join(", ", stage.HeldBy)))
        : Of(stage.Standing);

    public string StandingOf(GateStanding standing) => Of(standing);

    public string OfMetric(string metric) => _book.Word("metric", metric);

    /// <summary>What a series is called where its check is known.</summary>
    public string NameOf(SeriesId series) => series.IsFamily ? Say("report.family", ("name", series.Key))
        : series.Key.Length > 0 ? _day?.NameOf(series) ?? series.Key
        : OfMetric(series.Metric);

    /// <summary>What a series is called where its check is not known: "bytes in another encoding (call centre export)".</summary>
    public Phrase NameWithCheckOf(SeriesId series) => new("report.series", ("what", NameOf(series)), ("check", series.Check));

    public Markup Badge(Verdict verdict) => Markup.Of($"<span class=\"badge {Signs.ClassOf(verdict)}\">{Signs.Of(verdict)} {Alone(verdict)}</span>");

    public string TitleOf(Incident incident) => _book.Say(incident.Heading);

    public string SentenceOf(Incident incident) => _book.Say(incident.Said);

    /// <summary>What the title does not say yet; empty when it says all.</summary>
    public string BodyOf(Incident incident)
    {
        var (title, body) = (TitleOf(incident), incident.Body is { } rest ? _book.Say(rest) : "");
        if (title.Contains(body, StringComparison.Ordinal))
            return "";
        var same = Enumerable.Range(0, title.Length).Select(start => title[start..])
            .FirstOrDefault(end => end.Length >= LeastSame && body.StartsWith(end, StringComparison.Ordinal)) ?? "";
        return body[same.Length..].TrimStart(';', '；', ',', '，', '.', '。', ' ');
    }

    /// <summary>Characters from which on a body repeats its title.</summary>
    const int LeastSame = 12;

    public string CauseOf(Incident incident) => _book.Say(incident.Why);

    public string AdviceOf(Incident incident) => _book.Say(incident.DoFirst);

    public string SentenceOf(Judgement judgement) => _book.Say(judgement.Said);
}
