using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>Verdicts on tags that passed are stored as their number, and nothing of them is lost.</summary>
public abstract class PassesContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    static readonly string[] Odd = ["A", "\"q\"", "家庭:1", " spaces ", "line\nbreak"];

    static CheckResult Check(params Judgement[] judgements) => Given.Volumes(
        [.. Odd.Select(key => Given.Volume(key, 7)), Given.Taken(Metrics.Rows, 3)], judgements);

    async Task<IReadOnlyList<Passes>> SavedAsync(CheckResult check)
    {
        await Store.SaveAsync(Given.Date, Given.Stage(check));
        return [.. (await Store.DayAsync(Given.Plan, Given.Date, 1, Token)).Stages[0].Passes.Select(stored => stored.Passes)];
    }

    [Fact]
    public async Task WhatPassedComesBackAsItWasSaved()
    {
        var check = Check(
            Given.Judged(Given.Tag("A"), Verdict.Warn, Finding.Drop),
            Given.Judged(Given.Tag("家庭:1"), Verdict.Pass, Finding.Warming));

        var stored = await SavedAsync(check);

        var saved = Passes.Of(check.Measurements, check.Judgements);
        Assert.Equal(2, stored.Count);
        Assert.All(stored.Zip(saved.Passed), pair => Assert.True(pair.First.AreSame(pair.Second.Passes)));
        Assert.Equal("2", Look("select count(*) from verdict"));
    }

    [Fact]
    public async Task EachSeriesSaysHowItPassed()
    {
        await SavedAsync(Check(
            Given.Judged(Given.Tag("A"), Verdict.Fail, Finding.Drop), Given.Judged(Given.Tag(" spaces "), Verdict.Pass, Finding.Gone)));

        var series = (await Store.DayAsync(Given.Plan, Given.Date, 1, Token)).Series.ToDictionary(one => one.Id.Key, one => one.Passed);

        Assert.Equal((null, Finding.Gone, Finding.Normal), (series["A"], series[" spaces "], series["家庭:1"]));
    }

    [Fact]
    public async Task AnotherNumberIsAnotherVerdict()
    {
        var stored = Assert.Single(await SavedAsync(Check()));
        var check = Check();

        foreach (var changed in (Judgement[])[
            check.Judgements[1] with { Value = 0 }, check.Judgements[1] with { Low = -0.0 }, check.Judgements[1] with { Blocking = false }])
        {
            var again = Passes.Of(check.Measurements, [.. check.Judgements.Select((one, i) => i == 1 ? changed : one)]);
            Assert.False(again.Passed[0].Passes.AreSame(stored));
        }
    }

    [Fact]
    public async Task VerdictsOfAnOlderProgramAreReadOneByOne()
    {
        await SavedAsync(Check());
        Tables.Run("insert into verdict (run_stage_id, check_name, metric, series_key, rule, verdict, finding, sentence, blocking) "
            + "values (1, 'user tags', 'tag_count', 'A', 'baseline', 'Pass', 'Normal', 'As expected.', 1)");

        Assert.Contains(
            await Store.JudgementsAsync(Given.Plan, Given.Date, "A", Token),
            stored => stored.Judgement is { Verdict: Verdict.Pass, Sentence: "As expected." });
    }

    [Fact]
    public async Task WhatARunJudgedByIsKeptAsLongAsARunOfItIs()
    {
        var start = Given.Start() with { Judging = "{\"name\": \"用户\"}" };
        await (await BeginAsync(start)).DisposeAsync();
        await (await BeginAsync(start)).DisposeAsync();
        Assert.Equal(start.Judging, await Store.JudgingAsync(start.PlanHash, Token));
        Assert.Null(await Store.JudgingAsync("another", Token));

        await Store.PruneAsync(Given.Plan, Given.Date, Prune.Everything, isTrial: false, Token);

        Assert.Null(await Store.JudgingAsync(start.PlanHash, Token));
    }
}
