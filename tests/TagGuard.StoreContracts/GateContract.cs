using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>The gate fails closed.</summary>
public abstract class GateContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
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
    public async Task AFlagComesBackWithWhatItWasJudgedByAndItsVerdicts()
    {
        var stage = Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 2)]));
        await Store.SaveAsync(Given.Date, stage);

        var gate = await GateAsync();

        var judged = gate.JudgedBy!;
        Assert.Equal((2, "hash of user tags"), (judged.Verdicts[Given.Tags], judged.Definition.Checks[Given.Tags]));
        Assert.Equal(("beef", "/etc/tagguard.yaml"), (judged.Definition.Shared["the calendar"], judged.Definition.PlanFile));
        Assert.True(gate.HasItsVerdicts);
        Assert.Equal(GateStanding.Open, gate.At(Given.Night).Standing);
    }

    [Theory]
    [InlineData("delete from verdict")]
    [InlineData("delete from verdict where metric = 'rows'")]
    [InlineData("delete from passes")]
    [InlineData("update passes set verdicts = verdicts - 1")]
    [InlineData(
        "insert into verdict (run_stage_id, check_name, metric, series_key, rule, verdict, finding, sentence, blocking) values (1, 'c', 'm', '', "
            + "'r', 'Fail', 'Drop', 's', 1)")]
    [InlineData("delete from run_stage")]
    [InlineData("update run_stage set exit_code = 1")]
    [InlineData("update run_stage set judged_by = null")]
    [InlineData("update run_stage set judged_by = '{'")]
    [InlineData("update tag_stage_state set run_id = run_id + 1")]
    [InlineData("update tag_stage_state set run_id = null")]
    [InlineData("delete from tag_stage_state")]
    public async Task AnOpenFlagWhoseVerdictsAreNotAllThereIsClosed(string damage)
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Taken(Metrics.Rows, 2)])));
        Assert.True((await GateAsync()).At(Given.Night).IsOpen);

        Tables.Run(damage);

        var gates = await Store.GatesAsync(Given.Plan, Given.Date, Token);
        Assert.All(gates.Values, gate => Assert.Equal((false, GateExit.CouldNotTell), (gate.At(Given.Night).IsOpen, gate.At(Given.Night).Exit)));
    }

    [Theory]
    [InlineData("update tag_stage_state set state = 1, is_online = 2")]
    [InlineData("update tag_stage_state set state = 1, is_online = 2, exit_code = 0")]
    public async Task AFlagThatIsSetByHandOpensNothing(string flag)
    {
        await Store.SaveAsync(Given.Date, Given.Failed());

        Tables.Run(flag);

        Assert.False((await GateAsync()).At(Given.Night).IsOpen);
    }

    [Fact]
    public async Task AStageThatIsHeldSaysByWhom()
    {
        var stage = Given.Stage(Given.Volumes([Given.Volume("A", 1)]));
        await Store.SaveAsync(Given.Date, stage with { Gate = Gate.Decide([.. stage.Judgements], ["upstream"]) });

        var gate = await GateAsync();

        Assert.Equal(["upstream"], gate.JudgedBy!.HeldBy);
        Assert.Equal((GateStanding.Held, GateExit.CouldNotTell), (gate.At(Given.Night).Standing, gate.At(Given.Night).Exit));
    }

    [Fact]
    public async Task ARunThatBreaksOffLeavesClosedWhatAnEarlierRunHadOpened()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Taken(Metrics.Rows, 1)])));
        Assert.True((await GateAsync()).IsGood);

        await (await BeginAsync()).DisposeAsync();

        Assert.False((await GateAsync()).At(Given.Night).IsOpen);
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
        var stage = Given.Stage(check) with
        {
            Checks = [check, check with { Check = "second", Judgements = new InterruptingList<Judgement>(check.Judgements, interrupt) }],
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.SaveAsync(run, stage, interrupt.Token));

        Assert.False((await GateAsync()).IsGood);
        Assert.Equal("0|0", Look("select (select count(*) from tag_data_day), (select count(*) from verdict)"));
    }
}
