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
}
