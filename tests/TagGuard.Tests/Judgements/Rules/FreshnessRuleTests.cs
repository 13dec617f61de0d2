using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

/// <summary>Some.Now is 330 minutes after the end of the date.</summary>
public sealed class FreshnessRuleTests
{
    static readonly SeriesId Lag = Some.Total(Metrics.LagMinutes);
    static readonly FreshnessRule ThreeHours = new() { MaxLag = TimeSpan.FromHours(3) };

    [Theory]
    [InlineData(180, Verdict.Pass, Finding.Normal, "180 minutes, at most 180 allowed.")]
    [InlineData(181, Verdict.Fail, Finding.Late, "181 minutes, at most 180 allowed: 1 too many.")]
    [InlineData(-335, Verdict.Pass, Finding.Normal, "-335 minutes, at most 180 allowed.")]
    [InlineData(-336, Verdict.Fail, Finding.ImpossibleTime, "The newest event is 2026-02-04 05:36, 6 minutes after now (2026-02-04 05:30).")]
    [InlineData(-38_380_320, Verdict.Fail, Finding.ImpossibleTime, "The newest event is 2099-01-25 00:00, 26,652 days after now (2026-02-04 05:30).")]
    [InlineData(29_502_720, Verdict.Fail, Finding.ImpossibleTime, "The newest event is 1970-01-01 00:00, a clock's zero and not a real time.")]
    [InlineData(-1e18, Verdict.Fail, Finding.ImpossibleTime, "The newest event is infinity or the end of the calendar, not a real time.")]
    [InlineData(1e18, Verdict.Fail, Finding.ImpossibleTime, "The newest event is 0001-01-02 00:00, a clock's zero and not a real time.")]
    public void TheNewestEventIsOneThatCanHaveBeen(double lag, Verdict verdict, Finding finding, string sentence)
    {
        var judgement = Assert.Single(ThreeHours.Judge(Some.Batch(Some.Taken(Lag, lag))));
        Assert.Equal((verdict, finding, sentence, "freshness"), (judgement.Verdict, judgement.Finding, judgement.Sentence, judgement.Rule));
    }

    [Fact]
    public void AnEpochFailsHoweverFarAnEventMayLieBehind() =>
        Assert.Equal(
            Finding.ImpossibleTime,
            Assert.Single((ThreeHours with { MaxLag = TimeSpan.FromDays(100_000) }).Judge(Some.Batch(Some.Taken(Lag, 29_502_720)))).Finding);

    [Fact]
    public void HowFarAheadIsTakenForAClockCanBeSaid() =>
        Assert.Equal(
            Verdict.Pass,
            Assert.Single((ThreeHours with { MaxAhead = TimeSpan.FromHours(8) }).Judge(Some.Batch(Some.Taken(Lag, -800)))).Verdict);

    [Fact]
    public void WhatWasNotMeasuredIsUnknown() =>
        Assert.Equal(
            (Verdict.Unknown, "freshness"),
            Assert.Single(ThreeHours.Judge(Some.Batch(Some.Missed(Lag)))) is var one ? (one.Verdict, one.Rule) : default);
}
