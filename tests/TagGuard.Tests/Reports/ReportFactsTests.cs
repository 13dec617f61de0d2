using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Reports;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Reports;

public sealed class ReportFactsTests
{
    static readonly DateOnly Date = new(2026, 7, 15);
    static readonly DateTimeOffset Now = new(2026, 7, 15, 22, 31, 0, TimeSpan.Zero);
    static readonly SeriesId Id = new("user tags", Metrics.TagCount, "A1");

    [Theory]
    [InlineData("upstream:open tags:open", "All gates open")]
    [InlineData("tags:open", "Gate open: tags")]
    [InlineData("upstream:open tags:bad", "Gate closed: tags")]
    [InlineData("tags:bad sync:bad", "Gates closed: tags, sync")]
    [InlineData("a:bad b:bad c:bad d:bad e:bad f:bad", "Gates closed: a, b, c, d and 2 more")]
    [InlineData("upstream:waiting", "Not ready yet: upstream")]
    [InlineData("upstream:waiting tags:bad", "Gates closed: upstream, tags")]
    [InlineData("upstream:open tags:override", "Open by override: tags")]
    [InlineData("tags:override sync:bad", "Gate closed: sync")]
    [InlineData("tags:old", "Gate closed: tags")]
    [InlineData("tags:running", "Gate closed: tags")]
    [InlineData("", "Gates closed: nothing was judged")]
    public void TheHeadlineSaysWhichGatesAreClosed(string stages, string headline) => Assert.Equal(headline, Facts(stages).Headline.ToString());

    [Theory]
    [InlineData("open", GateStanding.Open)]
    [InlineData("override", GateStanding.OpenByOverride)]
    [InlineData("overrun", GateStanding.BadData)]
    [InlineData("bad", GateStanding.BadData)]
    [InlineData("unknown", GateStanding.CouldNotTell)]
    [InlineData("waiting", GateStanding.NotReady)]
    [InlineData("running", GateStanding.Running)]
    [InlineData("old", GateStanding.OutOfDate)]
    public void AGateStandsAsItIsStored(string state, GateStanding standing) => Assert.Equal(standing, Facts($"tags:{state}").Stages[0].Standing);

    [Fact]
    public void AStageOfThePlanThatWasNotJudgedIsClosed()
    {
        var facts = Facts("tags:open", "tags", "sync");
        Assert.Equal(GateStanding.NotJudged, facts.Stages[1].Standing);
        Assert.False(facts.IsOpen);
        Assert.Equal("It was never judged for this date: run the stage.", facts.Reason!.ToString());
    }

    [Theory]
    [InlineData("", 100.0, null)] // no history: nothing is claimed
    [InlineData("++", 100.0, 0)]
    [InlineData("+--", 100.0, -2)]
    [InlineData("+-+", 100.0, 0)]
    [InlineData("+- -", 100.0, -3)] // a day without a value between two that were not accepted
    [InlineData("---", 100.0, -3)]
    [InlineData("++ ", null, -1)] // today and yesterday were missed
    [InlineData("++", null, 0)]
    public void TroubleBeganAfterTheLastAcceptedDay(string before, double? today, int? daysBack)
    {
        var series = Series(before, today);
        var since = IncidentFacts.SinceOf(Incident(Verdict.Fail, blocking: true, size: 1), series, Date);
        Assert.Equal(daysBack is int days ? Date.AddDays(days) : null, since);
    }

    [Fact]
    public void OfAWarningNoBeginningIsClaimedBecauseItsDaysAreAccepted() =>
        Assert.Null(IncidentFacts.SinceOf(Incident(Verdict.Warn, blocking: false, size: 1), Series("++", 100), Date));

    [Fact]
    public void WhatClosesAGateIsReadFirstThenTheWorstThenTheLargest()
    {
        Incident[] incidents =
        [
            Incident(Verdict.Warn, blocking: true, size: 900),
            Incident(Verdict.Fail, blocking: false, size: 5),
            Incident(Verdict.Unknown, blocking: true, size: 1),
            Incident(Verdict.Fail, blocking: true, size: 1),
            Incident(Verdict.Fail, blocking: true, size: 7),
        ];
        var day = Day("tags:bad");
        var facts = ReportFacts.Of(day with { Stages = [day.Stages[0] with { Incidents = incidents }] }, Some.Answers(day.Gates, Now, "tags"));
        Assert.Equal([incidents[4], incidents[3], incidents[2], incidents[1], incidents[0]], facts.Incidents.Select(incident => incident.Incident));
    }

    [Fact]
    public void ATagIsSetBesideTheDayBeforeAndTheSameWeekdayLastWeek()
    {
        var tag = ReportedTag.Of(Series("1234567", 9), null, Date);
        Assert.Equal((7.0, 1.0, 8.0), (tag.Yesterday, tag.WeekAgo, tag.Moved));
        Assert.Null(ReportedTag.Of(Series("123456 ", 9), null, Date).Yesterday);
    }

    static ReportFacts Facts(string stages, params string[] planned) => Facts(Day(stages), planned);

    static ReportFacts Facts(StoredDay day, string[] planned) =>
        ReportFacts.Of(day, Some.Answers(day.Gates, Now, planned.Length > 0 ? planned : day.Stages.Select(stage => stage.Stage)));

    static StoredDay Day(string stages) => new()
    {
        Plan = "p",
        Date = Date,
        Series = [],
        Stages = [.. stages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(stage => Stage(stage.Split(':')[0], stage.Split(':')[1]))],
    };

    static StoredStage Stage(string name, string state)
    {
        var gate = new GateState
        {
            Plan = "p",
            Date = Date,
            Stage = name,
            IsGood = state is "open" or "old",
            Exit = state switch
            {
                "open" or "old" => GateExit.Open,
                "waiting" => GateExit.NotReady,
                "bad" or "overrun" => GateExit.BadData,
                _ => GateExit.CouldNotTell,
            },
            Reason = "Because.",
            DecidedAt = Now.AddHours(state == "old" ? -48 : -1),
            RunId = state == "running" ? 0 : 7,
            JudgedBy = new JudgedBy(Some.Definition(name), new Dictionary<string, int>(), []),
            HasItsVerdicts = true,
            Override = state switch
            {
                "override" => new Override("zhang.min", "Needed.", Now.AddHours(-1), Now.AddHours(1)),
                "overrun" => new Override("zhang.min", "Needed.", Now.AddHours(-3), Now.AddHours(-2)),
                _ => null,
            },
        };
        return new StoredStage(name, gate, 1, Now, Now, [], []);
    }

    /// <summary>The days before the date, one sign each: + accepted, - not accepted, a digit is an accepted value, a blank is no value.</summary>
    static StoredSeries Series(string before, double? today) => new(Id, "userid", today, null, null,
    [
        .. before.Select((sign, i) => (sign, Day: Date.AddDays(i - before.Length)))
            .Where(day => day.sign != ' ')
            .Select(day => new StoredValue(day.Day, char.IsDigit(day.sign) ? day.sign - '0' : 100, day.sign != '-')),
    ]);

    static Incident Incident(Verdict verdict, bool blocking, int size) => new()
    {
        Verdict = verdict,
        Finding = Finding.Drop,
        Blocking = blocking,
        Check = Id.Check,
        What = Phrase.Text(""),
        Why = Phrase.Text(""),
        DoFirst = Phrase.Text(""),
        Size = size,
        Lead = Id,
        Said = Phrase.Text(""),
        Members = [Id],
    };
}
