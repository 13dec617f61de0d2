using TagGuard.Keys;
using TagGuard.Phrases;
using TagGuard.Plans;

namespace TagGuard.Tests.Yaml;

/// <summary>`language`: what people read a plan's verdicts in.</summary>
public sealed class PlanLanguageTests
{
    [Fact]
    public void APlanIsEnglishUnlessItSaysOtherwise()
    {
        Assert.Equal(Language.En, Read(SomePlan.Sample).Language);
        Assert.Equal(Language.Zh, Read(In("zh")).Language);
    }

    [Fact]
    public void AGateReadsTheLanguageToo() => Assert.Equal(Language.Zh, SomePlan.InFile(In("zh"), file => SomePlan.Reader().ReadHead(file)).Language);

    [Fact]
    public void ALanguageThatIsNotKnownIsRefusedWithTheList()
    {
        var mistake = Assert.Single(Assert.Throws<PlanException>(() => Read(In("fr"))).Mistakes);
        Assert.Contains("one of en, zh", mistake.ToString());
    }

    [Fact]
    public void TheLanguageIsNotPartOfWhatAStageIsJudgedBy() =>
        Assert.Equivalent(Read(In("en")).Definitions.Select(WithoutFile), Read(In("zh")).Definitions.Select(WithoutFile), strict: true);

    static string In(string language) =>
        SomePlan.Sample.Replace("name: userprofile\n", $"name: userprofile\nlanguage: {language}\n", StringComparison.Ordinal);

    static Plan Read(string text) => SomePlan.InFile(text, file => SomePlan.Reader().Read(file));

    static StageDefinition WithoutFile(StageDefinition definition) => definition with { PlanFile = "" };
}
