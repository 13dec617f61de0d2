using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Storage;
using TagGuard.StoreContracts;
using TagGuard.Tests.Adapters;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Runs;

/// <summary>The flow from the source to the deliveries, on a real store: in which order, and what is left when a step fails.</summary>
public sealed class CheckRunTests : IAsyncLifetime
{
    static readonly RowsMeasure OneRow = new() { Connection = "fake", AtLeast = 1, Deadline = new TimeOnly(1, 0) };
    static readonly Plan Plan = PlanOf("upstream", "tags");

    readonly SqliteTables _tables = new();
    readonly HandClock _clock = new(Some.Now);
    readonly FakeSource _source = new();
    readonly List<string> _steps = [];
    readonly IRunStore _store;
    volatile bool _blocks;

    /// <summary>What a step throws; nothing for those that are not named.</summary>
    readonly Dictionary<string, Exception> _faults = [];

    public CheckRunTests()
    {
        _store = _tables.Open(_clock);
        _source.Rows = sql =>
        {
            Step($"ask {sql}");
            return new RowsAnswer(1, null, $"asked {sql}");
        };
    }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _store.InitAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _tables.DisposeAsync();
    }

    [Fact]
    public async Task TheFlowIsSourceHistoryJudgementGatesStoreDeliveryStageByStage()
    {
        await RunAsync();

        Assert.Equal(
            [
                "begin",
                "check upstream starts", "ask upstream", "history", "check upstream ends", "gates", "save", "stage upstream ends", "deliver upstream",
                "check tags starts", "ask tags", "history", "check tags ends", "gates", "save", "stage tags ends", "deliver tags",
                "end", "deliver the run",
            ],
            _steps);
        Assert.Equal([true, true], await OpenAsync());
    }

    [Theory]
    [InlineData("begin", 0)]
    [InlineData("history", 0)]
    [InlineData("gates", 0)]
    [InlineData("save", 0)]
    [InlineData("history 2", 1)]
    [InlineData("gates 2", 1)]
    [InlineData("save 2", 1)]
    [InlineData("end", 2)]
    public async Task WhatWasSavedBeforeTheStoreFailedStaysAndNoOtherGateOpens(string at, int saved)
    {
        _faults[at] = new StoreException("The disk is full.");

        var fault = await Assert.ThrowsAsync<StoreException>(() => RunAsync());

        Assert.Equal("The disk is full.", fault.Message);
        Assert.Equal([saved > 0, saved > 1], await OpenAsync());
        Assert.Equal(saved, (await _store.DayAsync(Plan.Name, Some.Date, 0, Token)).Stages.Count);
        Assert.DoesNotContain("deliver the run", _steps);
    }

    [Fact]
    public async Task ASourceThatFailsClosesItsGateAndTheOtherStagesAreJudged()
    {
        _faults["ask upstream"] = FakeSource.Fault();

        var result = await RunAsync();

        Assert.Equal([GateExit.CouldNotTell, GateExit.CouldNotTell], result.Stages.Select(stage => stage.Gate.Exit));
        Assert.Equal(Verdict.Unknown, Assert.Single(result.Stages[0].Judgements).Verdict);
        Assert.Equal(Verdict.Pass, Assert.Single(result.Stages[1].Judgements).Verdict);
        Assert.Equal(["upstream"], result.Stages[1].Gate.HeldBy);
        Assert.Equal([false, false], await OpenAsync());
    }

    [Fact]
    public async Task AHistoryThatIsNotReadForAMomentIsAMissedMeasurement()
    {
        _faults["history"] = new StoreException("The server is starting.") { IsTransient = true };

        var result = await RunAsync();

        var missed = Assert.IsType<Measurement.Missed>(Assert.Single(result.Stages[0].Checks[0].Measurements));
        Assert.Equal("The days before could not be read. The server is starting.", missed.Reason);
        Assert.True(missed.IsTransient);
        Assert.Equal([false, false], await OpenAsync());
    }

    [Fact]
    public async Task ABugInAMeasurementEndsTheRunAndOpensNothing()
    {
        _faults["ask tags"] = new InvalidOperationException("A bug.");

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync());

        Assert.Equal([true, false], await OpenAsync());
    }

    [Theory]
    [InlineData("deliver upstream")]
    [InlineData("deliver the run")]
    public async Task ADeliveryThatFailsIsToldAndChangesNothingElse(string at)
    {
        _faults[at] = new IOException("No space left on device.");

        var result = await RunAsync();

        Assert.Equal(new Undelivered("steps", "No space left on device."), Assert.Single(result.Undelivered));
        Assert.Equal([GateExit.Open, GateExit.Open], result.Stages.Select(stage => stage.Gate.Exit));
        Assert.Equal([true, true], await OpenAsync());
        Assert.Contains("steps not delivered", _steps);
        var delivered = _steps.Where(step => step.StartsWith("deliver ", StringComparison.Ordinal));
        Assert.Equal(["deliver upstream", "deliver tags", "deliver the run"], delivered);
    }

    [Fact]
    public async Task TheNextDeliveryIsMadeThoughOneIsABug()
    {
        _faults["deliver the run"] = new InvalidOperationException("A bug.");
        var next = new CollectingDelivery();

        var result = await RunAsync(deliveries: [new StepDelivery(Step), next]);

        Assert.Equal("InvalidOperationException: A bug.", Assert.Single(result.Undelivered).Reason);
        Assert.Equal(["upstream", "tags"], next.Stages);
        Assert.True(next.HasEnded);
    }

    [Fact]
    public async Task WhenTheRunIsDeliveredItsDateIsFree()
    {
        var another = new FreeDate(_store, StartOf(Plan));

        var result = await RunAsync(deliveries: [another]);

        Assert.Empty(result.Undelivered);
        Assert.True(another.Began);
    }

    [Fact]
    public async Task AnInterruptionDuringADeliveryIsOneOfTheRun()
    {
        using var stop = new CancellationTokenSource();
        var run = new CheckRun(_store, _source, _clock, new Watchers()) { Deliveries = [new StepDelivery(_ => Interrupt())] };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.ExecuteAsync(Plan, StartOf(Plan), new Patience(TimeSpan.Zero), stop.Token));

        Assert.Equal([true, false], await OpenAsync());

        void Interrupt()
        {
            stop.Cancel();
            stop.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task ADeliveryThatNeverEndsIsLeftBehind()
    {
        using var blocked = new ManualResetEventSlim();
        var running = RunAsync(deliveries: [new StepDelivery(step => Block(step == "deliver upstream")), new CollectingDelivery()]);
        while (!running.IsCompleted)
        {
            if (_clock.Alarms > 0 && _source.Abandoned == 0 && _blocks)
                _clock.Move(TimeSpan.FromMinutes(1));
            await Task.Delay(1, Token);
        }
        blocked.Set();

        var result = await running;

        Assert.Equal(new Undelivered("steps", "It did not end within 00:05:00."), Assert.Single(result.Undelivered));
        Assert.Equal(1, _source.Abandoned);
        Assert.Equal([GateExit.Open, GateExit.Open], result.Stages.Select(stage => stage.Gate.Exit));

        void Block(bool isBlocked)
        {
            if (!isBlocked)
                return;
            _blocks = true;
            blocked.Wait(Token);
            _blocks = false;
        }
    }

    [Fact]
    public async Task ACheckThatEndsIsToldWithHowLongItTookAndItsVerdicts()
    {
        var ended = new List<CheckResult>();
        _source.Rows = _ =>
        {
            _clock.Move(TimeSpan.FromSeconds(3));
            return new RowsAnswer(0, null, "asked");
        };

        await RunAsync(watchers: new Ends(ended));

        Assert.Equal([("upstream", TimeSpan.FromSeconds(3), Verdict.Fail), ("tags", TimeSpan.FromSeconds(3), Verdict.Fail)],
            ended.Select(check => (check.Check, check.Took, check.Judgements.Single().Verdict)));
    }

    [Fact]
    public async Task AWatcherThatThrowsWhereverItIsToldChangesNothing()
    {
        var result = await RunAsync(watchers: [new Throws(), new Ends([])]);

        Assert.Equal([GateExit.Open, GateExit.Open], result.Stages.Select(stage => stage.Gate.Exit));
        Assert.Equal([true, true], await OpenAsync());
    }

    Task<RunResult> RunAsync(IReadOnlyList<IDelivery>? deliveries = null, params IReadOnlyList<IRunWatcher> watchers)
    {
        var run = new CheckRun(StepStore.Over(_store, Step), _source, _clock, new Watchers([new StepWatcher(_steps), .. watchers]))
        {
            Deliveries = deliveries ?? [new StepDelivery(Step)],
        };
        return run.ExecuteAsync(Plan, StartOf(Plan), new Patience(TimeSpan.Zero), Token);
    }

    /// <summary>Notes a step; its fault may be named by how many times it was made: `save 2`.</summary>
    void Step(string name)
    {
        _steps.Add(name);
        var times = _steps.Count(step => step == name);
        if (_faults.TryGetValue(times == 1 ? name : $"{name} {times}", out var fault))
            throw fault;
    }

    async Task<IEnumerable<bool>> OpenAsync() =>
        (await GateReading.AskAsync(_store, Plan, Some.Date, _clock, Token)).Answers.Select(answer => answer.IsOpen);

    static RunStart StartOf(Plan plan) => new(plan.Name, plan.Hash, "run", Some.Date, [.. plan.Stages.Keys], new Holder("host", 1, "etl"), Some.Now);

    /// <summary>Stages of one check each, which has the stage's name and wants a row.</summary>
    static Plan PlanOf(params string[] stages) => new()
    {
        Name = "flow",
        Stages = stages.ToDictionary(stage => stage, IReadOnlyList<CheckPlan> (stage) =>
            [new CheckPlan { Name = stage, Measure = OneRow with { Sql = stage } }]),
        Definitions = [.. stages.Select(stage => Some.Definition(stage, stage))],
    };

    sealed class StepWatcher(List<string> steps) : IRunWatcher
    {
        public void CheckStarted(string check) => steps.Add($"check {check} starts");

        public void CheckEnded(CheckResult check) => steps.Add($"check {check.Check} ends");

        public void StageEnded(DateOnly date, StageResult result) => steps.Add($"stage {result.Stage} ends");

        public void NotDelivered(Undelivered undelivered) => steps.Add($"{undelivered.What} not delivered");
    }

    sealed class StepDelivery(Action<string> step) : IDelivery
    {
        public string Name => "steps";

        public Task StageSavedAsync(DateOnly date, StageResult stage, CancellationToken cancellationToken) => Done($"deliver {stage.Stage}");

        public Task RunEndedAsync(DateOnly date, IReadOnlyList<StageResult> stages, CancellationToken cancellationToken) => Done("deliver the run");

        Task Done(string name)
        {
            step(name);
            return Task.CompletedTask;
        }
    }

    sealed class CollectingDelivery : IDelivery
    {
        public string Name => "collected";

        public List<string> Stages { get; } = [];

        public bool HasEnded { get; private set; }

        public Task StageSavedAsync(DateOnly date, StageResult stage, CancellationToken cancellationToken)
        {
            Stages.Add(stage.Stage);
            return Task.CompletedTask;
        }

        public Task RunEndedAsync(DateOnly date, IReadOnlyList<StageResult> stages, CancellationToken cancellationToken)
        {
            HasEnded = true;
            return Task.CompletedTask;
        }
    }

    /// <summary>Begins another run of the same date.</summary>
    sealed class FreeDate(IRunStore store, RunStart start) : IDelivery
    {
        public string Name => "another run";

        public bool Began { get; private set; }

        public async Task RunEndedAsync(DateOnly date, IReadOnlyList<StageResult> stages, CancellationToken cancellationToken)
        {
            await using var run = await store.BeginAsync(start, TimeSpan.Zero, cancellationToken);
            Began = true;
        }
    }

    sealed class Ends(List<CheckResult> ended) : IRunWatcher
    {
        public void CheckEnded(CheckResult check) => ended.Add(check);
    }

    sealed class Throws : IRunWatcher
    {
        public void CheckStarted(string check) => throw new InvalidOperationException("A bug.");
    }
}
