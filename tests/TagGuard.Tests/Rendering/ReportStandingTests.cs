using TagGuard.Facts;
using TagGuard.Rendering;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Rendering;

/// <summary>What the report says of gates and incidents.</summary>
public sealed class ReportStandingTests
{
    [Fact]
    public void TheVerdictComesFirst()
    {
        var html = ReportDays.Render(ReportDays.Bad());
        Assert.Contains("<h1>Gates closed: tags, sync</h1>", html);
        Assert.True(html.IndexOf("<h1>", StringComparison.Ordinal) < html.IndexOf("What failed", StringComparison.Ordinal));
        Assert.True(html.IndexOf("What failed", StringComparison.Ordinal) < html.IndexOf("<h2>Stages", StringComparison.Ordinal));
    }

    [Fact]
    public void AStageThatWasNeverJudgedIsClosedAndNotLeftOut()
    {
        var html = ReportDays.Render(ReportDays.Good(), ["upstream", "tags", "sync", "crowds"]);
        Assert.Contains("<h1>Gate closed: crowds</h1>", html);
        Assert.Contains("closed: not judged", html);
    }

    [Fact]
    public void AnOverrideIsShownAsAnOverrideWithWhoWhyAndUntil()
    {
        var html = ReportDays.Render(OddDays.Overridden(ReportDays.Morning.AddHours(4)));
        Assert.Contains("<h1>Open by override: tags</h1>", html);
        Assert.Contains("tags is open by override", html);
        Assert.Contains("<dd>zhang.min</dd>", html);
        Assert.Contains("Campaign needs the tags, family A131U001 is not used by it", html);
        Assert.Contains("Thu 16 Jul 10:31", html);
        Assert.DoesNotContain("All gates open", html);
    }

    [Fact]
    public void AnOverrideThatRanOutOpensNothingAndIsStillTold()
    {
        var html = ReportDays.Render(OddDays.Overridden(ReportDays.Morning.AddHours(-1)));
        Assert.Contains("<h1>Gate closed: tags</h1>", html);
        Assert.Contains("An override of tags has expired", html);
    }

    [Fact]
    public void WhatRecoveredIsNamedInWordsByCheck()
    {
        var bad = ReportDays.Bad();
        var lines = ReportDays.One(new SeriesId("call centre export", Metrics.BadBytes), 9, 1);
        lines = lines with { Before = [.. lines.Before.SkipLast(1), lines.Before[^1] with { IsAccepted = false }] };
        var judged = Some.Judgement(lines.Id, Verdict.Pass, Finding.Normal);
        var day = bad with { Series = [lines, .. bad.Series], Stages = [.. bad.Stages, ReportDays.Stage("exports", [judged], [])] };

        Assert.Contains(
            "Back to normal since yesterday: call centre export (bytes in another encoding), user tags (A112U004_0_001)",
            ReportDays.Render(day));
    }

    [Fact]
    public void ADayWithoutAnythingIsClosedAndSaysSo()
    {
        var html = DutyReport.Render(
            new StoredDay
            {
                Plan = "p",
                Date = ReportDays.Date,
                Stages = [],
                Series = [],
            },
            new ReportOptions { MadeAt = ReportDays.Morning });
        Assert.Contains("<h1>Gates closed: nothing was judged</h1>", html);
    }

    [Fact]
    public void AnIncidentTellsSinceWhen()
    {
        var html = ReportDays.Render(ReportDays.Bad());
        Assert.Contains("since Mon 13 Jul, day 3", html);
        Assert.Contains("new today", html);
        Assert.Contains("Back to normal since yesterday: user tags (A112U004_0_001)", html);
    }
}
