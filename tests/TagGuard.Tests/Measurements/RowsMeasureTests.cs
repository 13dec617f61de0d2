using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Measurements;

/// <summary>Log rows: several conditions of one check, each with its own verdict.</summary>
public sealed class RowsMeasureTests
{
    readonly FakeSource _source = new();

    static readonly RowsMeasure Steps = new()
    {
        Connection = "fake",
        Table = new("t_step_log"),
        Where = new Dictionary<string, ValuePattern> { ["data_date"] = new("{date:yyyy-MM-dd}") },
        Expect = [Row(("step", "load_dw"), ("remark", "done")), Row(("step", "load_login"), ("remark", "done"))],
    };

    [Fact]
    public async Task EachExpectedRowIsLookedForWithItsValuesBound()
    {
        var asked = new List<RowMatch>();
        _source.Match = match => Task.FromResult((long)(asked.Count is var before && Add(asked, match) ? before + 1 : 0));

        await JudgeAsync(Steps);

        Assert.Equal(
            [
                new ColumnMatch("data_date", Comparison.Equal, "2026-02-03"),
                new ColumnMatch("step", Comparison.Equal, "load_dw"),
                new ColumnMatch("remark", Comparison.Equal, "done"),
            ],
            asked[0].Columns);
        Assert.Equal("load_login", asked[1].Columns[1].Value);
    }

    [Fact]
    public async Task TheRowThatIsMissingIsNamedAndTheOtherPasses()
    {
        _source.Match = match => Task.FromResult(match.Columns[1].Value == "load_dw" ? 0L : 1L);

        var judgements = await JudgeAsync(Steps);

        Assert.Equal([(Verdict.Fail, Finding.NotReady), (Verdict.Pass, Finding.Normal)], judgements.Select(one => (one.Verdict, one.Finding)));
        Assert.Equal("t_step_log has no row with data_date = 2026-02-03, step = load_dw, remark = done.", judgements[0].Sentence);
        Assert.Equal("user tags: step = load_dw, remark = done", judgements[0].Series.ToString());
    }

    [Theory]
    [InlineData("06:00", Finding.NotReady, "remark = done. It is due 06:00.")]
    [InlineData("05:00", Finding.Late, "remark = done. It was due 05:00, and it is 05:30.")]
    public async Task AMissingRowIsLateAfterItsDeadline(string deadline, Finding finding, string end)
    {
        var judgement = (await JudgeAsync(Steps with { Deadline = TimeOnly.Parse(deadline) }))[0];

        Assert.Equal((Verdict.Fail, finding), (judgement.Verdict, judgement.Finding));
        Assert.EndsWith(end, judgement.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARowThatIsThereTwiceIsTooManyWhenOneIsRightAndIsNamed()
    {
        _source.Match = _ => Task.FromResult(2L);

        var judgement = (await JudgeAsync(Steps with { Exactly = 1 }))[0];

        Assert.Equal((Verdict.Fail, Finding.Rise), (judgement.Verdict, judgement.Finding));
        Assert.Equal("step = load_dw, remark = done: 2 rows, 1 required: 1 too many.", judgement.Sentence);
    }

    [Fact]
    public async Task FewerRowsThanWantedMayStillCome()
    {
        _source.Answer = new RowsAnswer(2, null, "");

        var judgement = Assert.Single(await JudgeAsync(new RowsMeasure { Connection = "fake", Sql = "select 1", Exactly = 3 }));

        Assert.Equal((Finding.NotReady, "2 rows, 3 required: 1 still missing."), (judgement.Finding, judgement.Sentence));
    }

    [Fact]
    public async Task ADayColumnIsFromMidnightToMidnight()
    {
        RowMatch? asked = null;
        _source.Match = match => Task.FromResult((asked = match) is null ? 1L : 0L);

        var judgement = (
            await JudgeAsync(
                Steps with
                {
                    Table = new("t_sys_log"),
                    Where = new Dictionary<string, ValuePattern>(),
                    Day = "task_sign",
                    Expect = [Row(("task_stat", "2"))],
                })
        )[0];

        Assert.Equal(
            [new ColumnMatch("task_sign", Comparison.AtLeast, "2026-02-03"), new ColumnMatch("task_sign", Comparison.Below, "2026-02-04")],
            asked!.Columns.Take(2));
        Assert.Equal("t_sys_log has no row with task_sign on 2026-02-03, task_stat = 2.", judgement.Sentence);
    }

    [Fact]
    public async Task SeveralQueriesHaveAVerdictEach()
    {
        _source.Answer = new RowsAnswer(0, null, "");
        var measure = new RowsMeasure
        {
            Connection = "fake",
            All =
            [
                new()
                {
                    Name = "job is done",
                    Sql = "select 1",
                    Exactly = 1,
                },
                new()
                {
                    Name = "no errors",
                    Sql = "select 2",
                    AtMost = 0,
                },
            ],
        };

        var judgements = await JudgeAsync(measure);

        Assert.Equal([Finding.NotReady, Finding.Normal], judgements.Select(one => one.Finding));
        Assert.Equal("job is done: its row is missing: the query returned none for 2026-02-03, 1 required.", judgements[0].Sentence);
    }

    [Fact]
    public async Task AMistakeInOneConditionDoesNotHideTheOthersAndALogTableThatIsNotThereIsAMistake()
    {
        _source.Match = match => match.Columns[1].Value == "load_dw" ? throw FakeSource.Fault(isAbsent: true) : Task.FromResult(1L);

        var judgements = await JudgeAsync(Steps);

        Assert.Equal([(Verdict.Unknown, Finding.Missing), (Verdict.Pass, Finding.Normal)], judgements.Select(one => (one.Verdict, one.Finding)));
    }

    [Fact]
    public async Task ADailyLogTableThatIsNotThereIsNotReady()
    {
        _source.Match = _ => throw FakeSource.Fault(isAbsent: true);

        var judgements = await JudgeAsync(Steps with { Table = new("log_{date:yyyyMMdd}") });

        Assert.Equal(Steps.Expect.Select(_ => Finding.NotReady), judgements.Select(judgement => judgement.Finding));
    }

    public static TheoryData<RowsMeasure, string> Mistakes => new()
    {
        { new RowsMeasure { Connection = "c" }, "Say in one way" },
        { Steps with { Sql = "select 1" }, "Say in one way" },
        { Steps with { Expect = [] }, "Name the rows" },
        { Steps with { Where = new Dictionary<string, ValuePattern>() }, "yesterday's would pass as today's" },
        { Steps with { Expect = [Row(("step", "a")), Row(("step", "a"))] }, "is listed 2 times" },
        { new RowsMeasure { Connection = "c", Sql = "select 1" }, "Nothing is expected" },
        { new RowsMeasure { Connection = "c", Sql = "select 1", Exactly = 1, Day = "d" }, "go with `table`" },
        { new RowsMeasure { Connection = "c", All = [new() { Name = "n", Sql = "s", Exactly = 1 }], Exactly = 1 }, "each query has its own" },
        { Steps with { AtLeast = 5, AtMost = 3 }, "is more than at_most" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void WhatCannotBeMeantIsRefused(RowsMeasure measure, string said) =>
        Assert.Contains(measure.Mistakes(), mistake => mistake.Message.Contains(said, StringComparison.Ordinal));

    [Fact]
    public void WhatIsRightIsNot() => Assert.Empty(Steps.Mistakes());

    static bool Add(List<RowMatch> asked, RowMatch match)
    {
        asked.Add(match);
        return true;
    }

    static Dictionary<string, ValuePattern> Row(params (string Column, string Value)[] columns) =>
        columns.ToDictionary(column => column.Column, column => new ValuePattern(column.Value));

    async Task<IReadOnlyList<Judgement>> JudgeAsync(RowsMeasure measure)
    {
        var taking = await measure.TakeAsync(_source.Context(), TestContext.Current.CancellationToken);
        Assert.Equal(measure.Metrics, taking.Measurements.Select(measurement => measurement.Series.Metric));
        return [.. measure.Rules.SelectMany(rule => rule.Judge(Some.Batch([.. taking.Measurements])))];
    }
}
