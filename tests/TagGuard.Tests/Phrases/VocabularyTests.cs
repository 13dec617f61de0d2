using System.Reflection;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;

namespace TagGuard.Tests.Phrases;

/// <summary>What has a fixed set of values has a word for each, in each language.</summary>
public sealed class VocabularyTests
{
    public static TheoryData<Language> Languages() => [.. Enum.GetValues<Language>()];

    [Theory, MemberData(nameof(Languages))]
    public void EachVerdictHasAWord(Language language) => EachHasAWord<Verdict>(language, "outcome");

    [Theory, MemberData(nameof(Languages))]
    public void EachFindingHasAWord(Language language) => EachHasAWord<Finding>(language, "finding");

    [Theory, MemberData(nameof(Languages))]
    public void EachStandingOfAGateHasAWord(Language language) => EachHasAWord<GateStanding>(language, "standing");

    [Theory, MemberData(nameof(Languages))]
    public void EachStateOfADayHasAWord(Language language) => EachHasAWord<DayState>(language, "past");

    [Theory, MemberData(nameof(Languages))]
    public void EachMetricHasAWord(Language language)
    {
        var metrics = typeof(Metrics).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"metric.{field.GetValue(null)}").Order();
        Assert.Equal(metrics, Phrasebook.Of(language).File("metric").Keys.Order());
    }

    /// <summary>As many words as values: one of a value that is gone would be found by nobody.</summary>
    static void EachHasAWord<T>(Language language, string file) where T : struct, Enum
    {
        var book = Phrasebook.Of(language);
        Assert.Equal(Enum.GetValues<T>().Select(book.Word).Order(), book.File(file).Values.Order());
    }
}
