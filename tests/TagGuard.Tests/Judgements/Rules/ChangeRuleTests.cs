using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

public sealed class ChangeRuleTests
{
    static readonly ChangeRule Week = new() { AvgLast = TimeSpan.FromDays(7), Warn = new Limits(-10, 20), Fail = new Limits(-30, 100) };

    [Theory]
    [InlineData(1000, Verdict.Pass, Finding.Normal)]
    [InlineData(900, Verdict.Pass, Finding.Normal)]
    [InlineData(899, Verdict.Warn, Finding.Drop)]
    [InlineData(1201, Verdict.Warn, Finding.Rise)]
    [InlineData(699, Verdict.Fail, Finding.Drop)]
    [InlineData(2001, Verdict.Fail, Finding.Rise)]
    [InlineData(0, Verdict.Fail, Finding.Zero)]
    public void AChangeIsHeldToLimitsOfEachSide(double today, Verdict verdict, Finding finding)
    {
        var judgement = Judge(Week, Some.Rows, today, 1000, 1000, 1000, 1000, 1000, 1000, 1000);
        Assert.Equal((verdict, finding), (judgement.Verdict, judgement.Finding));
        Assert.Equal((1000, 700, 2000), (judgement.Expected, Math.Round(judgement.Low!.Value), Math.Round(judgement.High!.Value)));
    }

    [Fact]
    public void TheSentenceHoldsTheNumbers()
    {
        var judgement = Judge(Week, Some.Rows, 12_431, [.. Enumerable.Repeat(20_050.0, 7)]);
        Assert.Equal("12,431 rows, 38% below the 7-day average 20,050: beyond the fail limit -30% to +100%.", judgement.Sentence);
    }

    [Fact]
    public void ACountBesideTheAverageIsNotCalledTheSame() =>
        Assert.Equal("20,051 rows, close to the 7-day average 20,050.", Judge(Week, Some.Rows, 20_051, [.. Enumerable.Repeat(20_050.0, 7)]).Sentence);

    [Fact]
    public void OnlyTheDayThatWasAskedForIsComparedWith()
    {
        var rule = new ChangeRule { DaysAgo = TimeSpan.FromDays(2), Fail = new Limits(-30, null) };
        var judgement = Judge(rule, Some.Rows, 100, 5000, 100, 9000);
        Assert.Equal((Verdict.Pass, 100), (judgement.Verdict, judgement.Expected));
        Assert.Equal(Some.Date.AddDays(-2), Assert.Single(judgement.Used).Date);
    }

    [Theory]
    [InlineData(7, DayState.Special, "the same as the 100 of 2026-01-20, the nearest comparable day (2026-01-27 is listed in the calendar)")]
    [InlineData(7, DayState.Quarantined, "(2026-01-27 failed and was not accepted).")]
    [InlineData(1, DayState.Rejected, "the 100 of 2026-01-25, the nearest comparable day (2026-02-02 was rejected).")]
    public void ADayThatDoesNotCountIsStoodInForByTheNearestComparableOne(int ago, DayState state, string said)
    {
        // Eight days of a holiday before the date; other weekdays have other counts.
        var rule = new ChangeRule { DaysAgo = TimeSpan.FromDays(ago), Fail = new Limits(-30, 30) };
        var days = Enumerable.Range(1, 40).Reverse().Select(back => new Day(
            Some.Date.AddDays(-back),
            back <= 8 ? 9_000 : back % 7 == 0 || ago == 1 ? 100 : 5_000,
            back <= 8 ? state : DayState.Accepted));
        var batch = Some.Batch(Some.Taken(Some.Rows, 100)).With(Some.History(new KeyValuePair<SeriesId, IReadOnlyList<Day>>(Some.Rows, [.. days])));

        var judgement = Assert.Single(rule.Judge(batch));

        Assert.Equal(Verdict.Pass, judgement.Verdict);
        Assert.Contains(said, judgement.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void TheAverageAfterAHolidayIsThatOfTheDaysBeforeIt()
    {
        var days = Enumerable.Range(1, 40).Reverse()
            .Select(back => new Day(Some.Date.AddDays(-back), back <= 8 ? 9_000 : 100, back <= 8 ? DayState.Special : DayState.Accepted));
        var batch = Some.Batch(Some.Taken(Some.Rows, 50)).With(Some.History(new KeyValuePair<SeriesId, IReadOnlyList<Day>>(Some.Rows, [.. days])));

        var judgement = Assert.Single(Week.Judge(batch));

        Assert.Equal(Verdict.Fail, judgement.Verdict);
        Assert.Contains(
            "50% below the average 100 of 7 days accepted up to 2026-01-25 (none of the last 7 is comparable)",
            judgement.Sentence,
            StringComparison.Ordinal);
        Assert.Equal(7, judgement.Used.Count);
    }

    [Fact]
    public void WhereNoDayIsComparableTheVerdictSaysWhyNot()
    {
        var rule = new ChangeRule { DaysAgo = TimeSpan.FromDays(7), Fail = new Limits(-30, 30) };

        var judgement = Judge(rule, Some.Rows, 100, 100, 100);

        Assert.Equal((Verdict.Unknown, true), (judgement.Verdict, judgement.ClosesGate));
        Assert.Contains(
            "2026-01-27 has no value, and no comparable day of the 28 days before it has an accepted value",
            judgement.Sentence,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, Verdict.Unknown, "Not measured: Hive at hive1:10000 did not answer.")]
    [InlineData(true, Verdict.Fail, "Partition 20260203 is not there.")]
    public void AMeasurementThatWasNotTakenSaysWhy(bool isAbsent, Verdict verdict, string sentence)
    {
        var judgement = Assert.Single(Week.Judge(Some.Batch(Some.Missed(Some.Rows, isAbsent))));
        Assert.Equal((verdict, Finding.Missing, sentence), (judgement.Verdict, judgement.Finding, judgement.Sentence));
    }

    [Fact]
    public void ATotalWithoutHistoryIsUnknownAndBlocks()
    {
        var judgement = Judge(Week, Some.Rows, 100);
        Assert.Equal((Verdict.Unknown, Finding.NoHistory, true), (judgement.Verdict, judgement.Finding, judgement.ClosesGate));
    }

    [Fact]
    public void ANewTagOfACheckWithHistoryIsNamedAndBlocksNobody()
    {
        var batch = Some.Batch(Some.Taken(Some.Tag("A_1"), 100), Some.Taken(Some.Tag("B_1"), 100))
            .With(Some.History(Some.Before(Some.Tag("A_1"), 100)));
        var judgement = Week.Judge(batch).Single(judgement => judgement.Series.Key == "B_1");
        Assert.Equal((Verdict.Unknown, Finding.New, false), (judgement.Verdict, judgement.Finding, judgement.ClosesGate));
    }

    [Fact]
    public void TheFirstTagsOfACheckWithoutHistoryAreNotNewButUnknown() =>
        Assert.Equal(Finding.NoHistory, Judge(Week, Some.Tag("A_1"), 100).Finding);

    [Theory]
    [InlineData("", true)]
    [InlineData("A_1", false)]
    public void SomethingOutOfNothingIsUnknown(string key, bool blocks)
    {
        var series = key.Length > 0 ? Some.Tag(key) : Some.Rows;
        var judgement = Judge(Week, series, 100, 0, 0, 0);
        Assert.Equal((Verdict.Unknown, Finding.Rise, blocks), (judgement.Verdict, judgement.Finding, judgement.ClosesGate));
    }

    [Theory]
    [InlineData(150, 180, Verdict.Pass)]
    [InlineData(0, 199, Verdict.Pass)]
    [InlineData(0, 200, Verdict.Fail)]
    [InlineData(100, 200, Verdict.Fail)]
    public void ATagUnderMinUsersTodayAndBeforeIsNotJudged(double today, double before, Verdict verdict) =>
        Assert.Equal(verdict, Judge(Week with { MinUsers = 200 }, Some.Tag("A_1"), today, before).Verdict);

    [Fact]
    public void ACheckWithoutVolumesIsUnknown() =>
        Assert.Equal(Verdict.Unknown, Assert.Single(Week.Judge(Some.Batch(Some.Taken(Some.Total(Metrics.LagMinutes), 5)))).Verdict);

    public static TheoryData<ChangeRule, string> Dead => new()
    {
        { Week with { Fail = new Limits(-120, null) }, "A count can fall by at most 100%, so a drop limit of -120% never fires: use e.g. -30%." },
        { Week with { Fail = new Limits(-100, null) }, "never fires" },
        { Week with { Warn = new Limits(-30, null), Fail = new Limits(-10, null) }, "inside the warn limit" },
        { Week with { Warn = new Limits(null, 30), Fail = new Limits(null, 10) }, "inside the warn limit" },
        { Week with { Warn = default, Fail = default }, "no limit" },
        { Week with { Warn = new Limits(double.NaN, null) }, "not a percentage" },
        { Week with { Warn = new Limits(5, null) }, "unchanged count" },
        { Week with { AvgLast = null }, "exactly one" },
        { Week with { DaysAgo = TimeSpan.FromDays(1) }, "exactly one" },
        { Week with { AvgLast = TimeSpan.FromHours(36) }, "whole days" },
        { Week with { AvgLast = TimeSpan.Zero }, "whole days" },
        { Week with { MinUsers = -1 }, "negative" },
    };

    [Theory, MemberData(nameof(Dead))]
    public void ADeadOrContradictoryRuleIsRefused(ChangeRule rule, string said) =>
        Assert.Contains(rule.Mistakes(), mistake => mistake.Message.Contains(said, StringComparison.Ordinal));

    [Fact]
    public void ASoundRuleIsNotRefused()
    {
        Assert.Empty(Week.Mistakes());
        Assert.Empty((Week with { Fail = default }).Mistakes());
    }

    static Judgement Judge(ChangeRule rule, SeriesId series, double today, params double[] before) =>
        Assert.Single(
            rule.Judge(
                Some.Batch(Some.Taken(series, today))
                    .With(before.Length == 0 ? History.None(Some.Date) : Some.History(Some.Before(series, before)))));
}
