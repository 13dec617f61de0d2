using TagGuard.Facts;
using TagGuard.Judgements.Incidents;
using TagGuard.Measurements;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Measurements;

/// <summary>`reads`: which of its tables a service reads, from what names it to the verdict.</summary>
public sealed class ReadsMeasureTests
{
    static readonly ReadsMeasure After = new()
    {
        Connection = "zydb",
        Table = new("userprofile_{date:yyyyMMdd}"),
        Sql = "select value from t_setting",
    };

    static readonly ReadsMeasure Before = After with { Behind = 1 };

    readonly FakeSource _source = new();

    [Theory]
    [InlineData("userprofile_20260203", Verdict.Pass, Finding.Normal, "It reads userprofile_20260203.")]
    [InlineData("userprofile_20260202", Verdict.Fail, Finding.NotReady, "It reads userprofile_20260202, and not userprofile_20260203.")]
    [InlineData("userprofile_20260204", Verdict.Fail, Finding.Different, "It reads userprofile_20260204, which is of a later date than")]
    [InlineData("select * from `zy`.`userprofile_20260203` where a", Verdict.Pass, Finding.Normal, "It reads userprofile_20260203.")]
    [InlineData("old_userprofile_20260203", Verdict.Unknown, Finding.Missing, "No userprofile_{date:yyyyMMdd} is named in what was answered: old")]
    [InlineData("userprofile_202602031", Verdict.Unknown, Finding.Missing, "No userprofile_{date:yyyyMMdd} is named")]
    [InlineData("userprofile_20260202, userprofile_20260203", Verdict.Unknown, Finding.Missing, "Several tables are named")]
    [InlineData(null, Verdict.Unknown, Finding.Missing, "Nothing was answered.")]
    public async Task BehindTheSwitchOnlyTheTableOfTheDateIsRight(string? named, Verdict verdict, Finding finding, string said) =>
        Assert.Equal((verdict, finding, true), await JudgedAsync(After, named, said));

    [Theory]
    [InlineData("userprofile_20260202", Verdict.Pass, Finding.Normal, "It reads userprofile_20260202.")]
    [InlineData("userprofile_20260203", Verdict.Warn, Finding.Different, "It reads userprofile_20260203 already")]
    [InlineData("userprofile_20260131", Verdict.Fail, Finding.Late, "It reads userprofile_20260131, and not userprofile_20260202.")]
    public async Task BeforeTheSwitchItIsStillTheTableOfTheDayBefore(string named, Verdict verdict, Finding finding, string said) =>
        Assert.Equal((verdict, finding, true), await JudgedAsync(Before, named, said));

    [Fact]
    public async Task WhatWasNotSwitchedByTheDeadlineIsLateAndSaysWhatUsersGet()
    {
        Answer("userprofile_20260202");
        var plan = After with { Deadline = new TimeOnly(5, 0) };

        var judgement = Judge(plan, (await TakeAsync(plan)).Measurements);

        Assert.Equal((Verdict.Fail, Finding.Late), (judgement.Verdict, judgement.Finding));
        var incident = Assert.Single(IncidentSorter.From([judgement], "", ""));
        Assert.StartsWith("The service was not switched to userprofile_20260203", incident.Cause, StringComparison.Ordinal);
        Assert.EndsWith("users are served as they were on the date of userprofile_20260202.", incident.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnswerInJsonNamesTheTableAsWell()
    {
        _source.Json = """{ "data": { "table": "zy:userprofile_20260203" } }""";

        var taking = await TakeAsync(After with { Sql = null, Path = "/settings", Field = "data.table" });

        Assert.Equal([Some.Taken(Some.Total(Metrics.DaysBehind), 0)], taking.Measurements);
    }

    [Fact]
    public async Task WhatIsReadNowSaysNothingOfAnEarlierDate()
    {
        Answer("userprofile_20260203");
        var context = _source.Context(new FixedClock(Some.Now.AddDays(1)));

        var taking = await After.TakeAsync(context, TestContext.Current.CancellationToken);

        Assert.Contains("says nothing of 2026-02-03", Judge(After, taking.Measurements).Sentence, StringComparison.Ordinal);
    }

    public static TheoryData<string?, ReadsMeasure> Mistakes => new()
    {
        { "table", After with { Table = new("userprofile_{date:yyyyMM}") } },
        { null, After with { Sql = null } },
        { null, After with { Path = "/settings", Field = "table" } },
        { null, After with { Sql = null, Path = "/settings" } },
        { "field", After with { Sql = null, Path = "/settings", Field = "a..b" } },
        { "path", After with { Sql = null, Path = "settings", Field = "a" } },
        { "deadline", Before with { Deadline = new TimeOnly(7, 0) } },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void APlanThatCouldNotTellIsRefused(string? key, ReadsMeasure plan) => Assert.Equal(key, Assert.Single(plan.Mistakes()).Key);

    void Answer(string? named) => _source.Answer = new RowsAnswer(1, named, "");

    Task<Taking> TakeAsync(ReadsMeasure plan) => plan.TakeAsync(_source.Context(), TestContext.Current.CancellationToken);

    static Judgement Judge(ReadsMeasure plan, IReadOnlyList<Measurement> today) =>
        Assert.Single(plan.Rules.Single().Judge(Some.Batch([.. today])));

    async Task<(Verdict, Finding, bool)> JudgedAsync(ReadsMeasure plan, string? named, string said)
    {
        Answer(named);
        var judgement = Judge(plan, (await TakeAsync(plan)).Measurements);
        return (judgement.Verdict, judgement.Finding, judgement.Sentence.Contains(said, StringComparison.Ordinal));
    }
}
