using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>A plan changes between two runs of a date: stages are renamed and checks moved. Each
/// check is shown once, in the stage that was saved last with it.</summary>
public abstract class MovedCheckContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    static readonly string[] Names = ["upstream", "tags", "labels", "TAGS", "sync"];
    static readonly string[] CheckNames = ["a", "b", "B", "c", "d: e"];

    [Fact]
    public async Task ARenamedStageTakesItsChecksAlong()
    {
        await Store.SaveAsync(Given.Date, Given.Stage("tags", Check("a", 1), Check("b", 1)));
        await Store.SaveAsync(Given.Date, Given.Stage("labels", Check("a", 2), Check("b", 2)));

        var day = await Store.DayAsync(Given.Plan, Given.Date, 3, Token);

        Assert.Equal("labels", Assert.Single(day.Stages).Stage);
        Assert.Equal(["a", "b"], day.Series.Select(series => series.Id.Check));
    }

    [Fact]
    public async Task ACheckThatMovedIsShownInItsNewStageWithItsIncidentsAndTheOthersStay()
    {
        var incidents = new[] { Given.Incident() with { Check = "a" }, Given.Incident() with { Check = "b" } };
        await Store.SaveAsync(Given.Date, Given.Stage("tags", Check("a", 1), Check("b", 1)) with { Incidents = incidents });
        await Store.SaveAsync(Given.Date, Given.Stage("sync", Check("b", 2)));

        var day = await Store.DayAsync(Given.Plan, Given.Date, 3, Token);

        Assert.Equal(
            ["tags: a", "sync: b"],
            day.Stages.SelectMany(stage => stage.Judgements.Select(verdict => $"{stage.Stage}: {verdict.Judgement.Series.Check}")));
        Assert.Equal("a", Assert.Single(day.Stages.SelectMany(stage => stage.Incidents)).Check);
        Assert.Equal("sync", Assert.Single(await Store.JudgementsAsync(Given.Plan, Given.Date, "b", Token)).Stage);
    }

    [Fact]
    public async Task HoweverPlansChangeEachCheckIsShownOnceWhereItWasSavedLast()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var date = Given.Date.AddDays(-seed);
            var saved = new Dictionary<string, (int Number, List<string> Checks)>();
            var number = 0;
            for (var run = 0; run < 5; run++)
            {
                // One plan: every check in one stage at most, and only some of the stages are run.
                var plan = CheckNames.Where(_ => random.Next(4) > 0).GroupBy(_ => Names[random.Next(Names.Length)]).Where(_ => random.Next(4) > 0);
                foreach (var stage in plan.Select(stage => (stage.Key, Checks: stage.ToList())).ToList())
                {
                    await Store.SaveAsync(date, Given.Stage(stage.Key, [.. stage.Checks.Select(check => Check(check, ++number))]));
                    saved[stage.Key] = (number, stage.Checks);
                }
            }

            var day = await Store.DayAsync(Given.Plan, date, 3, Token);

            var last = new Dictionary<string, string>();
            foreach (var (stage, (_, checks)) in saved.OrderBy(stage => stage.Value.Number))
                checks.ForEach(check => last[check] = stage);
            var shown = day.Stages.SelectMany(stage => stage.Judgements.Select(verdict => (verdict.Judgement.Series.Check, stage.Stage))).ToList();
            Assert.Equal(last.Select(one => (one.Key, one.Value)).Order(), shown.Order());
            Assert.Equal(last.Keys.Order(StringComparer.Ordinal), day.Series.Select(series => series.Id.Check).Order(StringComparer.Ordinal));
            Assert.Equal(shown.Count, (await Store.JudgementsAsync(Given.Plan, date, null, Token)).Count);
        }
    }

    static CheckResult Check(string name, double rows)
    {
        var series = new SeriesId(name, Metrics.Rows);
        return new CheckResult(name, "count", "", [new Measurement.Taken(series, rows)], [Given.Judged(series)], "", TimeSpan.Zero, Given.Night);
    }
}
