using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>What is old is taken away, and nothing that is needed.</summary>
public abstract class PruneContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    static readonly DateOnly Old = Given.Date.AddDays(-2), Next = Given.Date.AddDays(-1);

    async Task SaveAsync()
    {
        foreach (var date in new[] { Old, Next, Given.Date })
        {
            await Store.SaveAsync(date, Given.Stage(Given.Volumes(
                [Given.Volume("A", 1), Given.Volume("B", 2), Given.Taken(Metrics.Rows, 3)],
                Given.Judged(Given.Tag("A"), Verdict.Fail, Finding.Drop))));
        }
        await Store.OverrideAsync(Given.Plan, Old, "tags", new Override("wang", "a campaign", Given.Night, Given.Later), Token);
        await Store.DecideAsync(Given.Plan, new DayDecision(Old, Given.Tags, "A", true, "wang", "a campaign", Given.Night), Token);
    }

    async Task<IReadOnlyList<DateOnly>> HistoryOfBAsync() =>
        [.. (await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Given.Later, Token)).Measured(Given.Tag("B")).Select(day => day.Date)];

    [Fact]
    public async Task EverythingOfADateGoesButWhatPeopleDecided()
    {
        await SaveAsync();

        var taken = await Store.PruneAsync(Given.Plan, Old, Prune.Everything, isTrial: false, Token);

        Assert.Equal((3, 3), (taken!.Verdicts, taken.Numbers));
        Assert.Equal([Next], await HistoryOfBAsync());
        Assert.Empty(await Store.JudgementsAsync(Given.Plan, Old, null, Token));
        Assert.Equal([Next, Given.Date], await Store.DatesBeforeAsync(Given.Plan, Given.Date.AddDays(1), Token));
        Assert.Equal("wang wang", Look("select opened_by from override") + " " + Look("select decided_by from day_decision"));
    }

    [Fact]
    public async Task OtherDatesStayAsTheyWere()
    {
        await SaveAsync();
        var before = await Store.DayAsync(Given.Plan, Given.Date, 1, Token);

        await Store.PruneAsync(Given.Plan, Old, Prune.Everything, isTrial: false, Token);

        var after = await Store.DayAsync(Given.Plan, Given.Date, 1, Token);
        Assert.Equal(
            before.Stages[0].Judgements.Select(one => one.Judgement.Sentence), after.Stages[0].Judgements.Select(one => one.Judgement.Sentence));
        Assert.Equal(before.Series.Select(series => series.Today), after.Series.Select(series => series.Today));
        Assert.True((await GateAsync()).HasItsVerdicts);
    }

    [Fact]
    public async Task WhereOnlyVerdictsGoTheNumbersStayAndTheGateIsClosed()
    {
        await SaveAsync();

        var taken = await Store.PruneAsync(Given.Plan, Next, Prune.Verdicts, isTrial: false, Token);

        Assert.Equal((3, 0, 0), (taken!.Verdicts, taken.Numbers, taken.Others));
        Assert.Equal([Old, Next], await HistoryOfBAsync());
        Assert.False((await Store.GatesAsync(Given.Plan, Next, Token))["tags"].HasItsVerdicts);
    }

    [Theory]
    [InlineData(Prune.Verdicts)]
    [InlineData(Prune.Everything)]
    public async Task ATrialCountsWhatWouldGoAndTakesNothing(Prune what)
    {
        await SaveAsync();

        var trial = await Store.PruneAsync(Given.Plan, Old, what, isTrial: true, Token);

        Assert.Equal([Old, Next], await HistoryOfBAsync());
        Assert.Equal(2, (await Store.JudgementsAsync(Given.Plan, Old, null, Token)).Count);
        Assert.Single((await Store.DayAsync(Given.Plan, Old, 1, Token)).Stages[0].Passes);
        Assert.Equal(trial, await Store.PruneAsync(Given.Plan, Old, what, isTrial: false, Token));
    }

    [Fact]
    public async Task ADateThatARunHasIsLeft()
    {
        await SaveAsync();
        await using var run = await BeginAsync(Given.Start(Old));

        Assert.Null(await Store.PruneAsync(Given.Plan, Old, Prune.Everything, isTrial: false, Token));
        Assert.Equal([Old, Next], await HistoryOfBAsync());
    }

    [Fact]
    public async Task AnotherPlansRowsStay()
    {
        await SaveAsync();

        await Store.PruneAsync("another", Old, Prune.Everything, isTrial: false, Token);

        Assert.Equal([Old, Next], await HistoryOfBAsync());
    }
}
