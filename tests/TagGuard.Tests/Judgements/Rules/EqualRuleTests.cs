using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

public sealed class EqualRuleTests
{
    static readonly SeriesId Left = Some.Total(Metrics.LeftRows);
    static readonly SeriesId Right = Some.Total(Metrics.RightRows);

    [Theory]
    [InlineData(4290, 4290, 0, false, Verdict.Pass, Finding.Normal, "Both hold 4,290.")]
    [InlineData(4290, 4012, 0, false, Verdict.Fail, Finding.Different, "service holds 4,012, warehouse 4,290: 278 fewer (6.5%), allowed 0.")]
    [InlineData(4012, 4290, 0, false, Verdict.Fail, Finding.Different, "service holds 4,290, warehouse 4,012: 278 more (6.5%), allowed 0.")]
    [InlineData(4290, 4012, 278, false, Verdict.Pass, Finding.Normal, "service holds 4,012, warehouse 4,290: 278 fewer (6.5%), allowed 278.")]
    [InlineData(1000, 990, 1, true, Verdict.Pass, Finding.Normal, "service holds 990, warehouse 1,000: 10 fewer (1%), allowed 1%.")]
    [InlineData(1000, 989, 1, true, Verdict.Fail, Finding.Different, "service holds 989, warehouse 1,000: 11 fewer (1.1%), allowed 1%.")]
    [InlineData(0, 0, 0, false, Verdict.Fail, Finding.Zero, "service and warehouse both hold 0: two empty sides prove nothing.")]
    [InlineData(40, 0, 100, false, Verdict.Fail, Finding.Zero, "service holds 0, warehouse 40: one side is empty.")]
    public void TwoCountsAreHeldToTheTolerance(
        double left,
        double right,
        double allowed,
        bool isPercent,
        Verdict verdict,
        Finding finding,
        string sentence)
    {
        var judgement = Judge(new Tolerance(allowed, isPercent), Some.Taken(Left, left), Some.Taken(Right, right));
        Assert.Equal((verdict, finding, sentence), (judgement.Verdict, judgement.Finding, judgement.Sentence));
        Assert.Equal(Right, judgement.Series);
    }

    [Theory]
    [InlineData(false, Verdict.Unknown, "Not measured: service gave no count. Hive at hive1:10000 did not answer.")]
    [InlineData(true, Verdict.Fail, "service gave no count. Partition 20260203 is not there.")]
    public void ASideWithoutACountIsNamed(bool isAbsent, Verdict verdict, string sentence)
    {
        var judgement = Judge(default, Some.Taken(Left, 5), Some.Missed(Right, isAbsent));
        Assert.Equal((verdict, Finding.Missing, sentence), (judgement.Verdict, judgement.Finding, judgement.Sentence));
    }

    [Fact]
    public void ASideThatIsAskedForWhatIsNotThereIsAMistakeOfThePlanAndNotOfTheData()
    {
        var asked = new Measurement.Missed(Left, $"There is no column usrid. {Measurement.Missed.PlanCure}", IsAbsent: false);

        var judgement = Judge(default, asked, Some.Missed(Right, isAbsent: true));

        Assert.Equal((Verdict.Unknown, Finding.WrongQuestion), (judgement.Verdict, judgement.Finding));
        Assert.Contains("warehouse gave no count. There is no column usrid.", judgement.Sentence, StringComparison.Ordinal);
    }

    static Judgement Judge(Tolerance tolerance, params Measurement[] today) =>
        Assert.Single(new EqualRule { Tolerance = tolerance, LeftName = "warehouse", RightName = "service" }.Judge(Some.Batch(today)));
}
