using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

public sealed class BaselineRuleTests
{
    static readonly BaselineRule Rule = new();

    [Theory]
    [InlineData(10_000, Verdict.Pass, Finding.Normal)]
    [InlineData(10_900, Verdict.Pass, Finding.Normal)]
    [InlineData(5_000, Verdict.Fail, Finding.Drop)]
    [InlineData(20_000, Verdict.Fail, Finding.Rise)]
    [InlineData(0, Verdict.Fail, Finding.Zero)]
    public void ATagIsHeldToItsOwnWeekday(double today, Verdict verdict, Finding finding)
    {
        var judgement = Judge(Some.Tag("A_1"), today, Some.Usual(10_000));
        Assert.Equal((verdict, finding), (judgement.Verdict, judgement.Finding));
        Assert.InRange(judgement.Expected!.Value, 9_600, 10_400);
        Assert.True(judgement.Low < judgement.Expected && judgement.Expected < judgement.High);
    }

    [Fact]
    public void TheSentenceHoldsTheNumbersAndTheWeekday()
    {
        var judgement = Judge(Some.Rows, 5_000, [.. Enumerable.Repeat(10_000.0, 56)]);
        Assert.StartsWith("5,000 rows, 50% below the 10,000 expected on a Tuesday; ", judgement.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("would not fail.", judgement.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10_000, "10,000 rows, the same as the 10,000 expected on a Tuesday; ")]
    [InlineData(10_001, "10,001 rows, close to the 10,000 expected on a Tuesday; ")]
    [InlineData(9_999, "9,999 rows, close to the 10,000 expected on a Tuesday; ")]
    [InlineData(10_010, "10,010 rows, 0.1% above the 10,000 expected on a Tuesday; ")]
    public void OnlyEqualNumbersAreCalledTheSame(double today, string sentence) =>
        Assert.StartsWith(sentence, Judge(Some.Rows, today, [.. Enumerable.Repeat(10_000.0, 56)]).Sentence, StringComparison.Ordinal);

    [Fact]
    public void AQuietWeekendIsNoDrop()
    {
        // Some.Date is a Tuesday; two days earlier is the Sunday.
        var sunday = Some.Date.AddDays(-2);
        var series = Some.Tag("A_1");
        var history = new History(
            sunday,
            [new(series, [.. Some.Before(series, Some.Usual(10_000, 58, weekend: 0.3)).Value.Where(day => day.Date < sunday)])]);
        var batch = new Batch(Some.Check, new(sunday, TimeZoneInfo.Utc), Some.Now, [Some.Taken(series, 3_000)], history);
        Assert.Equal(Verdict.Pass, Assert.Single(Rule.Judge(batch)).Verdict);
        Assert.Equal(Verdict.Fail, Assert.Single(Rule.Judge(batch with { Today = [Some.Taken(series, 10_000)] })).Verdict);
    }

    [Fact]
    public void SteadyGrowthDoesNotAlarm()
    {
        double[] growing = [.. Enumerable.Range(0, 57).Select(i => Math.Round(10_000 * Math.Pow(1.01, i)))];
        var judgement = Judge(Some.Tag("A_1"), growing[56], growing[..56]);
        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.InRange(judgement.Expected!.Value, 0.98 * growing[56], 1.02 * growing[56]);
    }

    [Fact]
    public void AnAcceptedShiftIsFollowedWithinAWeek()
    {
        double[] shifted = [.. Some.Usual(10_000, 49), .. Enumerable.Repeat(16_000.0, 7)];
        Assert.Equal(Verdict.Pass, Judge(Some.Tag("A_1"), 16_000, shifted).Verdict);
    }

    [Fact]
    public void OneBadDayInHistoryHidesNoDrop()
    {
        var usual = Some.Usual(10_000);
        usual[^7] = 100;
        Assert.Equal(Finding.Drop, Judge(Some.Tag("A_1"), 4_000, usual).Finding);
    }

    [Fact]
    public void ASteadyTagMayMoveByMinChange()
    {
        double[] steady = [.. Enumerable.Repeat(1_000_000.0, 56)];
        Assert.Equal(Verdict.Pass, Judge(Some.Tag("A_1"), 901_000, steady).Verdict);
        Assert.Equal(Verdict.Pass, Judge(Some.Tag("A_1"), 1_099_000, steady).Verdict);
    }

    [Theory]
    [InlineData(30, 40, Verdict.Pass)]
    [InlineData(0, 40, Verdict.Pass)]
    [InlineData(0, 60, Verdict.Fail)]
    public void ATagUnderMinUsersIsNotJudgedUntilItFellFromAbove(double today, double before, Verdict verdict)
    {
        var judgement = Judge(Some.Tag("A_1"), today, [.. Enumerable.Repeat(before, 56)]);
        Assert.Equal(verdict, judgement.Verdict);
        Assert.True(verdict == Verdict.Fail || judgement.Sentence.Contains("below min_users", StringComparison.Ordinal));
    }

    [Fact]
    public void AZeroThatIsUsualOnThisWeekdayIsToldButDoesNotFail()
    {
        var values = Some.Usual(10_000);
        values[^7] = values[^21] = 0;
        var judgement = Judge(Some.Tag("A_1"), 0, values);
        Assert.Equal((Verdict.Warn, Finding.Zero), (judgement.Verdict, judgement.Finding));
    }

    [Fact]
    public void TooLittleHistoryOfATotalIsUnknownAndBlocks()
    {
        var judgement = Judge(Some.Rows, 100, Some.Usual(100, 20));
        Assert.Equal((Verdict.Unknown, Finding.NoHistory, true), (judgement.Verdict, judgement.Finding, judgement.ClosesGate));
        Assert.Equal("100 rows, with nothing to compare with: 2 days of the same season accepted, 4 needed.", judgement.Sentence);
    }

    [Fact]
    public void AYoungTagAtZeroFailsAllTheSame() =>
        Assert.Equal(
            (Verdict.Fail, Finding.Zero),
            Judge(Some.Tag("A_1"), 0, 900, 1000, 950) is var judgement ? (judgement.Verdict, judgement.Finding) : default);

    [Theory]
    [InlineData(0, Finding.New)]
    [InlineData(5, Finding.NoHistory)]
    public void AYoungTagOfACheckWithHistoryBlocksNobody(int days, Finding finding)
    {
        var young = days == 0 ? [] : new[] { Some.Before(Some.Tag("B_1"), Some.Usual(100, days)) };
        var history = Some.History([Some.Before(Some.Tag("A_1"), Some.Usual(10_000)), .. young]);
        var batch = Some.Batch(Some.Taken(Some.Tag("A_1"), 10_000), Some.Taken(Some.Tag("B_1"), 100)).With(history);
        var judgement = Rule.Judge(batch).Single(judgement => judgement.Series.Key == "B_1");
        Assert.Equal((Verdict.Unknown, finding, false), (judgement.Verdict, judgement.Finding, judgement.ClosesGate));
    }

    [Fact]
    public void AnExpectationOfNothingIsMetByNothingAndUnknownOtherwise()
    {
        double[] zeros = new double[56];
        Assert.Equal(Verdict.Pass, Judge(Some.Rows, 0, zeros).Verdict);
        Assert.Equal(
            (Verdict.Unknown, Finding.Rise),
            Judge(Some.Rows, 500, zeros) is var judgement ? (judgement.Verdict, judgement.Finding) : default);
    }

    [Theory]
    [InlineData(false, Verdict.Unknown)]
    [InlineData(true, Verdict.Fail)]
    public void AMeasurementThatWasNotTakenNeverPasses(bool isAbsent, Verdict verdict)
    {
        var judgement = Assert.Single(Rule.Judge(Some.Batch(Some.Missed(Some.Total(Metrics.TaggedUsers), isAbsent))));
        Assert.Equal((verdict, Finding.Missing), (judgement.Verdict, judgement.Finding));
    }

    [Fact]
    public void CountsOfDuplicatesAndEmptiesAreNotItsBusiness()
    {
        var batch = Some.Batch(
            Some.Taken(Some.Rows, 5),
            Some.Taken(Some.Total(Metrics.DuplicateUsers), 5),
            Some.Taken(Some.Total(Metrics.EmptyMaps), 5));
        Assert.Equal(Some.Rows, Assert.Single(Rule.Judge(batch)).Series);
    }

    [Fact]
    public void DaysThatOnlyOtherRulesWantChangeNothing()
    {
        double[] earlier = [.. Enumerable.Repeat(50.0, 100)];
        var withMore = Judge(Some.Tag("A_1"), 9_000, [.. earlier, .. Some.Usual(10_000)]);
        var without = Judge(Some.Tag("A_1"), 9_000, Some.Usual(10_000));
        Assert.Equal((without.Sentence, without.Low, without.High), (withMore.Sentence, withMore.Low, withMore.High));
    }

    public static TheoryData<BaselineRule, string> Dead => new()
    {
        { Rule with { MinSeasons = 9 }, "min_seasons 9 is more than seasons 8" },
        { Rule with { MinSeasons = 2 }, "fewer than 3" },
        { Rule with { Season = TimeSpan.FromHours(30) }, "whole days" },
        { Rule with { Seasons = 1000 }, "7000 days" },
        { Rule with { MinChange = new Limits(-100, 10) }, "fall by at most 100%" },
        { Rule with { MinChange = default }, "no limit" },
        { Rule with { Fail = 2, Warn = 3 }, "standard deviations" },
        { Rule with { Fail = double.NaN }, "standard deviations" },
        { Rule with { Fail = 40 }, "lies only" },
        { Rule with { MinUsers = 5 }, "use min_users: " },
        { Rule with { MinUsers = -1 }, "negative" },
    };

    [Theory, MemberData(nameof(Dead))]
    public void ADeadRuleIsRefusedWithTheArithmetic(BaselineRule rule, string said) =>
        Assert.Contains(rule.Mistakes(), mistake => mistake.Message.Contains(said, StringComparison.Ordinal));

    [Fact]
    public void TheDefaultsAreSound() => Assert.Empty(Rule.Mistakes());

    static Judgement Judge(SeriesId series, double today, params double[] before) =>
        Assert.Single(Rule.Judge(Some.Batch(Some.Taken(series, today)).With(Some.History(Some.Before(series, before)))));
}
