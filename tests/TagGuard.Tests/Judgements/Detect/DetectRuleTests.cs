using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Incidents;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Detect;

public sealed class DetectRuleTests
{
    static readonly DetectRule Rule = new();

    static Judgement Of(Batch batch, string tag, DetectRule? rule = null) =>
        (rule ?? Rule).Judge(batch).Single(judgement => judgement.Series == Some.Tag(tag));

    static IReadOnlyList<Incident> Incidents(Batch batch, DetectRule? rule = null) =>
        IncidentSorter.From([.. (rule ?? Rule).Judge(batch)], "dana", "");

    [Fact]
    public void AnOrdinaryMorningIsQuiet()
    {
        var judgements = Rule.Judge(new Shop().Morning()).ToList();

        Assert.DoesNotContain(judgements, judgement => judgement.Verdict == Verdict.Fail);
        Assert.InRange(judgements.Count(judgement => judgement.Verdict == Verdict.Warn), 0, 1);
    }

    [Theory]
    [InlineData(0, Finding.Zero)]
    [InlineData(0.5, Finding.Drop)]
    [InlineData(2, Finding.Rise)]
    public void ATagThatMovesAloneFailsAndSaysHowItsShareMoved(double factor, Finding finding)
    {
        var judgement = Of(new Shop().Times(tag => tag == "F3_4", factor).Morning(), "F3_4");

        Assert.Equal((Verdict.Fail, finding), (judgement.Verdict, judgement.Finding));
        Assert.Matches(@"Share \d+\.?\d*% -> \d+\.?\d*%: the tag moved [+-]\d+\.?\d*%, its base [+-]?\d+\.?\d*%\.$", judgement.Sentence);
        Assert.True(judgement.Low < judgement.Expected && judgement.Expected < judgement.High);
    }

    [Fact]
    public void ThreeUsersMoreOfThreeAreChanceAndFivePercentOfManyMayNotBe()
    {
        var shop = new Shop(noise: 0.004).Times(_ => true, 12, 100).Times(tag => tag == "F5_7", 0.95);
        for (var ago = 100; ago >= 0; ago--)
            shop["S_1", ago] = ago == 0 ? 6 : 3;

        Assert.Equal(Verdict.Pass, Of(shop.Morning(), "S_1").Verdict);
        Assert.Equal(Finding.Drop, Of(shop.Morning(), "F5_7", new DetectRule { MinChange = new Limits(-1, 1) }).Finding);
    }

    [Theory]
    [InlineData(0.5, Finding.Drop)]
    [InlineData(2, Finding.Rise)]
    public void WhatAllTagsDoIsOneIncident(double factor, Finding finding)
    {
        var incident = Assert.Single(Incidents(new Shop().Times(_ => true, factor).Morning()));

        Assert.Equal((finding, 48), (incident.Finding, incident.Size));
        Assert.StartsWith("All tags: 48 of 48 ", incident.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAFamilyDoesIsOneIncident()
    {
        var incident = Assert.Single(Incidents(new Shop().Times(tag => tag.StartsWith("F2_", StringComparison.Ordinal), 0.5).Morning()));

        Assert.StartsWith("Family F2: all 8 tags lower", incident.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatTheTagsOfOneUpstreamTableDoIsOneIncidentOfTheTable()
    {
        var rule = new DetectRule
        {
            Lineage = new Dictionary<string, IReadOnlyList<string>>
            {
                ["dw.order_fact"] = ["F1_*", "F4_*"],
                ["dw.logins"] = ["F0_*", "F2_*", "F3_*"],
            },
        };
        var incident = Assert.Single(Incidents(new Shop().Times(tag => tag[1] is '1' or '4', 0.6).Morning(), rule));

        Assert.StartsWith("Tags from dw.order_fact: all 16 tags lower", incident.Title, StringComparison.Ordinal);
        Assert.Contains("dw.order_fact", incident.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void ANewTagIsToldOnceAndLeftInPeaceUntilItIsOldEnough()
    {
        var shop = new Shop().Forget("F1_1", ago => ago > 20);
        shop.Times(tag => tag == "F1_1", 5, 12, 10);
        var told = shop.Live(Rule, 20).Select(morning => morning.Single(judgement => judgement.Series == Some.Tag("F1_1"))).ToList();

        Assert.Equal((Verdict.Warn, Finding.New, false), (told[0].Verdict, told[0].Finding, told[0].Blocking));
        Assert.All(told.Skip(1).Take(13), young => Assert.Equal((Verdict.Pass, Finding.Warming), (young.Verdict, young.Finding)));
        Assert.All(told.Skip(14), old => Assert.Equal(Verdict.Pass, old.Verdict));
    }

    [Fact]
    public void ATagThatVanishesIsToldOnce()
    {
        var told = new Shop()
            .Times(tag => tag == "F3_4", 0, 9, 0)
            .Live(Rule, 10)
            .Select(morning => morning.Single(judgement => judgement.Series == Some.Tag("F3_4")))
            .ToList();

        Assert.Equal([Finding.Normal, Finding.Zero, .. Enumerable.Repeat(Finding.Gone, 9)], told.Select(judgement => judgement.Finding));
        Assert.Equal([Verdict.Fail], told.Select(judgement => judgement.Verdict).Where(verdict => verdict != Verdict.Pass));
        Assert.Contains("none since", told[^1].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.6)]
    [InlineData(0.6)]
    [InlineData(4)]
    public void ANewLevelFailsUntilItIsTheLevel(double factor)
    {
        var verdicts = new Shop().Times(tag => tag == "F4_6", factor, 20, 0).Live(Rule, 20)
            .Select(morning => morning.Single(judgement => judgement.Series == Some.Tag("F4_6")).Verdict).ToList();
        var failed = verdicts.TakeWhile(verdict => verdict == Verdict.Fail).Count();

        Assert.InRange(failed, 2, 4);
        Assert.All(verdicts.Skip(failed + 1), verdict => Assert.Equal(Verdict.Pass, verdict));
    }

    [Fact]
    public void ANewLevelThatWasAcceptedFailsNoMore()
    {
        var shop = new Shop().Times(tag => tag == "F4_6", 1.6, 1, 0);
        Assert.Equal(Verdict.Fail, Of(shop.Morning(1), "F4_6").Verdict);

        Assert.Equal(Verdict.Fail, Of(shop.Mark("F4_6", 1, DayState.Quarantined).Morning(), "F4_6").Verdict);
        Assert.Equal(Verdict.Pass, Of(shop.Mark("F4_6", 1, DayState.Accepted).Morning(), "F4_6").Verdict);
    }

    [Fact]
    public void TheDayAfterAFaultIsQuiet()
    {
        var shop = new Shop().Times(tag => tag[1] is '1' or '2', 0.4, 1, 1);
        var mornings = shop.Live(Rule, 1);

        Assert.Contains(mornings[0], judgement => judgement.Verdict == Verdict.Fail);
        Assert.DoesNotContain(mornings[1], judgement => judgement.Verdict == Verdict.Fail);
    }

    [Theory]
    [InlineData("F3_4", 1)]
    [InlineData("F3_4", 3)]
    [InlineData("F2_", 4)]
    public void TheEndOfAFaultIsNoFault(string tags, int days)
    {
        var mornings = new Shop().Times(tag => tag.StartsWith(tags, StringComparison.Ordinal), 0.3, days, 1).Live(Rule, days);

        Assert.Contains(mornings[0], judgement => judgement.Verdict == Verdict.Fail);
        Assert.DoesNotContain(mornings[^1], judgement => judgement.Verdict == Verdict.Fail);
    }

    [Fact]
    public void AShopThatIsClosedOnOneWeekdayIsNoCopyOnIt()
    {
        var shop = new Shop(days: 30);
        for (var ago = 28; ago >= 0; ago -= 7)
        {
            foreach (var tag in shop.Tags.ToList())
                shop[tag, ago] = shop[tag, ago + 1];
        }

        Assert.DoesNotContain(Rule.Judge(shop.Morning()), judgement => judgement.Finding == Finding.StaleCopy);
    }

    [Fact]
    public void OneSlowTagWithTheCountOfTheDayBeforeIsNothing()
    {
        foreach (var tag in Stocks.Of().Tags.ToList())
        {
            var shop = Stocks.Of();
            shop[tag, 0] = shop[tag, 1];

            Assert.DoesNotContain(Rule.Judge(shop.Morning()), judgement => judgement.Finding == Finding.StaleCopy);
        }
    }

    [Fact]
    public void OneTagWithTheCountOfTheDayBeforeIsToldWhereItsOwnPastMakesThatImprobable()
    {
        // Millions of users who are others every day.
        var shop = new Shop().Times(tag => tag == "F5_7", 100, from: 100);
        shop["F5_7", 0] = shop["F5_7", 1];

        var judgement = Of(shop.Morning(), "F5_7");

        Assert.Equal(Finding.StaleCopy, judgement.Finding);
        Assert.NotEqual(Verdict.Pass, judgement.Verdict);
    }

    [Fact]
    public void ACopyOfAPartOfTheTagsIsOneIncident()
    {
        var shop = new Shop();
        foreach (var tag in shop.Tags.Where(tag => tag[1] is '1' or '4').ToList())
            shop[tag, 0] = shop[tag, 1];

        Assert.Contains(
            "16 of 48 tags with exactly the count of the day before",
            Assert.Single(Incidents(shop.Morning())).Title,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ARejectedDayIsNotComparedWith()
    {
        var shop = new Shop();
        var before = Of(shop.Morning(), "F2_2").Expected;
        foreach (var ago in new[] { 1, 7, 14 })
        {
            shop["F2_2", ago] *= 40;
            shop.Mark("F2_2", ago, DayState.Rejected);
        }

        Assert.Equal(before!.Value, Of(shop.Morning(), "F2_2").Expected!.Value, before.Value * 0.03);
    }

    [Fact]
    public void AFirstRunCouldNotTellAndHoldsTheGate()
    {
        var judgements = Rule.Judge(new Shop(days: 0).Morning()).ToList();

        Assert.All(
            judgements,
            judgement => Assert.Equal((Verdict.Unknown, Finding.NoHistory, true), (judgement.Verdict, judgement.Finding, judgement.ClosesGate)));
        Assert.Equal(49, judgements.Count);
    }

    [Fact]
    public void AGapInTheHistoryHoldsNobodyUp()
    {
        var shop = new Shop();
        foreach (var tag in shop.Tags.ToList())
            shop.Forget(tag, ago => ago is >= 1 and <= 5 or >= 30 and <= 40);

        Assert.DoesNotContain(Rule.Judge(shop.Morning()), judgement => judgement.Verdict > Verdict.Warn);
    }

    [Fact]
    public void AWholeCheckAtZeroFailsOnTheSecondDayAsOnTheFirst()
    {
        var shop = new Shop();
        foreach (var ago in new[] { 0, 1 })
            shop.Set(Some.Total(Metrics.TaggedUsers), ago, 0);

        Assert.All(
            new[] { 0, 1 },
            ago =>
                Assert.Equal(
                    (Verdict.Fail, Finding.Zero),
                    Rule.Judge(shop.Morning(ago))
                        .Where(judgement => judgement.Series.Metric == Metrics.TaggedUsers)
                        .Select(judgement => (judgement.Verdict, judgement.Finding))
                        .Single()));
    }

    [Fact]
    public void WhatWasMissedIsSaid()
    {
        var judgement = Assert.Single(Rule.Judge(Some.Batch(Some.Missed(Some.Total(Metrics.TaggedUsers)))));
        Assert.Equal((Verdict.Unknown, Finding.Missing), (judgement.Verdict, judgement.Finding));
    }

    [Fact]
    public void TheBudgetIsStatedWithWhatWasUsedOfIt()
    {
        var judgement = Rule.Judge(new Shop().Times(tag => tag == "F3_4", 0.5).Morning())
            .Single(judgement => judgement.Series.Metric == Metrics.Alarms);

        Assert.Equal((Verdict.Pass, 1d), (judgement.Verdict, judgement.Value));
        Assert.StartsWith("1 alarm among 48 tags judged individually. Alerts start at score ", judgement.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ALargerBudgetTellsMore()
    {
        var morning = new Shop().Times(tag => tag == "F3_4", 0.72).Morning();

        Assert.Equal(Verdict.Pass, Of(morning, "F3_4", new DetectRule { FalseAlarmsPerMorning = 0.0001, FalseBlocksPerMonth = 0.0001 }).Verdict);
        Assert.NotEqual(Verdict.Pass, Of(morning, "F3_4", new DetectRule { FalseAlarmsPerMorning = 5 }).Verdict);
    }

    [Fact]
    public void TheOrderOfTheMeasurementsDoesNotMatter()
    {
        var morning = new Shop().Times(tag => tag[1] == '2', 0.7).Morning();
        var turned = morning with { Today = [.. morning.Today.Reverse()] };

        Assert.Equal(
            Rule.Judge(morning).OrderBy(judgement => judgement.Series),
            Rule.Judge(turned).OrderBy(judgement => judgement.Series),
            (one, other) => one.Sentence == other.Sentence && one.Low == other.Low);
    }

    [Fact]
    public void ASpecialDayIsJudgedAsTheCalendarSays()
    {
        var check = new CheckPlan { Name = Some.Check, Measure = new CountMeasure(), Judge = new JudgePlan { Rules = [Rule] } };
        var morning = new Shop().Times(tag => tag[1] == '2', 0.7).Morning();

        Assert.Contains(Judged(null), judgement => judgement.ClosesGate);
        Assert.All(Judged(CalendarEffect.Exclude), judgement => Assert.Equal(Verdict.Pass, judgement.Verdict));
        Assert.Contains(
            Judged(CalendarEffect.Exclude),
            judgement =>
                judgement.Finding == Finding.Excluded
                && judgement.Sentence.StartsWith("Not judged on Half Term (holiday): ", StringComparison.Ordinal));
        Assert.Contains(Judged(CalendarEffect.ReportOnly), judgement => judgement.Verdict == Verdict.Fail);
        Assert.DoesNotContain(Judged(CalendarEffect.ReportOnly), judgement => judgement.ClosesGate);
        Assert.DoesNotContain(Judged(CalendarEffect.Widen), judgement => judgement.ClosesGate);

        IReadOnlyList<Judgement> Judged(CalendarEffect? effect) =>
            Judging.Of(
                check,
                morning,
                effect is { } known ? new Calendar([new CalendarDay(Some.Date, "Half Term", "holiday", known)], widening: 4) : Calendar.None);
    }

    [Fact]
    public void SpecialDaysAreKeptOutOfBaselines()
    {
        var shop = new Shop();
        var check = new CheckPlan
        {
            Name = Some.Check,
            Measure = new CountMeasure(),
            Judge = new JudgePlan { Rules = [Rule] },
        };
        var calendar = new Calendar(
            Enumerable.Range(0, 4).Select(week => new CalendarDay(Some.Date.AddDays(-7 * week - 7), "Market", "market", CalendarEffect.ReportOnly)));
        var usual = Of(shop.Morning(), "F2_2").Expected!.Value;
        foreach (var week in new[] { 7, 14, 21, 28 })
            shop.Times(_ => true, 5, week, week);

        var expected = Judging.Of(check, shop.Morning(), calendar).Single(judgement => judgement.Series == Some.Tag("F2_2")).Expected!.Value;

        Assert.Equal(usual, expected, usual * 0.05);
    }
}
