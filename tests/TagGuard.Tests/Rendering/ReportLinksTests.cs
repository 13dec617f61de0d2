using System.Text.RegularExpressions;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Rendering;
using TagGuard.Reports;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Rendering;

/// <summary>A report leads on: to the day before and after, to what broke, and to what to type.</summary>
public sealed class ReportLinksTests
{
    static ReportOptions Options(StoredDay day) => ReportDays.Options with
    {
        Gates = Some.Answers(day.Gates, ReportDays.Morning, [.. day.Stages.Select(stage => stage.Stage)]),
        PlanFile = "/etc/tag guard/plan.yaml",
        Host = "etl-1",
        Mornings = [.. Enumerable.Range(1, 13).Reverse().Select(Morning)],
        Links = new ReportLinks
        {
            Index = "userprofile.html",
            Before = (ReportDays.Date.AddDays(-1), "userprofile-2026-07-14.html"),
            Log = "../logs/tagguard.log",
        },
    };

    static Morning Morning(int back) => new(
        ReportDays.Date.AddDays(-back),
        new Dictionary<string, GateStanding> { ["tags"] = back == 3 ? GateStanding.BadData : GateStanding.Open },
        back < 3 ? $"userprofile-{ReportDays.Date.AddDays(-back):yyyy-MM-dd}.html" : null);

    static string Page(StoredDay day) => DutyReport.Render(day, Options(day));

    [Fact]
    public void ItLeadsToTheDayBeforeTheLogAndAllReports()
    {
        var html = Page(ReportDays.Bad());

        Assert.Contains("<a href=\"userprofile-2026-07-14.html\">← Tue 14 Jul</a>", html);
        Assert.Contains("<a href=\"userprofile.html\">All reports</a>", html);
        Assert.Contains("<a href=\"../logs/tagguard.log\">Log of the run</a>", html);
    }

    [Fact]
    public void ALaterDayIsLedToFromTheEarlierPageOnce()
    {
        var page = Page(ReportDays.Good());

        var led = DutyReport.LeadingOn(page, ReportDays.Date.AddDays(1), "userprofile-2026-07-16.html", Language.En);

        Assert.Contains("<a href=\"userprofile-2026-07-16.html\">Thu 16 Jul →</a>", led);
        Assert.Equal(led, DutyReport.LeadingOn(led, ReportDays.Date.AddDays(2), "userprofile-2026-07-17.html", Language.En));
    }

    [Fact]
    public void EveryJumpWithinThePageLandsSomewhere()
    {
        var html = Page(ReportDays.Bad());
        var targets = Regex.Matches(html, "id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        var jumps = Regex.Matches(html, "href=\"#([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(jumps);
        Assert.Equal(targets.Count, targets.Distinct().Count());
        Assert.All(jumps, jump => Assert.Contains(jump, targets));
    }

    [Fact]
    public void AStageLeadsToItsFirstIncident()
    {
        var html = Page(ReportDays.Bad());
        var jump = Regex.Match(html, "<a href=\"#(i[0-9]+)\"><span aria-hidden=\"true\">✕</span> sync</a>").Groups[1].Value;

        Assert.Matches($"id=\"{jump}\">.*userprofile_offline", html);
    }

    [Fact]
    public void ThirteenMorningsStandBesideEachStageWithTheirReports()
    {
        var html = Page(ReportDays.Good());
        var tags = Regex.Matches(html, "<li .*</li>").Select(match => match.Value).Single(line => line.Contains("> tags<", StringComparison.Ordinal));

        Assert.Equal(13, Regex.Count(tags, "title=\"tags on "));
        Assert.Contains("<span class=\"fail\" title=\"tags on Sun 12 Jul: closed: bad data\"", tags);
        Assert.Contains("<a class=\"pass\" href=\"userprofile-2026-07-14.html\"", tags);
    }

    [Fact]
    public void CommandsNamePlanAndDateAndCanBePasted()
    {
        var html = Page(ReportDays.Bad());
        const string common = "--plan &#39;/etc/tag guard/plan.yaml&#39; --date 2026-07-15";

        Assert.Contains($"<code>tagguard explain {common} A121H002_0_002</code>", html);
        Assert.Contains($"<code>tagguard run {common} --stage tags</code>", html);
        Assert.Contains(
            $"<code>tagguard accept {common} --by &quot;$USER&quot; --why WHY --check &#39;user tags&#39; --family A131U001</code>", html);
        Assert.Contains($"<code>tagguard gate --open {common} --stage sync --by &quot;$USER&quot; --why WHY</code>", html);
    }

    [Fact]
    public void AFaultIsToldOnce()
    {
        var html = Page(ReportDays.Bad());

        Assert.Single(Regex.Matches(html, Regex.Escape("Family A131U001: 4 of 4 tags at zero")));
        Assert.Single(Regex.Matches(html, Regex.Escape("Hive has 2,843,101, HBase 2,801,893: 41,208 apart, 0 allowed.")));
        Assert.Contains("different, told above", html);
    }

    [Fact]
    public void TheBodyOfAnIncidentIsNotItsTitleAgain()
    {
        var said = Phrase.Joined(Phrase.Text("8 users, 92% below the 104 expected."), Phrase.Text("Its base did not move."));
        var incident = Incident(new Phrase("incident.alone", ("series", "a_1"), ("said", said)), said);

        Assert.Equal("Its base did not move.", incident.Body!.ToString());
        Assert.Null(Incident(said, said).Body);
        Assert.Null(Incident(new Phrase("x", ("said", Phrase.Text("one"))), Phrase.Text("one")).Body);
    }

    [Fact]
    public void AnIncidentPastTheThirdIsFolded()
    {
        var day = ReportDays.Bad();
        var tags = day.Stages.Single(stage => stage.Stage == "tags");
        var many = tags with { Incidents = [.. Enumerable.Range(0, 9).Select(i => tags.Incidents[^1] with { What = Phrase.Text($"fault {i}") })] };

        var html = Page(day with { Stages = [many] });

        Assert.Equal(3, Regex.Count(html, "<article class=\"card fail\">"));
        Assert.Equal(6, Regex.Count(html, "<details class=\"card fail\">"));
    }

    [Fact]
    public void ARunbookIsALinkAndWhatDataSaysIsNone()
    {
        var day = ReportDays.Bad();
        var tags = day.Stages.Single(stage => stage.Stage == "tags");
        var runbook = tags.Incidents[^1] with { DoFirst = Phrase.Text("See https://wiki.example.com/tags?a=1&b=2, then `tagguard tags`.") };
        var data = tags.Incidents[0] with { DoFirst = new Phrase("advice.x", ("tag", "https://evil.example.com/")) };

        var html = Page(day with { Stages = [tags with { Incidents = [runbook, data] }] });

        Assert.Contains("<a href=\"https://wiki.example.com/tags?a=1&amp;b=2\" rel=\"noopener noreferrer\">", html);
        Assert.Contains(", then <code>tagguard tags</code>.", html);
        Assert.DoesNotContain("href=\"https://evil", html);
    }

    [Fact]
    public void TheFootNamesRunVersionPlanAndHost()
    {
        var day = ReportDays.Good();
        var stages = day.Stages.Select(stage => stage with { Run = new StoredRun(4_711, "run", "etl-7", "etl") }).ToList();

        var html = Page(day with { Stages = stages });

        Assert.Contains("TagGuard 0.0.0 · plan userprofile, /etc/tag guard/plan.yaml · business date 2026-07-15", html);
        Assert.Contains("tags: run 4711, attempt 1, <code>run</code> on etl-7 by etl", html);
        Assert.Contains("made on etl-1", html);
    }

    [Fact]
    public void ThePageOfAllReportsListsDaysWithTheirGates()
    {
        var html = IndexPage.Render(
            "userprofile", ["upstream", "tags"], [Morning(2), Morning(1)], [new(new(2025, 1, 2), new Dictionary<string, GateStanding>(), "old.html")],
            ReportDays.Options);

        Assert.Contains("<a href=\"userprofile-2026-07-14.html\">2026-07-14</a>", html);
        Assert.True(html.IndexOf("2026-07-14.html", StringComparison.Ordinal) < html.IndexOf("2026-07-13.html", StringComparison.Ordinal));
        Assert.Contains("<a href=\"old.html\">2025-01-02</a>", html);
    }

    static Incident Incident(Phrase what, Phrase said) =>
        ReportDays.Bad().Stages.SelectMany(stage => stage.Incidents).First() with { What = what, Said = said };
}
