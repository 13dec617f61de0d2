using TagGuard.Facts;
using TagGuard.Judgements.Detect;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Detect;

/// <summary>A tag that counts the users of its last days, by the visits of made-up users; who came on one day leaves on one.</summary>
public sealed class CohortTests
{
    const string Tag = "visited_30d";
    static readonly DetectRule Blind = new();
    static readonly DetectRule Knowing = new() { Windows = new Dictionary<string, TimeSpan> { ["visited"] = TimeSpan.FromDays(30) } };

    /// <summary>A shop of stocks with a tag of 30 days: some 100 users come a day, fewer on weekends, 1,500 more so many days ago.</summary>
    static Shop Visits(int came, int users = 1500, int window = 30, int seed = 5)
    {
        const int days = 200;
        var shop = Stocks.Of(days: days);
        var random = new Random(seed);
        var last = new Dictionary<int, int>();
        for (var ago = days + window; ago >= 0; ago--)
        {
            var weekend = Some.Date.AddDays(-ago).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            for (var visit = random.Next(90, 110) / (weekend ? 2 : 1); visit > 0; visit--)
                last[random.Next(40_000)] = ago;
            for (var user = 0; ago == came && user < users; user++)
                last[100_000 + user] = ago;
            if (ago <= days)
                shop.Set(Some.Tag(Tag), ago, last.Values.Count(seen => seen < ago + window));
        }
        return shop;
    }

    static Judgement Of(DetectRule rule, Shop shop) => rule.Judge(shop.Morning()).Single(judgement => judgement.Series == Some.Tag(Tag));

    [Fact]
    public void WhoCameTogetherIsExpectedToLeaveTogether()
    {
        var shop = Visits(came: 30);
        var said = Of(Knowing, shop);

        Assert.Equal((true, Finding.Drop), (Of(Blind, shop).Verdict > Verdict.Pass, Of(Blind, shop).Finding));
        Assert.Equal((Verdict.Pass, Finding.Normal), (said.Verdict, said.Finding));
        Assert.Matches(@"1,(4[5-9]|5[0-5])\d users of those who came on 2026-01-04 left with its window of 30 days: .*\.$", said.Sentence);
        Assert.InRange(said.Expected!.Value / said.Value!.Value, 0.97, 1.03);
    }

    [Fact]
    public void TheReportSaysWhoLeft()
    {
        var alarms = Knowing.Judge(Visits(came: 30).Morning()).Single(judgement => judgement.Series.Metric == Metrics.Alarms);

        Assert.Matches(@"Expected with its window: visited_30d lost 1,\d+ users who came on 2026-01-04\.$", alarms.Sentence);
    }

    [Fact]
    public void WhenTheyComeItIsSaidWhenTheyLeave()
    {
        var told = Of(Knowing, Visits(came: 0));

        Assert.Equal((Verdict.Fail, Finding.Rise), (told.Verdict, told.Finding));
        Assert.Contains(" With its window of 30 days they leave on 2026-03-05.", told.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreThanCameIsAFall()
    {
        var shop = Visits(came: 30);
        shop[Tag, 0] -= 800;

        Assert.Equal((Verdict.Fail, Finding.Drop), (Of(Knowing, shop).Verdict, Of(Knowing, shop).Finding));
    }

    [Theory]
    [InlineData(27)]
    [InlineData(29)]
    [InlineData(33)]
    public void OnAnotherDayItIsAFall(int came)
    {
        var shop = Visits(came: 60);
        foreach (var ago in Enumerable.Range(0, 60).Where(ago => ago < came))
            shop[Tag, ago] += 1500;
        shop[Tag, 0] -= 1500;

        Assert.Equal((Verdict.Fail, Finding.Drop), (Of(Knowing, shop).Verdict, Of(Knowing, shop).Finding));
    }

    [Fact]
    public void WhatWasAFaultAndRepairedLeavesNobody()
    {
        var shop = Visits(came: 300);
        shop[Tag, 30] += 1500;
        shop.Mark(Tag, 30, DayState.Quarantined);
        shop[Tag, 0] -= 1500;

        Assert.Equal((Verdict.Fail, Finding.Drop), (Of(Knowing, shop).Verdict, Of(Knowing, shop).Finding));
    }

    [Fact]
    public void AWindowThatLooksBackFromItsDayLosesThemOneDayLater() => Assert.Equal(Verdict.Pass, Of(Knowing, Visits(came: 31, window: 31)).Verdict);

    /// <summary>From the day on which they come to the week after they left, with cohorts of any size: told when they come, and not again.</summary>
    [Fact]
    public void ACohortIsToldOnceInItsLife()
    {
        var random = new Random(4);
        for (var round = 0; round < 6; round++)
        {
            var users = random.Next(500, 4000);
            var mornings = Visits(came: 38, users, seed: round).Live(Knowing, 38).Select(judgements =>
                judgements.Single(judgement => judgement.Series == Some.Tag(Tag))).ToList();

            Assert.NotEqual(Verdict.Pass, mornings[0].Verdict);
            Assert.All(mornings.Skip(6), (morning, day) => Assert.True(
                morning.Verdict == Verdict.Pass, $"Round {round}, {users} users, day {day + 6}: {morning.Sentence}"));
        }
    }

    [Fact]
    public void ATagWithoutAWindowIsNotTouched() => Assert.Equal(
        Blind.Judge(Stocks.Of().Morning()).Select(judgement => (judgement.Series, judgement.Sentence, judgement.Parts)),
        Knowing.Judge(Stocks.Of().Morning()).Select(judgement => (judgement.Series, judgement.Sentence, judgement.Parts)));
}
