using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

public sealed class DuplicatesRuleTests
{
    static readonly SeriesId Repeated = Some.Total(Metrics.DuplicateUsers);

    [Fact]
    public void ARowOfAUserAndATagThatRepeatsIsNotToldAsAUserTwice()
    {
        var pairs = Some.Total(Metrics.DuplicatePairs);

        var judgement = Assert.Single(new DuplicatesRule().Judge(Some.Batch(Some.Taken(pairs, 12), Some.Taken(Some.Rows, 26_000))));

        Assert.Equal((pairs, Verdict.Fail), (judgement.Series, judgement.Verdict));
        Assert.Equal("12 rows repeat a tag of a user (under 0.1% of 26,000 rows), allowed 0.", judgement.Sentence);
    }

    [Theory]
    [InlineData(0, 0, false, Verdict.Pass, "No row repeats a user id.")]
    [InlineData(3120, 0, false, Verdict.Fail, "3,120 rows repeat a user id (12% of 26,000 rows), allowed 0.")]
    [InlineData(1, 0, false, Verdict.Fail, "1 row repeats a user id (under 0.1% of 26,000 rows), allowed 0.")]
    [InlineData(26, 0.1, true, Verdict.Pass, "26 rows repeat a user id (0.1% of 26,000 rows), allowed 0.1%.")]
    public void RowsThatRepeatAUserAreHeldToTheTolerance(double repeated, double allowed, bool isPercent, Verdict verdict, string sentence)
    {
        var rule = new DuplicatesRule { AtMost = new Tolerance(allowed, isPercent) };
        var judgement = Assert.Single(rule.Judge(Some.Batch(Some.Taken(Repeated, repeated), Some.Taken(Some.Rows, 26_000))));
        Assert.Equal((verdict, sentence), (judgement.Verdict, judgement.Sentence));
    }

    [Fact]
    public void AVolumeThatWasNotMeasuredIsUnknownSoTheGateStaysShut()
    {
        var judgement = Assert.Single(new DuplicatesRule().Judge(Some.Batch(Some.Missed(Some.Total(Metrics.TaggedUsers)))));
        Assert.Equal((Verdict.Unknown, Finding.Missing), (judgement.Verdict, judgement.Finding));
        Assert.Contains("did not answer", judgement.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(-1, false)]
    public void ADeadToleranceIsRefused(double amount, bool isPercent) =>
        Assert.NotEmpty(new DuplicatesRule { AtMost = new Tolerance(amount, isPercent) }.Mistakes());
}
