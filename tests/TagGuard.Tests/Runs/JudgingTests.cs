using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Runs;

/// <summary>A check that may close its gate always says something that could.</summary>
public sealed class JudgingTests
{
    static readonly Measurement Rows = Some.Taken(Some.Rows, 100);

    [Fact]
    public void ABlockingCheckWhoseRulesAreSilentIsUnknownAndClosesTheGate()
    {
        var silent = Assert.Single(Judge(new JudgePlan(), [Rows]));
        Assert.Equal((Verdict.Unknown, Finding.NotJudged, true, 100), (silent.Verdict, silent.Finding, silent.ClosesGate, silent.Value));
    }

    [Fact]
    public void VerdictsThatOnlyTellAreNoReasonToOpenAGate()
    {
        var tells = Some.Judgement(Some.Rows, Verdict.Pass, Finding.Normal, blocking: false);
        var judgements = Judge(new JudgePlan(), [Rows], tells);
        Assert.Equal([false, true], judgements.Select(judgement => judgement.ClosesGate));
        Assert.Contains("1 verdict that cannot close the gate", judgements[1].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, Verdict.Unknown)]
    [InlineData(true, Verdict.Fail)]
    public void WhatWasMissedSaysWhyWhenNoRuleDoes(bool isAbsent, Verdict verdict)
    {
        var missed = Assert.Single(Judge(new JudgePlan(), [Some.Missed(Some.Rows, isAbsent)]));
        Assert.Equal((verdict, Finding.Missing, true), (missed.Verdict, missed.Finding, missed.ClosesGate));
    }

    [Fact]
    public void ARuleThatDecidesIsEnough() =>
        Assert.Single(Judge(new JudgePlan(), [Rows], Some.Judgement(Some.Rows, Verdict.Pass, Finding.Normal)));

    [Fact]
    public void ACheckThatNeverBlocksMayBeSilent() => Assert.Empty(Judge(new JudgePlan { Blocking = false }, [Rows]));

    [Fact]
    public void WhereUnknownOnlyTellsSilenceOnlyTellsToo() =>
        Assert.False(Assert.Single(Judge(new JudgePlan { OnUnknown = OnUnknown.Report }, [Rows])).ClosesGate);

    static IReadOnlyList<Judgement> Judge(JudgePlan plan, Measurement[] today, params Judgement[] said)
    {
        var check = new CheckPlan { Name = Some.Check, Measure = new CountMeasure(), Judge = plan with { Rules = [new Saying(said)] } };
        return Judging.Of(check, Some.Batch(today), Calendar.None);
    }

    /// <summary>A rule that says what a test gives it.</summary>
    sealed record Saying(IReadOnlyList<Judgement> Said) : IRule
    {
        public string Kind => "saying";

        public int HistoryDays => 0;

        public IReadOnlyList<string> About => [Metrics.Rows];

        public IEnumerable<KeyMistake> Mistakes() => [];

        public IEnumerable<Judgement> Judge(Batch batch) => Said;
    }
}
