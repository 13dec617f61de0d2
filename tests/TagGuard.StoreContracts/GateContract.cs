using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>The gate fails closed.</summary>
public abstract class GateContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task TheGateOpensWhenTheStageIsSavedAndNotBefore()
    {
        await using var run = await BeginAsync();
        var underWay = await GateAsync();
        await Store.SaveAsync(run, Given.Stage(Given.Volumes([Given.Volume("A", 1)])), Token);
        var saved = await GateAsync();

        Assert.Equal((false, GateExit.CouldNotTell, 0L), (underWay.IsGood, underWay.Exit, underWay.RunId));
        Assert.Contains($"Run {run.RunId}", underWay.Reason, StringComparison.Ordinal);
        Assert.Equal((true, GateExit.Open, run.RunId, Given.Night), (saved.IsGood, saved.Exit, saved.RunId, saved.DecidedAt));
    }

    [Fact]
    public async Task ARunThatBreaksOffLeavesClosedWhatAnEarlierRunHadOpened()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));
        Assert.True((await GateAsync()).IsGood);

        await (await BeginAsync()).DisposeAsync();

        Assert.False((await GateAsync()).AnswerAt(Given.Night, Day).IsOpen);
        Assert.Single((await Store.DayAsync(Given.Plan, Given.Date, 1, Token)).Stages[0].Judgements);
    }

    [Fact]
    public async Task AStageOfAnotherRunStaysAsItIs()
    {
        await Store.SaveAsync(Given.Date, Given.Stage("upstream", Given.Volumes([Given.Volume("A", 1)])));
        await using var run = await BeginAsync();

        Assert.True((await GateAsync("upstream")).IsGood);
    }

    [Fact]
    public async Task ASaveThatFailsHalfWayLeavesNothing()
    {
        await using var run = await BeginAsync();
        var twice = Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 1), Given.Volume("A", 2)]));

        await Assert.ThrowsAsync<StoreException>(() => Store.SaveAsync(run, twice, Token));

        Assert.False((await GateAsync()).IsGood);
        Assert.Equal("0|0", Look("select (select count(*) from tag_data_day), (select count(*) from run_stage)"));
    }

    [Fact]
    public async Task ASaveThatIsInterruptedHalfWayLeavesNothing()
    {
        using var interrupt = new CancellationTokenSource();
        await using var run = await BeginAsync();
        var check = Given.Volumes(Enumerable.Range(0, 5000).Select(tag => Given.Volume($"T{tag}", 1)));
        var stage = Given.Stage(check) with { Checks = [check, check with { Check = "second", Judgements = new InterruptingList<Judgement>(check.Judgements, interrupt) }] };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.SaveAsync(run, stage, interrupt.Token));

        Assert.False((await GateAsync()).IsGood);
        Assert.Equal("0|0", Look("select (select count(*) from tag_data_day), (select count(*) from verdict)"));
    }
}
