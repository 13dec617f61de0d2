using System.Text.RegularExpressions;
using TagGuard.Storage;

namespace TagGuard.Tests.Rendering;

/// <summary>What is drawn of a series.</summary>
public sealed class ReportChartTests
{
    static readonly Regex LinePath = new("<path class=\"line\" d=\"([^\"]+)\"");

    static readonly Regex LinePoints = new("[ML]([0-9.]+) ([0-9.]+)");

    [Fact]
    public void MissingIsDrawnAsAGapAndNeverAsZero()
    {
        var day = ReportDays.Date;
        var before = new[] { -6, -5, -3, -2, -1 }.Select(back => new StoredValue(day.AddDays(back), 100, true)).ToList();
        var html = ReportDays.Render(OddDays.OneSeries(100, before));
        var line = LinePath.Match(html).Groups[1].Value;
        Assert.Equal(2, line.Count(command => command == 'M'));
        // 100 lies at one height on every day, and nothing of the line comes down to the foot of the chart.
        Assert.Single(LinePoints.Matches(line).Select(point => point.Groups[2].Value).Distinct());
        Assert.DoesNotContain(LinePoints.Matches(line), point => point.Groups[2].Value == "100");
        Assert.DoesNotContain(LinePoints.Matches(line), point => point.Groups[1].Value == "95");
        Assert.Contains("<path class=\"gap\" d=\"M90 0H100V100H90z\"/>", html);
        Assert.Contains("1 day without a value", html);
    }

    [Theory]
    [InlineData(1, "<span>1</span><span>0</span>")]
    [InlineData(4, "<span>4</span><span>3</span><span>2</span><span>1</span><span>0</span>")]
    public void ACountThatNeverMovesIsDrawnFromZeroInWholeSteps(double count, string axis)
    {
        var before = new[] { -3, -2, -1 }.Select(back => new StoredValue(ReportDays.Date.AddDays(back), count, true)).ToList();
        var html = ReportDays.Render(OddDays.OneSeries(count, before));
        Assert.Contains($"aria-hidden=\"true\">{axis}</div>", html);
        Assert.DoesNotContain("does not start at 0", html);
    }

    [Fact]
    public void AMissingTodayIsSaidAndHasNoPoint()
    {
        var html = ReportDays.Render(OddDays.OneSeries(null, [new StoredValue(ReportDays.Date.AddDays(-1), 100, true)]));
        Assert.Contains("Wed 15 Jul: <b>no value</b>", html);
        Assert.DoesNotContain("circle class=\"today", html);
        Assert.Contains("<td>no value<td>–<td>–<td>–", html);
    }

    [Fact]
    public void ADayThatWasNotAcceptedIsHollowAndLeavesTheLine()
    {
        var day = ReportDays.Date;
        var before = new[] { -4, -3, -2, -1 }.Select(back => new StoredValue(day.AddDays(back), back == -2 ? 400 : 1000, back != -2)).ToList();
        var html = ReportDays.Render(OddDays.OneSeries(1000, before));
        Assert.Single(Regex.Matches(html, "circle class=\"refused\""));
        Assert.Equal(2, LinePath.Match(html).Groups[1].Value.Count(command => command == 'M'));
        Assert.Contains("1 day not accepted", html);
    }

    [Theory]
    [InlineData(823.6, 591.18, 1_145.92, "expected 824 (592 to 1,145)", "592 to 1,145")]
    [InlineData(4.26, 1d, 12.5, "expected 4.3 (1 to 12)", "1 to 12")]
    [InlineData(45d, 45 * 0.6, 45 * 1.4, "expected 45 (27 to 63)", "27 to 63")]
    [InlineData(1.5, 1.35, 1.65, "expected 1.5 (1.35 to 1.65)", "1.35 to 1.65")]
    [InlineData(1_000d, 1_000d, 1_000d, "expected 1,000", "1,000")]
    [InlineData(2_000.4, null, null, "expected 2,000", "2,000")]
    [InlineData(null, 0.5, null, "expected at least 1", "at least 1")]
    [InlineData(null, null, 99.5, "expected at most 99", "at most 99")]
    public void WhatWasExpectedOfACountIsShownInWholeUsers(double? expected, double? low, double? high, string drawn, string listed)
    {
        var day = OddDays.OneSeries(1000, [new StoredValue(ReportDays.Date.AddDays(-1), 1000, true)]);
        var stage = day.Stages[0];
        var stored = stage.Judgements[0];
        var total = stored.Judgement with { Series = stored.Judgement.Series with { Key = "" }, Expected = expected, Low = low, High = high };
        var tag = total with { Series = stored.Judgement.Series };
        var html = ReportDays.Render(
            day with
            {
                Stages = [stage with { Judgements = [stored with { Judgement = tag }, stored with { Judgement = total }] }],
            });
        Assert.Contains($"<i class=\"band\"></i>{drawn}</span>", html);
        Assert.Contains($"data-is=\"Expected\">{listed}<td>", html);
    }
}
