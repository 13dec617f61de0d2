using System.Text.RegularExpressions;
using TagGuard.Phrases;
using TagGuard.Rendering;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Rendering;

/// <summary>One stored day, in each language.</summary>
public sealed partial class ReportLanguageTests
{
    [Fact]
    public void APageNamesItsLanguage()
    {
        Assert.Contains("<html lang=\"en\">", ReportDays.Render(ReportDays.Good()));
        Assert.Contains("<html lang=\"zh-CN\">", ReportDays.Render(ReportDays.Good(), Language.Zh));
    }

    [Fact]
    public void TheChineseHeadlineStripAndDateAreChinese()
    {
        var html = ReportDays.Render(ReportDays.Bad(), Language.Zh);
        Assert.Contains("<h1>多个门禁关闭：tags、sync</h1>", html);
        Assert.Contains("2026年7月15日 星期三 · userprofile", html);
        Assert.Contains("较昨日已恢复正常：user tags（A112U004_0_001）", html);
        Assert.Contains("自 7月13日周一起，第 3 天", html);
    }

    /// <summary>The names of checks and metrics differ by language; counts, percentages and curves do not.</summary>
    [Fact]
    public void TheLanguageChangesNoNumberInTheTables()
    {
        foreach (var day in new[] { ReportDays.Good(), ReportDays.Bad(), OddDays.Missed() })
        {
            var english = Cells(ReportDays.Render(day));
            Assert.NotEmpty(english);
            Assert.Equal(english, Cells(ReportDays.Render(day, Language.Zh)));
        }
    }

    [Fact]
    public void NoEnglishLabelIsLeftInAChineseReport()
    {
        // A stored day holds the words that it was stored with; without them all that is left is the page's own.
        var html = ReportDays.Render(WithoutSentences(ReportDays.Bad()), Language.Zh);
        var labels = Labels().Matches(html).Select(match => match.Groups[2].Value).ToList();
        Assert.NotEmpty(labels);
        Assert.All(labels, label => Assert.DoesNotMatch("[A-Za-z]{2}", label.Replace(ReportDays.Tags, "", StringComparison.Ordinal)));
    }

    [Fact]
    public void AReplayIsInItsLanguage()
    {
        var html = ReplayReport.Render([], "userprofile", "new.yaml", new ReportOptions { MadeAt = Some.Now, Language = Language.Zh });
        Assert.Contains("<title>userprofile 历史回放</title>", html);
        Assert.Contains("<h1>若采用 new.yaml，会报告什么</h1>", html);
        Assert.Contains("没有已判定的日期", html);
    }

    [Theory, InlineData(0.4, "under 1 s", "不到 1 秒"), InlineData(84, "84 s", "84 秒"), InlineData(3_900, "1 h 05 min", "1 小时 05 分钟")]
    public void ATimeIsInItsLanguage(double seconds, string english, string chinese)
    {
        Assert.Equal(english, Words.Of(Language.En).Took(TimeSpan.FromSeconds(seconds)));
        Assert.Equal(chinese, Words.Of(Language.Zh).Took(TimeSpan.FromSeconds(seconds)));
    }

    static StoredDay WithoutSentences(StoredDay day) =>
        day with
        {
            Stages =
            [
                .. day.Stages.Select(stage =>
                    stage with
                    {
                        Judgements =
                        [
                            .. stage.Judgements.Select(stored => stored with { Judgement = stored.Judgement with { Said = Phrase.Text("") } }),
                        ],
                        Incidents =
                        [
                            .. stage.Incidents.Select(incident =>
                                incident with
                                {
                                    What = Phrase.Text(""),
                                    Said = Phrase.Text(""),
                                    Why = Phrase.Text(""),
                                    DoFirst = Phrase.Text(""),
                                }),
                        ],
                    }),
            ],
        };

    static List<string> Cells(string html) =>
        [.. Cell().Matches(html).Select(match => match.Groups[1].Value).Where(cell => cell.Any(char.IsAsciiDigit) && !cell.Any(char.IsLetter))];

    [GeneratedRegex("<td[^>]*>([^<]*)")]
    private static partial Regex Cell();

    [GeneratedRegex("<(h2|dt|summary|label|th class=\"n\"|figcaption|output|span class=\"badge [a-z]+\")>([^<]+)<")]
    private static partial Regex Labels();
}
