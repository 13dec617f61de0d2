using TagGuard.Facts;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Incidents;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Detect;

public sealed class DriftRuleTests
{
    static readonly DriftRule Rule = new() { On = Some.Date.DayOfWeek };

    /// <summary>A tag that grows by so much a day since so many days.</summary>
    static Shop Growing(string tag, double aDay, int days)
    {
        var shop = new Shop(days: 150, noise: 0.02);
        for (var ago = days; ago >= 0; ago--)
            shop.Times(key => key == tag, Math.Pow(1 + aDay, days - ago), ago, ago);
        return shop;
    }

    [Fact]
    public void ASlowInflationIsListed()
    {
        var judgement = Assert.Single(Rule.Judge(Growing("F2_3", 0.015, 14).Morning()));

        Assert.Equal(
            (Some.Tag("F2_3"), Verdict.Warn, Finding.Drift, false),
            (judgement.Series, judgement.Verdict, judgement.Finding, judgement.Blocking));
        Assert.Matches(@"^\+\d\d[\d.]*% in about four weeks", judgement.Sentence);
    }

    [Fact]
    public void ASlowLeakIsListed() =>
        Assert.StartsWith("-", Assert.Single(Rule.Judge(Growing("F2_3", -0.015, 14).Morning())).Sentence, StringComparison.Ordinal);

    [Fact]
    public void WhatIsSteadyIsNotListed() => Assert.Empty(Rule.Judge(new Shop(days: 150, noise: 0.02).Morning()));

    [Fact]
    public void GrowthOfAllTagsIsNoDriftOfEach()
    {
        var shop = new Shop(days: 150, noise: 0.02);
        for (var ago = 40; ago >= 0; ago--)
            shop.Times(_ => true, Math.Pow(1.01, 40 - ago), ago, ago);

        Assert.Empty(Rule.Judge(shop.Morning()));
    }

    [Fact]
    public void ATagIsListedOnceInFourWeeksBesideTheirReminder()
    {
        var shop = Growing("F2_3", 0.015, 35);
        var listed = Enumerable.Range(0, 4).Select(week => 21 - 7 * week)
            .Where(ago => Rule.Judge(shop.Morning(ago)).Any())
            .Select(ago => Some.Date.AddDays(-ago));

        Assert.Single(listed, date => date.DayNumber / 7 % 4 != 0);
    }

    [Fact]
    public void OnOtherDaysNothingIsListed() =>
        Assert.Empty((Rule with { On = Some.Date.AddDays(1).DayOfWeek }).Judge(Growing("F2_3", 0.015, 14).Morning()));

    [Fact]
    public void TheListIsOneIncidentThatClosesNothing()
    {
        var shop = Growing("F2_3", 0.02, 14);
        for (var ago = 14; ago >= 0; ago--)
            shop.Times(key => key == "F4_1", Math.Pow(0.985, 14 - ago), ago, ago);
        var incident = Assert.Single(IncidentSorter.From([.. Rule.Judge(shop.Morning())], "", ""));

        Assert.Equal((Verdict.Warn, false, 2), (incident.Verdict, incident.Blocking, incident.Size));
        Assert.StartsWith("Slow drift in 2 tags; most in F2_3: +", incident.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void AFirstRunSaysThatItsHistoryIsTooShort()
    {
        var said = Assert.Single(Rule.Judge(new Shop(days: 0).Morning()));

        Assert.Equal((Verdict.Pass, Finding.Warming, false), (said.Verdict, said.Finding, said.Blocking));
        Assert.StartsWith("Slow changes cannot be seen yet: 0 days known", said.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAWeekdayTheListIsMadeEveryMorning()
    {
        var shop = Growing("F2_3", 0.015, 35);
        var listed = Enumerable.Range(0, 28).Select(ago => new DriftRule().Judge(shop.Morning(27 - ago)).Count()).ToList();

        Assert.Equal(1, listed.Sum());
    }

    /// <summary>The rule may be younger than the drift, or no run may have been made on the day it was first seen.</summary>
    [Fact]
    public void WhatGoesOnIsToldAgainOnEveryFourthSunday()
    {
        var reminder = Enumerable.Range(0, 28).Single(ago =>
            Some.Date.AddDays(-ago) is var date && date.DayOfWeek == DayOfWeek.Sunday && date.DayNumber / 7 % 4 == 0);
        var shop = Growing("F2_3", 0.015, reminder + 18);

        Assert.Empty(new DriftRule().Judge(shop.Morning(reminder + 1)));
        Assert.Equal(Some.Tag("F2_3"), Assert.Single(new DriftRule().Judge(shop.Morning(reminder))).Series);
    }

    [Fact]
    public void AHistoryThatIsTooShortIsSaid()
    {
        var judgement = Assert.Single(new DriftRule().Judge(new Shop(days: 20).Morning()));

        Assert.Equal(
            (Metrics.Drifts, Verdict.Pass, Finding.Warming, false),
            (judgement.Series.Metric, judgement.Verdict, judgement.Finding, judgement.Blocking));
        Assert.Equal("Slow changes cannot be seen yet: 20 days known, 41 needed.", judgement.Sentence);
    }
}
