using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

public sealed class StaleRuleTests
{
    const int Tags = 40;

    [Fact]
    public void ACopyOfYesterdayFails()
    {
        var judgement = Assert.Single(Judge(copied: Tags, days => days));
        Assert.Equal((Verdict.Fail, Finding.StaleCopy, Some.Total(Metrics.TaggedUsers)), (judgement.Verdict, judgement.Finding, judgement.Series));
        Assert.StartsWith("40 of 40 tags have exactly yesterday's count; about ", judgement.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, Verdict.Pass)]
    [InlineData(20, Verdict.Pass)]
    [InlineData(39, Verdict.Fail)]
    public void OnlyNearlyAllTagsMakeACopy(int copied, Verdict verdict) =>
        Assert.Equal(verdict, Assert.Single(Judge(copied, days => days)).Verdict);

    [Fact]
    public void ACopyOfACopyIsFoundAgainstTheLastAcceptedDay()
    {
        var judgement = Assert.Single(Judge(Tags, days => days[..^1]));
        Assert.Equal(Finding.StaleCopy, judgement.Finding);
        Assert.Contains("the count of 2026-02-01", judgement.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void AWeekdayThatAlwaysRepeatsIsNoCopy() =>
        Assert.Equal(Verdict.Pass, Assert.Single(Judge(Tags, days =>
        {
            // Every Tuesday repeats its Monday.
            for (var i = 1; i < days.Length; i++)
                days[i] = days[i].Date.DayOfWeek == DayOfWeek.Tuesday ? days[i] with { Value = days[i - 1].Value } : days[i];
            return days;
        })).Verdict);

    [Fact]
    public void TooFewTagsAreNotJudged() =>
        Assert.Empty(new StaleRule { MinTags = Tags + 1 }.Judge(Batch(Tags, days => days)));

    [Fact]
    public void WithoutHistoryThereIsNothingToBeACopyOf() =>
        Assert.Empty(new StaleRule().Judge(Batch(Tags, days => days).With(History.None(Some.Date))));

    static IEnumerable<Judgement> Judge(int copied, Func<Day[], Day[]> change) => new StaleRule().Judge(Batch(copied, change));

    static Batch Batch(int copied, Func<Day[], Day[]> change)
    {
        var history = Enumerable
            .Range(0, Tags)
            .Select(tag =>
                KeyValuePair.Create<SeriesId, IReadOnlyList<Day>>(
                    Some.Tag($"A_{tag:00}"),
                    change([
                        .. Enumerable.Range(1, 36).Reverse().Select(age => new Day(Some.Date.AddDays(-age), 1000 + (tag * 37 + age * 101) % 200)),
                    ])))
            .ToArray();
        var today = history.Select((series, i) => Some.Taken(series.Key, series.Value[^1].Value + (i < copied ? 0 : 7)));
        return Some.Batch([.. today]).With(Some.History(history));
    }
}
