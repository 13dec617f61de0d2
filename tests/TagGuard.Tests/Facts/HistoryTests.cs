using TagGuard.Facts;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Facts;

public sealed class HistoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void TheDayUnderTestAndLaterDaysAreRefused(int days) =>
        Assert.Throws<ArgumentException>(() => new History(Some.Date, [new(Some.Rows, [new Day(Some.Date.AddDays(days), 5)])]));

    [Fact]
    public void DaysThatDoNotAscendAreRefused() =>
        Assert.Throws<ArgumentException>(() =>
            new History(Some.Date, [new(Some.Rows, [new Day(Some.Date.AddDays(-1), 5), new Day(Some.Date.AddDays(-2), 5)])]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void WhatIsNoNumberIsRefusedAsHistoryAndAsMeasurement(double value)
    {
        Assert.Throws<ArgumentException>(() => Some.History(Some.Before(Some.Rows, value)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Some.Taken(Some.Rows, value));
    }

    [Fact]
    public void AFailedTagAloneIsKeptOutOfLaterBaselines()
    {
        var result = Result(Some.Judgement(Some.Tag("A_1"), Verdict.Fail, Finding.Zero), Some.Judgement(Some.Tag("A_2"), Verdict.Warn, Finding.Drop));
        Assert.False(result.IsQuarantined);
        Assert.Equal([Some.Tag("A_1")], result.QuarantinedSeries);
    }

    [Fact]
    public void AFailedTotalKeepsTheWholeDayOutOfLaterBaselines()
    {
        var result = Result(Some.Judgement(Some.Rows, Verdict.Fail, Finding.Drop), Some.Judgement(Some.Tag("A_1"), Verdict.Pass, Finding.Normal));
        Assert.True(result.IsQuarantined);
        Assert.Equal(3, result.QuarantinedSeries.Count);
    }

    static JudgedCheck Result(params Judgement[] judgements) => new(
        [Some.Taken(Some.Rows, 5), Some.Taken(Some.Tag("A_1"), 0), Some.Taken(Some.Tag("A_2"), 5)], judgements);
}
