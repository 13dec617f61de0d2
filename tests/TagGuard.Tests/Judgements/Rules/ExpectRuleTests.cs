using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

public sealed class ExpectRuleTests
{
    [Theory]
    [InlineData(1.0, null, null, 1, Verdict.Pass, Finding.Normal)]
    [InlineData(1.0, null, null, 2, Verdict.Fail, Finding.Rise)]
    [InlineData(3.0, null, null, 2, Verdict.Fail, Finding.Drop)]
    [InlineData(1.0, null, null, 0, Verdict.Fail, Finding.Zero)]
    [InlineData(null, 5.0, null, 5, Verdict.Pass, Finding.Normal)]
    [InlineData(null, 5.0, null, 4, Verdict.Fail, Finding.Drop)]
    [InlineData(null, null, 5.0, 6, Verdict.Fail, Finding.Rise)]
    [InlineData(null, null, 0.0, 0, Verdict.Pass, Finding.Normal)]
    public void ANumberIsHeldToItsBounds(double? exactly, double? least, double? most, double value, Verdict verdict, Finding finding)
    {
        var judgement = Judge(new ExpectRule { Exactly = exactly, AtLeast = least, AtMost = most }, Some.Taken(Some.Rows, value));
        Assert.Equal((verdict, finding), (judgement.Verdict, judgement.Finding));
    }

    [Fact]
    public void ALogRowThatIsMissingIsNotReadyAndSaysSo()
    {
        var judgement = Judge(new ExpectRule { Exactly = 1, MayStillCome = true }, Some.Taken(Some.Rows, 0));
        Assert.Equal((Verdict.Fail, Finding.NotReady), (judgement.Verdict, judgement.Finding));
        Assert.Equal("0 rows, 1 required: 1 still missing.", judgement.Sentence);
    }

    [Theory]
    [InlineData(false, false, Verdict.Unknown, Finding.Missing)]
    [InlineData(false, true, Verdict.Unknown, Finding.Missing)]
    [InlineData(true, true, Verdict.Fail, Finding.NotReady)]
    [InlineData(true, false, Verdict.Fail, Finding.Missing)]
    public void AMeasurementThatWasNotTakenNeverPasses(bool isAbsent, bool mayStillCome, Verdict verdict, Finding finding)
    {
        var judgement = Judge(new ExpectRule { AtLeast = 1, MayStillCome = mayStillCome }, Some.Missed(Some.Rows, isAbsent));
        Assert.Equal((verdict, finding), (judgement.Verdict, judgement.Finding));
    }

    [Fact]
    public void AMeasurementThatWasNotTakenIsUnknownAndSaysWhy() =>
        Assert.Equal("Not measured: Hive at hive1:10000 did not answer.", Judge(new ExpectRule { AtLeast = 1 }, Some.Missed(Some.Rows)).Sentence);

    [Fact]
    public void ANumberThatTheCheckDoesNotMeasureIsUnknown()
    {
        var judgement = Judge(new ExpectRule { Metric = "rowz", AtLeast = 1 }, Some.Taken(Some.Rows, 5));
        Assert.Equal((Verdict.Unknown, Finding.Missing), (judgement.Verdict, judgement.Finding));
        Assert.Contains("rowz", judgement.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ALagBeyondItsBoundIsLate()
    {
        var judgement = Judge(new ExpectRule { Metric = Metrics.LagMinutes, AtMost = 120 }, Some.Taken(Some.Total(Metrics.LagMinutes), 150));
        Assert.Equal((Finding.Late, "150 minutes, at most 120 allowed: 30 too many."), (judgement.Finding, judgement.Sentence));
    }

    [Theory]
    [InlineData(null, null, null, "could never fail")]
    [InlineData(null, 0.0, null, "at_least 0 can never fail")]
    [InlineData(null, 5.0, 3.0, "at_least 5 is more than at_most 3")]
    [InlineData(9.0, 1.0, 5.0, "lies outside")]
    [InlineData(-1.0, null, null, "never under 0")]
    [InlineData(double.NaN, null, null, "is not a number")]
    public void ARuleThatCannotFireOrCannotPassIsRefused(double? exactly, double? least, double? most, string said) =>
        Assert.Contains(
            new ExpectRule
            {
                Exactly = exactly,
                AtLeast = least,
                AtMost = most,
            }.Mistakes(),
            mistake => mistake.Message.Contains(said, StringComparison.Ordinal));

    [Fact]
    public void ALagMayBeNegativeSoItsLowerBoundIsAllowed() =>
        Assert.Empty(new ExpectRule { Metric = Metrics.LagMinutes, AtLeast = -10 }.Mistakes());

    static Judgement Judge(ExpectRule rule, Measurement today) => Assert.Single(rule.Judge(Some.Batch(today)));
}
