using System.Text.RegularExpressions;
using TagGuard.Phrases;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Phrases;

/// <summary>Each language holds every phrase, with the places of the same values, and every phrase is used.</summary>
public sealed partial class LanguageTests
{
    static readonly string Room = Repository.Path("src/TagGuard.Core/Phrases");

    /// <summary>Files whose names are made of values: a unit, a metric, a verdict.</summary>
    static readonly string[] Vocabularies = ["unit", "metric", "weekday", "advice", "date", "outcome", "finding", "standing", "past", "outbox_kind"];

    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Path.Combine(Room, "en"), "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Fact]
    public void EachLanguageHasTheSameFiles() =>
        Assert.All(
            Enum.GetNames<Language>(),
            language => Assert.Equal(Files().Select(file => file.Data), Names(Path.Combine(Room, language.ToLowerInvariant()))));

    [Theory, MemberData(nameof(Files))]
    public void EachLanguageHoldsEveryPhraseOfAFile(string file)
    {
        var english = Phrasebook.Of(Language.En).File(file);
        Assert.NotEmpty(english);
        Assert.All(Enum.GetValues<Language>(), language => Assert.Equal(english.Keys.Order(), Phrasebook.Of(language).File(file).Keys.Order()));
    }

    [Theory, MemberData(nameof(Files))]
    public void EachLanguageHasThePlacesOfTheSameValues(string file)
    {
        foreach (var name in Phrasebook.Of(Language.En).File(file).Keys)
        {
            var english = Phrasebook.Of(Language.En).TemplateOf(name)!;
            var chinese = Phrasebook.Of(Language.Zh).TemplateOf(name)!;
            Assert.Equal(english.Names.Order(), chinese.Names.Order());
            Assert.All(english.Units.Concat(chinese.Units), unit => Assert.Contains($"unit.{unit}", Phrasebook.Of(Language.En).File("unit").Keys));
        }
    }

    [Fact]
    public void EveryPhraseThatTheCodeNamesHasWordsAndEveryPhraseIsNamed()
    {
        var known = Files().Select(file => file.Data).Except(Vocabularies).SelectMany(file => Phrasebook.Of(Language.En).File(file).Keys).ToHashSet();
        var files = Files().Select(file => file.Data).ToHashSet();
        var named = Sources().SelectMany(text => PhraseName().Matches(text).Select(match => match.Groups[1].Value))
            .Where(name => files.Contains(name[..name.IndexOf('.', StringComparison.Ordinal)])).ToHashSet();

        Assert.Equal([], known.Except(named).Order());
        Assert.Equal([], named.Except(known).Where(name => !Vocabularies.Contains(name[..name.IndexOf('.', StringComparison.Ordinal)])).Order());
    }

    [Theory, MemberData(nameof(Files))]
    public void EachPhraseIsSaidWithAnyValues(string file)
    {
        foreach (var book in Enum.GetValues<Language>().Select(Phrasebook.Of))
        {
            foreach (var name in book.File(file).Keys)
            {
                var said = book.Say(name, [.. book.TemplateOf(name)!.Names.Select(value => (value, (object?)12345))]);
                Assert.DoesNotMatch(@"\{\w+[:|}]", said);
                Assert.Equal(
                    book.TemplateOf(name)!.Names.Any(),
                    said.Contains("12,345", StringComparison.Ordinal) || said.Contains("12345%", StringComparison.Ordinal));
            }
        }
    }

    /// <summary>An advice is found by the name of its cause.</summary>
    [Fact]
    public void EachCauseHasItsAdvice() => Assert.Equal(
        Phrasebook.Of(Language.En).File("cause").Keys.Select(name => name["cause.".Length..]).Order(),
        Phrasebook.Of(Language.En).File("advice").Keys.Select(name => name["advice.".Length..]).Order());

    [Fact]
    public void ChineseIsWrittenWithItsOwnMarks() => Assert.All(
        Files().Select(file => file.Data).SelectMany(file => Phrasebook.Of(Language.Zh).File(file)),
        phrase => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}[,.;:(]|[,;)]\p{IsCJKUnifiedIdeographs}", phrase.Value));

    static IEnumerable<string> Sources() => new[] { "src", "jobs" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .Select(File.ReadAllText);

    static IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order();

    [GeneratedRegex("\"([a-z_]+\\.[a-z0-9_.]+)\"")]
    private static partial Regex PhraseName();
}
