using System.Text.RegularExpressions;
using TagGuard.Phrases;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Rendering;

/// <summary>Whole pages that a person has looked at.</summary>
public sealed class ApprovedReportTests
{
    [Fact]
    public void AGoodDayIsApproved() => Approved.Matches("report-good.html", WithoutAssets(ReportDays.Render(ReportDays.Good())));

    [Fact]
    public void ABadDayIsApproved() => Approved.Matches("report-bad.html", WithoutAssets(ReportDays.Render(ReportDays.Bad())));

    [Fact]
    public void ABadDayInChineseIsApproved() =>
        Approved.Matches("report-bad-zh.html", WithoutAssets(ReportDays.Render(ReportDays.Bad(), Language.Zh)));

    [Fact]
    public void AnOverriddenDayInChineseIsApproved() =>
        Approved.Matches(
            "report-override-zh.html",
            WithoutAssets(ReportDays.Render(OddDays.Overridden(ReportDays.Morning.AddHours(4)), Language.Zh)));

    [Fact]
    public void AnOverriddenDayIsApproved() =>
        Approved.Matches("report-override.html", WithoutAssets(ReportDays.Render(OddDays.Overridden(ReportDays.Morning.AddHours(4)))));

    [Fact]
    public void ADayWithoutHistoryIsApproved() =>
        Approved.Matches("report-no-history.html", WithoutAssets(ReportDays.Render(OddDays.WithoutHistory())));

    [Fact]
    public void ADayWithMissingValuesIsApproved() => Approved.Matches("report-missing.html", WithoutAssets(ReportDays.Render(OddDays.Missed())));

    [Fact]
    public void ADayOfNastyStringsIsApproved() => Approved.Matches("report-nasty.html", WithoutAssets(ReportDays.Render(OddDays.OfNastyStrings())));

    [Fact]
    public void TheSameDayGivesTheSameBytes() => Assert.Equal(ReportDays.Render(ReportDays.Bad()), ReportDays.Render(ReportDays.Bad()));

    /// <summary>The page without style and script: they are looked at in a browser, not in an approved file.</summary>
    static string WithoutAssets(string html) =>
        Regex.Replace(Regex.Replace(html, "<(style|script)>.*?</\\1>", "<$1></$1>", RegexOptions.Singleline), "'sha256-[^']+'", "'sha256'");
}
