using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

public sealed class IdsRuleTests
{
    static IReadOnlyList<Judgement> Of(double nameless, double nulls) => [.. new IdsRule().Judge(Some.Batch(
        Some.Taken(Some.Rows, 200), Some.Taken(Some.Total(Metrics.RowsWithoutUser), nameless), Some.Taken(Some.Total(Metrics.NullTags), nulls)))];

    [Fact]
    public void ASingleRowWithoutAUserFails()
    {
        var judgement = Assert.Single(Of(1, 0));

        Assert.Equal((Verdict.Fail, Finding.NoId), (judgement.Verdict, judgement.Finding));
        Assert.StartsWith("1 of 200 rows (0.5%) has no user id (NULL, NaN or empty)", judgement.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void NullTagsAreToldAndDoNotClose()
    {
        var judgements = Of(0, 3);

        Assert.Equal([Verdict.Pass, Verdict.Warn], judgements.Select(judgement => judgement.Verdict));
        Assert.StartsWith("3 tags are NULL", judgements[1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ADayThatWasStoredBeforeTheyWereCountedIsNotJudged() => Assert.Empty(new IdsRule().Judge(Some.Batch(Some.Taken(Some.Rows, 200))));
}
