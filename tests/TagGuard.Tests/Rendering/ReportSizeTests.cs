using System.Text;
using System.Text.RegularExpressions;
using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Tests.Rendering;

/// <summary>A report stays small enough to be mailed and opened.</summary>
public sealed class ReportSizeTests
{
    [Fact]
    public void ThreeThousandTagsOverNinetyDaysStayUnderTwoMegabytes()
    {
        var html = ReportDays.Render(Large(3_000));
        Assert.Equal(3_000, Regex.Count(html, "<tr><th>A"));
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 500_000, 2_000_000);
    }

    [Fact]
    public void MoreThanFiveThousandTagsListTheOnesThatMovedMostAndSayHowManyAreNot()
    {
        var html = ReportDays.Render(Large(20_000));
        Assert.Equal(5_000, Regex.Count(html, "<tr><th>A"));
        Assert.Contains("The 5,000 listed are out of order or moved most; 15,000 are not listed.", html);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 500_000, 2_000_000);
    }

    [Fact]
    public void ManyIncidentsDoNotMakeAManyMegabytePage()
    {
        var day = ReportDays.Bad();
        var incident = day.Stages[1].Incidents[0];
        var many = day.Stages[1] with { Incidents = [.. Enumerable.Repeat(incident, 2_000)] };
        var html = ReportDays.Render(day with { Stages = [day.Stages[0], many, day.Stages[2]] });
        Assert.Contains("1,970 more incidents", html);
        Assert.Contains("and 1,670 not listed", html);
        Assert.InRange(html.Length, 1, 1_000_000);
    }

    static StoredDay Large(int tags)
    {
        var series = Enumerable
            .Range(0, tags)
            .Select(i =>
            {
                var one = ReportDays.One(
                    new SeriesId("user tags", Metrics.TagCount, $"A{i % 400:000}H{i % 7:000}_0_{i:00000}"),
                    40_000_000d / (i + 1),
                    i);
                var older = one.Before.Take(30).Select(day => day with { Date = day.Date.AddDays(-30) });
                return one with { Before = [.. older, .. one.Before], ShareOfTotal = 0.123, ShareOfActive = 0.098 };
            })
            .ToList();
        var stage = ReportDays.Stage(
            "tags",
            [
                .. series.Select(one => new Judgement
                {
                    Series = one.Id,
                    Rule = "baseline",
                    Verdict = Verdict.Pass,
                    Finding = Finding.Normal,
                    Said = Phrase.Text("As expected."),
                    Value = one.Today,
                }),
            ],
            []);
        return new StoredDay
        {
            Plan = "userprofile",
            Date = ReportDays.Date,
            Stages = [stage],
            Series = series,
        };
    }
}
