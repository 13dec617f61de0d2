using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Measurements;
using TagGuard.Rendering;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Rendering;

public sealed partial class DutyReportTests
{
    const string Nasty = "</td><script>alert('x')</script>\"& \u0001\u202E\uD800 <b>";

    [Fact]
    public void AGoodDayIsApproved() => Approved.Matches("report-good.html", WithoutAssets(Render(ReportDays.Good())));

    [Fact]
    public void ABadDayIsApproved() => Approved.Matches("report-bad.html", WithoutAssets(Render(ReportDays.Bad())));

    [Fact]
    public void AnOverriddenDayIsApproved() => Approved.Matches("report-override.html", WithoutAssets(Render(Overridden(ReportDays.Morning.AddHours(4)))));

    [Fact]
    public void ADayWithoutHistoryIsApproved() => Approved.Matches("report-no-history.html", WithoutAssets(Render(WithoutHistory())));

    [Fact]
    public void ADayWithMissingValuesIsApproved() => Approved.Matches("report-missing.html", WithoutAssets(Render(Missed())));

    [Fact]
    public void ADayOfNastyStringsIsApproved() => Approved.Matches("report-nasty.html", WithoutAssets(Render(OfNastyStrings())));

    [Fact]
    public void TheSameDayGivesTheSameBytes() => Assert.Equal(Render(ReportDays.Bad()), Render(ReportDays.Bad()));

    [Fact]
    public void TheVerdictComesFirst()
    {
        var html = Render(ReportDays.Bad());
        Assert.Contains("<h1>Gates closed: tags, sync</h1>", html);
        Assert.True(html.IndexOf("<h1>", StringComparison.Ordinal) < html.IndexOf("What failed", StringComparison.Ordinal));
        Assert.True(html.IndexOf("What failed", StringComparison.Ordinal) < html.IndexOf("<h2>Stages", StringComparison.Ordinal));
    }

    [Fact]
    public void AStageThatWasNeverJudgedIsClosedAndNotLeftOut()
    {
        var html = DutyReport.Render(ReportDays.Good(), ReportDays.Options with { Stages = ["upstream", "tags", "sync", "crowds"] });
        Assert.Contains("<h1>Gate closed: crowds</h1>", html);
        Assert.Contains("closed: not judged", html);
    }

    [Fact]
    public void AnOverrideIsShownAsAnOverrideWithWhoWhyAndUntil()
    {
        var html = Render(Overridden(ReportDays.Morning.AddHours(4)));
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
        var html = Render(Overridden(ReportDays.Morning.AddHours(-1)));
        Assert.Contains("<h1>Gate closed: tags</h1>", html);
        Assert.Contains("An override of tags ran out", html);
    }

    [Fact]
    public void MissingIsDrawnAsAGapAndNeverAsZero()
    {
        var day = ReportDays.Date;
        var before = new[] { -6, -5, -3, -2, -1 }.Select(back => new StoredValue(day.AddDays(back), 100, true)).ToList();
        var html = Render(OneSeries(100, before));
        var line = LinePath().Match(html).Groups[1].Value;
        Assert.Equal(2, line.Count(command => command == 'M'));
        // 100 lies at one height on every day, and nothing of the line comes down to the foot of the chart.
        Assert.Single(LinePoints().Matches(line).Select(point => point.Groups[2].Value).Distinct());
        Assert.DoesNotContain(LinePoints().Matches(line), point => point.Groups[2].Value == "100");
        Assert.DoesNotContain(LinePoints().Matches(line), point => point.Groups[1].Value == "95");
        Assert.Contains("<path class=\"gap\" d=\"M90 0H100V100H90z\"/>", html);
        Assert.Contains("1 day without a value", html);
    }

    [Fact]
    public void AMissingTodayIsSaidAndHasNoPoint()
    {
        var html = Render(OneSeries(null, [new StoredValue(ReportDays.Date.AddDays(-1), 100, true)]));
        Assert.Contains("Wed 15 Jul: <b>no value</b>", html);
        Assert.DoesNotContain("circle class=\"today", html);
        Assert.Contains("<td>no value<td>–<td>–<td>–", html);
    }

    [Fact]
    public void ADayThatWasNotAcceptedIsHollowAndLeavesTheLine()
    {
        var day = ReportDays.Date;
        var before = new[] { -4, -3, -2, -1 }.Select(back => new StoredValue(day.AddDays(back), back == -2 ? 400 : 1000, back != -2)).ToList();
        var html = Render(OneSeries(1000, before));
        Assert.Single(Regex.Matches(html, "circle class=\"refused\""));
        Assert.Equal(2, LinePath().Match(html).Groups[1].Value.Count(command => command == 'M'));
        Assert.Contains("1 day not accepted", html);
    }

    [Fact]
    public void AnIncidentTellsSinceWhen()
    {
        var html = Render(ReportDays.Bad());
        Assert.Contains("since Mon 13 Jul, day 3", html);
        Assert.Contains("new today", html);
        Assert.Contains("In order again since yesterday: user tags: A112U004_0_001", html);
    }

    [Fact]
    public void NothingIsFetchedFromOutside()
    {
        foreach (var html in new[] { Render(ReportDays.Bad()), Render(Missed()), Render(Overridden(ReportDays.Morning)) })
            Assert.DoesNotMatch(@"(?i)https?:|url\(|\ssrc\s*=|\shref\s*=|@import|<link|<img|<iframe|<object|//[a-z0-9]+\.", html.Replace("// no value", ""));
    }

    [Fact]
    public void NoScriptOrStyleButOursMayRun()
    {
        var html = Render(ReportDays.Bad());
        foreach (var (element, policy) in new[] { ("style", "style-src"), ("script", "script-src") })
        {
            var text = Regex.Match(html, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
            var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            Assert.Contains($"{policy} 'sha256-{hash}'", html);
        }
        Assert.DoesNotMatch(@"\sstyle\s*=|\son[a-z]+\s*=\s*[""']", html);
    }

    [Fact]
    public void ATagIdIsTextAndNeverMarkup()
    {
        var html = Render(OfNastyStrings());
        Assert.Single(Regex.Matches(html, "<script"));
        Assert.DoesNotContain("</td><", html);
        Assert.Contains("&lt;/td&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp; \\u0001\\u202E\\uD800 &lt;b&gt;", html);
        Assert.DoesNotContain(html, character => char.IsControl(character) && character != '\n');
        Assert.Equal(html, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(html)));
    }

    [Fact]
    public void TextOutsideTheBasicPlaneIsKept() =>
        Assert.Contains("高价值 𠮷 🙂", Render(OneSeries(1, [], "高价值 𠮷 🙂")));

    [Fact]
    public void TheExplainCommandIsSafeToPaste()
    {
        var html = Render(OneSeries(1, [], "'; rm -rf / #"));
        Assert.Contains("tagguard explain --date 2026-07-15 -- &#39;&#39;\\&#39;&#39;; rm -rf / #&#39;", html);
    }

    [Fact]
    public void ThreeThousandTagsOverNinetyDaysStayUnderTwoMegabytes()
    {
        var html = Render(Large(3_000));
        Assert.Equal(3_000, Regex.Count(html, "<tr><th>A"));
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 500_000, 2_000_000);
    }

    [Fact]
    public void MoreThanFiveThousandTagsListTheOnesThatMovedMostAndSayHowManyAreNot()
    {
        var html = Render(Large(20_000));
        Assert.Equal(5_000, Regex.Count(html, "<tr><th>A"));
        Assert.Contains("Listed are the 5,000 that are out of order or moved most; 15,000 are not listed.", html);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 500_000, 2_000_000);
    }

    [Fact]
    public void ManyIncidentsDoNotMakeAManyMegabytePage()
    {
        var day = ReportDays.Bad();
        var incident = day.Stages[1].Incidents[0];
        var many = day.Stages[1] with { Incidents = [.. Enumerable.Repeat(incident, 2_000)] };
        var html = Render(day with { Stages = [day.Stages[0], many, day.Stages[2]] });
        Assert.Contains("1,970 more incidents", html);
        Assert.Contains("and 1,670 that are not listed", html);
        Assert.InRange(html.Length, 1, 1_000_000);
    }

    [Fact]
    public void ADayWithoutAnythingIsClosedAndSaysSo()
    {
        var html = DutyReport.Render(new StoredDay { Plan = "p", Date = ReportDays.Date, Stages = [], Series = [] }, new ReportOptions { MadeAt = ReportDays.Morning });
        Assert.Contains("<h1>Gates closed: nothing was judged</h1>", html);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void EveryTextColourReachesContrastAa(string scheme)
    {
        var css = Regex.Match(Render(ReportDays.Good()), "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        var block = Regex.Matches(css, @":root \{(.*?)\}", RegexOptions.Singleline)[scheme == "light" ? 0 : 1].Value;
        var colours = Regex.Matches(block, "--([a-z]+): #([0-9a-f]{6})").ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        foreach (var text in new[] { "text", "soft", "fail", "unknown", "warn", "pass" })
        {
            foreach (var ground in new[] { "page", "card", "shade" })
                Assert.True(Contrast(colours[text], colours[ground]) >= 4.5, $"{text} on {ground} in {scheme}: {Contrast(colours[text], colours[ground]):0.00}");
        }
    }

    static string Render(StoredDay day) => DutyReport.Render(day, ReportDays.Options with { Stages = [.. day.Stages.Select(stage => stage.Stage)] });

    static StoredDay Overridden(DateTimeOffset until)
    {
        var day = ReportDays.Bad();
        var given = new Override("zhang.min", "Campaign needs the tags, family A131U001 is not used by it", ReportDays.Morning.AddHours(-2), until);
        var stage = day.Stages[1];
        return day with { Stages = [day.Stages[0], stage with { Gate = stage.Gate with { Override = given } }, ReportDays.Sync(2_843_101, 2_843_101)] };
    }

    static StoredDay WithoutHistory()
    {
        var series = ReportDays.Series(3).Select(one => one with { Before = [] }).ToList();
        var judgements = series.Select(one => new Judgement
        {
            Series = one.Id,
            Rule = "baseline",
            Verdict = Verdict.Unknown,
            Finding = Finding.NoHistory,
            Sentence = "0 Wednesdays are stored, 4 are needed.",
            Value = one.Today,
        }).ToList();
        var incident = Incident(series[0].Id, Verdict.Unknown, Finding.NoHistory, "Too little history for all 5 series") with { Members = [.. series.Select(one => one.Id)], Size = 5 };
        return ReportDays.Day(series, [ReportDays.Upstream(), ReportDays.Stage("tags", judgements, [incident])]);
    }

    static StoredDay Missed()
    {
        var series = ReportDays.Series(3).Select(one => one with { Today = null, ShareOfTotal = null, ShareOfActive = null, Before = [.. one.Before.SkipLast(2)] }).ToList();
        var judgements = series.Select(one => new Judgement
        {
            Series = one.Id,
            Rule = "baseline",
            Verdict = Verdict.Unknown,
            Finding = Finding.Missing,
            Sentence = "Not measured: hs2:10000 did not answer within 10 min.",
        }).ToList();
        var incident = Incident(series[0].Id, Verdict.Unknown, Finding.Missing, "user tags was not measured: Hive did not answer");
        return ReportDays.Day(series, [ReportDays.Upstream(), ReportDays.Stage("tags", judgements, [incident])]);
    }

    static StoredDay OfNastyStrings()
    {
        var day = OneSeries(5, [new StoredValue(ReportDays.Date.AddDays(-1), 9, true)], Nasty, Nasty);
        var stage = day.Stages[0];
        return day with { Plan = Nasty, Stages = [stage with { Gate = stage.Gate with { Override = new Override(Nasty, Nasty, ReportDays.Morning, ReportDays.Morning.AddHours(1)) } }] };
    }

    static StoredDay OneSeries(double? today, IReadOnlyList<StoredValue> before, string key = "A1", string text = "It is out of order.")
    {
        var id = new SeriesId(text == Nasty ? Nasty : "tags", Metrics.TagCount, key);
        var judgement = new Judgement { Series = id, Rule = "change", Verdict = Verdict.Fail, Finding = Finding.Drop, Sentence = text, Value = today };
        var incident = Incident(id, Verdict.Fail, Finding.Drop, text) with { Cause = text, Advice = text, Owner = text, Check = id.Check, Members = [id, id] };
        return new StoredDay
        {
            Plan = "p",
            Date = ReportDays.Date,
            Stages = [ReportDays.Stage(text == Nasty ? Nasty : "tags", [judgement], [incident])],
            Series = [new StoredSeries(id, text == Nasty ? Nasty : "userid", today, today / 1000, null, before)],
        };
    }

    static Incident Incident(SeriesId lead, Verdict verdict, Finding finding, string title) => new()
    {
        Verdict = verdict,
        Finding = finding,
        Blocking = true,
        Check = lead.Check,
        Title = title,
        Cause = "",
        Advice = "Look at the source.",
        Size = 1,
        Lead = lead,
        Members = [lead],
        Sentence = title,
    };

    static StoredDay Large(int tags)
    {
        var series = Enumerable.Range(0, tags).Select(i =>
        {
            var one = ReportDays.One(new SeriesId("user tags", Metrics.TagCount, $"A{i % 400:000}H{i % 7:000}_0_{i:00000}"), 40_000_000d / (i + 1), i);
            var older = one.Before.Take(30).Select(day => day with { Date = day.Date.AddDays(-30) });
            return one with { Before = [.. older, .. one.Before], ShareOfTotal = 0.123, ShareOfActive = 0.098 };
        }).ToList();
        var stage = ReportDays.Stage("tags", [.. series.Select(one => new Judgement
        {
            Series = one.Id, Rule = "baseline", Verdict = Verdict.Pass, Finding = Finding.Normal, Sentence = "As expected.", Value = one.Today,
        })], []);
        return new StoredDay { Plan = "userprofile", Date = ReportDays.Date, Stages = [stage], Series = series };
    }

    /// <summary>The page without style and script: they are looked at in a browser, not in an approved file.</summary>
    static string WithoutAssets(string html) =>
        Regex.Replace(Regex.Replace(html, "<(style|script)>.*?</\\1>", "<$1></$1>", RegexOptions.Singleline), "'sha256-[^']+'", "'sha256'");

    static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    // WCAG 2.2, relative luminance.
    static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var part = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }

    [GeneratedRegex("<path class=\"line\" d=\"([^\"]+)\"")]
    private static partial Regex LinePath();

    [GeneratedRegex("[ML]([0-9.]+) ([0-9.]+)")]
    private static partial Regex LinePoints();
}
