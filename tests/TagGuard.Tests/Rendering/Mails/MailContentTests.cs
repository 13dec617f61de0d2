using System.Net;
using System.Text.RegularExpressions;
using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Rendering.Mails;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Rendering.Mails;

/// <summary>What the morning's mail says, and in which order.</summary>
public sealed partial class MailContentTests
{
    public static TheoryData<string, Language> Days() => new MatrixTheoryData<string, Language>(
        ["good", "bad", "override", "missing", "no-history"], Enum.GetValues<Language>());

    static StoredDay Day(string name) => name switch
    {
        "good" => ReportDays.Good(),
        "bad" => ReportDays.Bad(),
        "override" => OddDays.Overridden(ReportDays.Morning.AddHours(4)),
        "missing" => OddDays.Missed(),
        _ => OddDays.WithoutHistory(),
    };

    [Theory, MemberData(nameof(Days))]
    public void EachDayIsApproved(string day, Language language)
    {
        var mail = SomeMail.Of(Day(day), language);
        var name = $"mail-{day}{(language == Language.Zh ? "-zh" : "")}";

        Approved.Matches($"{name}.txt", $"{mail.Subject}\n\n{mail.Text}");
        Approved.Matches($"{name}.html", Style().Replace(mail.Html, "<style></style>"));
    }

    [Theory, MemberData(nameof(Days))]
    public void ThePlainTextSaysAllThatTheHtmlSays(string day, Language language)
    {
        var mail = SomeMail.Of(Day(day), language);
        var text = Plain(mail.Text);
        var html = Style().Replace(mail.Html, "");
        var said = Between().Matches(html[html.IndexOf("<body", StringComparison.Ordinal)..])
            .Concat(Alternative().Matches(html))
            .Select(match => Plain(WebUtility.HtmlDecode(match.Groups[1].Value)))
            .Where(part => part.Length > 0)
            .ToList();

        Assert.NotEmpty(said);
        Assert.All(said, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void TheVerdictComesFirstThenWhatToDoThenTheIncidentsThenTheRest()
    {
        var text = SomeMail.Of(ReportDays.Bad()).Text;

        string[] order =
        [
            "✕ Gates closed: tags, sync", "Do now: Look at the log of the ETL job of A131U001", "== New (2 incidents)", "Family A131U001",
            "== Going on (1 incident)", "since Mon 13 Jul", "== Worth a look (1 incident)", "== Recovered", "== Stages", "== Reconciliation",
        ];
        var places = order.Select(part => text.IndexOf(part, StringComparison.Ordinal)).ToList();

        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void AGoodDayHasNoIncidentsAndALineForWhatIsWell()
    {
        var text = SomeMail.Of(ReportDays.Good()).Text;

        Assert.Contains("Do now: Nothing. 25 verdicts, all pass.", text, StringComparison.Ordinal);
        Assert.Contains("Reconciled: 1 of 1 agree.", text, StringComparison.Ordinal);
        Assert.InRange(text.Split('\n').Length, 5, 16);
    }

    [Fact]
    public void IncidentsLeadToTheReportAndToWhereTheyAreRunAgain()
    {
        var options = new MailOptions
        {
            ReportUrl = "https://tagguard.example.com/2026-07-15.html?a=1&b=2",
            RerunUrl = "https://airflow.example.com/x",
        };
        var mail = SomeMail.Of(ReportDays.Bad(), options: options);

        Assert.Contains("<a href=\"https://tagguard.example.com/2026-07-15.html?a=1&amp;b=2\"", mail.Html, StringComparison.Ordinal);
        Assert.Contains("Open the full report: https://tagguard.example.com/2026-07-15.html?a=1&b=2\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Run again: Open the scheduler: https://airflow.example.com/x\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void SevenDaysOfAReconciliationStandBelowToday()
    {
        var text = SomeMail.Of(ReportDays.Bad()).Text;

        Assert.Contains("userprofile_offline: Left 2,843,101 | Right 2,801,893 | Difference −41,208", text, StringComparison.Ordinal);
        Assert.Matches(@"  07-08 = \| .* \| 07-12 −45k \| 07-13 = \| 07-14 =\n", text);
    }

    /// <summary>Three rows may be allowed, and rows may differ that are as many: only the check knows.</summary>
    [Theory]
    [InlineData(3, Verdict.Pass, "Reconciled: 1 of 1 agree.")]
    [InlineData(0, Verdict.Pass, "Reconciled: 1 of 1 agree.")]
    [InlineData(0, Verdict.Warn, "Reconciled: 0 of 1 agree.")]
    public void AReconciliationAgreesWhereItsCheckSaysSo(double more, Verdict verdict, string told)
    {
        var day = ReportDays.Good();
        var judged = day.Stages[^1].Judgements.Select(stored => stored with { Judgement = stored.Judgement with { Verdict = verdict } });

        var text = SomeMail.Of(day with
        {
            Stages = [.. day.Stages.SkipLast(1), day.Stages[^1] with { Judgements = [.. judged] }],
            Series = [.. day.Series.Select(series => RightWith(series, 2_843_101 + more))],
        }).Text;

        Assert.Contains(told, text, StringComparison.Ordinal);
    }

    static StoredSeries RightWith(StoredSeries series, double rows) =>
        series.Id.Metric == Metrics.RightRows ? series with { Today = rows } : series;

    [Fact]
    public void RowsThatDifferAndAreAsManyAreNotCalledEqual()
    {
        var bad = ReportDays.Bad();
        var judged = bad.Stages[^1].Judgements;

        var text = SomeMail.Of(bad with { Series = [.. bad.Series.Select(series => RightWith(series, 2_843_101))] }).Text;

        Assert.Equal(Verdict.Fail, Assert.Single(judged, one => one.Judgement.Series.Metric == Metrics.RightRows).Judgement.Verdict);
        Assert.Contains("Left 2,843,101 | Right 2,843,101 | Difference as many, and not the same", text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCouldNotBeMeasuredIsToldWithItsReason()
    {
        var day = OddDays.Missed();
        var missed = new TagGuard.Facts.Measurement.Missed(day.Series[0].Id, "hs2:10000 did not answer.", IsAbsent: false);
        var mail = SomeMail.Of(day with { Series = [day.Series[0] with { Missed = missed }, .. day.Series.Skip(1)] });

        Assert.Contains("== Could not be measured\nuser tags (tagged users): hs2:10000 did not answer.\n", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOverrideIsToldWithWhoWhyAndUntilWhen()
    {
        var text = SomeMail.Of(OddDays.Overridden(ReportDays.Morning.AddHours(4))).Text;

        Assert.Contains("tags was opened by zhang.min until Thu 16 Jul 10:31: Campaign needs the tags", text, StringComparison.Ordinal);
    }

    /// <summary>What stands between the signs that set something off.</summary>
    static string Plain(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex(">([^<]+)<")]
    private static partial Regex Between();

    [GeneratedRegex("alt=\"([^\"]*)\"")]
    private static partial Regex Alternative();

    [GeneratedRegex(@"[\s`→]+")]
    private static partial Regex Space();
}
