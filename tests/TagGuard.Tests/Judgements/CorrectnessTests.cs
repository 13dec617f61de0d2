using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements;

/// <summary>Ways in which well-known detectors are wrong without anybody noticing, tried on every rule that compares days.</summary>
public sealed class CorrectnessTests
{
    const string Tag = "F3_4";

    static readonly SeriesId Series = Some.Tag(Tag);

    public static TheoryData<IRule> Rules =>
    [
        new DetectRule(),
        new BaselineRule(),
        new ChangeRule { AvgLast = TimeSpan.FromDays(7), Warn = new Limits(-40, 40), Fail = new Limits(-60, 80) },
        new ChangeRule { DaysAgo = TimeSpan.FromDays(7), Fail = new Limits(-50, 50) },
    ];

    static Judgement Of(IRule rule, Batch batch) => rule.Judge(batch).Single(judgement => judgement.Series == Series);

    [Theory]
    [MemberData(nameof(Rules))]
    public void TheValueUnderTestIsNotInItsOwnWindow(IRule rule)
    {
        var (usual, absurd) = (Of(rule, new Shop().Morning()), Of(rule, new Shop().Times(tag => tag == Tag, 1000).Morning()));

        // What all tags do together is in the expectation of `detect`; one tag of 48 hardly moves it.
        Assert.Equal(usual.Expected!.Value, absurd.Expected!.Value, usual.Expected.Value * (rule is DetectRule ? 0.05 : 0));
        Assert.Equal(Verdict.Fail, absurd.Verdict);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void AsFewDaysAsARuleJudgesByAreEnoughToFail(IRule rule)
    {
        var shop = new Shop(days: 28);
        Assert.NotEqual(Verdict.Unknown, Of(rule, shop.Morning()).Verdict);
        Assert.Equal(Verdict.Fail, Of(rule, shop.Times(tag => tag == Tag, 0.2).Morning()).Verdict);
        Assert.Equal(Verdict.Fail, Of(rule, new Shop(days: 28).Times(tag => tag == Tag, 5).Morning()).Verdict);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void ZeroAgainstUsersFails(IRule rule)
    {
        var judgement = Of(rule, new Shop().Times(tag => tag == Tag, 0).Morning());
        Assert.Equal((Verdict.Fail, Finding.Zero), (judgement.Verdict, judgement.Finding));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void NothingAtAllMeasuredDoesNotPass(IRule rule)
    {
        var judgements = rule.Judge(Some.Batch()).ToList();
        Assert.All(judgements, judgement => Assert.True(judgement.ClosesGate));
        Assert.False(Gate.Decide(judgements, []).IsOpen);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void ABadValueDoesNotBecomeTheBaseline(IRule rule)
    {
        var shop = new Shop().Times(tag => tag == Tag, 0.2, 1, 0);
        shop.Mark(Tag, 1, DayState.Quarantined);

        Assert.Equal(Verdict.Fail, Of(rule, shop.Morning()).Verdict);
        Assert.Equal(Verdict.Pass, Of(rule, shop.Times(tag => tag == Tag, 5).Morning()).Verdict);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void ABackfilledDayDoesNotSeeTheFuture(IRule rule)
    {
        var (one, other) = (new Shop(), new Shop().Times(_ => true, 7, 9, 0));
        var (then, again) = (rule.Judge(one.Morning(10)).ToList(), rule.Judge(other.Morning(10)).ToList());

        Assert.Equal(then.Select(judgement => judgement.Sentence), again.Select(judgement => judgement.Sentence));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ANumberThatIsNoneIsNoMeasurementAndNoHistory(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Some.Taken(Series, value));
        Assert.Throws<ArgumentException>(() => Some.History(Some.Before(Series, 5, value)));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void AFirstRunHasANamedVerdictThatDoesNotPass(IRule rule)
    {
        var judgement = Of(rule, new Shop(days: 0).Morning());
        Assert.Equal((Verdict.Unknown, Finding.NoHistory, true), (judgement.Verdict, judgement.Finding, judgement.ClosesGate));
    }

    public static TheoryData<IRule, string> DeadRules => new()
    {
        { new DetectRule { FalseAlarmsPerMorning = 0 }, "it could never tell anything" },
        { new DetectRule { FalseBlocksPerMonth = 0 }, "no single tag could ever close the gate" },
        { new DetectRule { FalseBlocksPerMonth = 90 }, "90 is more than the 1 a morning that are told at all: use at most 30" },
        { new DetectRule { MinChange = new Limits(-100, 5) }, "A count can fall by at most 100%" },
        { new DetectRule { WarmUp = TimeSpan.FromDays(200) }, "warm_up 200 days: write whole days" },
        { new DetectRule { Windows = new Dictionary<string, TimeSpan> { ["v"] = TimeSpan.FromHours(36) } }, "A window of 1.5 days: write the whole" },
        { new BaselineRule { Fail = 40 }, "lies only 11.9 standard deviations from zero, so no fall of it short of zero could ever fail" },
        { new BaselineRule { MinSeasons = 9 }, "there are never enough days, so it could never fail" },
        { new ChangeRule { AvgLast = TimeSpan.FromDays(7), Fail = new Limits(-100, null) }, "so a drop limit of -100% never fires" },
        { new ChangeRule { AvgLast = TimeSpan.FromDays(7) }, "There is no limit" },
    };

    [Theory]
    [MemberData(nameof(DeadRules))]
    public void ARuleThatCanNeverFireIsRefusedWithTheReason(IRule rule, string reason) =>
        Assert.Contains(rule.Mistakes(), mistake => mistake.Message.Contains(reason, StringComparison.Ordinal));

    [Theory]
    [InlineData(14)]
    [InlineData(28)]
    [InlineData(60)]
    [InlineData(100)]
    public void MoreDaysNeverMakeACertainFaultUncertain(int days) =>
        Assert.Equal(Verdict.Fail, Of(new DetectRule(), new Shop(days).Times(tag => tag == Tag, 0).Morning()).Verdict);
}
