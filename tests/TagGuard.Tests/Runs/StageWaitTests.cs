using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Storage;
using TagGuard.StoreContracts;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Runs;

/// <summary>How long a stage is looked at, and when looking ends.</summary>
public sealed class StageWaitTests
{
    static readonly Patience TwoHours = new(TimeSpan.Zero) { Stage = "upstream", ForStage = TimeSpan.FromHours(2), Poll = TimeSpan.FromSeconds(30) };

    readonly HandClock _clock = new(Some.Now);
    readonly FakeSource _source = new();
    readonly WaitWatcher _watcher = new();
    readonly List<string> _looks = [];

    [Fact]
    public async Task WhatHoldsAtOnceIsAskedOnce()
    {
        var results = await LookAsync(TwoHours, ("a", _ => Passes), ("b", _ => Passes));

        Assert.Equal(["a", "b"], _looks);
        Assert.All(results, result => Assert.Equal(Verdict.Pass, result.Judgements[0].Verdict));
    }

    [Fact]
    public async Task OnlyWhatIsMissingIsAskedAgainAndAllOnceMoreAtTheEnd()
    {
        await LookAsync(TwoHours, ("a", _ => Passes), ("b", look => look < 4 ? NotReady : Passes));

        Assert.Equal(["a", "b", "b", "b", "b", "a", "b"], _looks);
        Assert.Equal(Some.Now.AddSeconds(90), _clock.GetUtcNow());
    }

    [Fact]
    public async Task WhatHeldAndHoldsNoMoreIsWaitedForAgain()
    {
        var results = await LookAsync(TwoHours, ("a", look => look == 2 ? NotReady : Passes), ("b", look => look == 1 ? NotReady : Passes));

        Assert.Equal(["a", "b", "b", "a", "b", "a", "a", "b"], _looks);
        Assert.All(results, result => Assert.Equal(Verdict.Pass, result.Judgements[0].Verdict));
    }

    [Fact]
    public async Task TheLastLookIsWhenTheWaitRunsOut()
    {
        var results = await LookAsync(TwoHours with { ForStage = TimeSpan.FromSeconds(70) }, ("a", _ => NotReady));

        Assert.Equal(Some.Now.AddSeconds(70), _clock.GetUtcNow());
        Assert.Equal(4, _looks.Count);
        Assert.Equal(Finding.NotReady, results[0].Judgements[0].Finding);
        Assert.Equal([70.0, 40.0, 10.0], _watcher.Left.Select(left => left.TotalSeconds));
    }

    [Fact]
    public async Task AWaitRanOutOnlyWhenAllThatIsMissingMayStillCome()
    {
        var (late, measurement) = (Some.Judgement(Some.Rows, Verdict.Fail, Finding.Rise), Some.Taken(Some.Rows, 2));
        var soon = TwoHours with { ForStage = TimeSpan.FromSeconds(70) };

        Assert.True((await LookedAsync(soon, ("a", _ => NotReady))).RanOut);
        Assert.False((await LookedAsync(soon, ("a", _ => Passes))).RanOut);
        Assert.False((await LookedAsync(soon, ("a", _ => NotReady), ("b", _ => (late, measurement)))).RanOut);
        Assert.False((await LookedAsync(TwoHours with { Stage = "tags" }, ("a", _ => NotReady))).RanOut);
    }

    [Fact]
    public async Task AnotherStageIsLookedAtOnce()
    {
        await LookAsync(TwoHours with { Stage = "tags" }, ("a", _ => NotReady));

        Assert.Equal(["a"], _looks);
    }

    [Fact]
    public async Task NothingIsHeldOpenBetweenTwoLooks()
    {
        await LookAsync(TwoHours, ("a", look => look < 3 ? NotReady : Passes));

        Assert.Equal(2, _source.Closed);
    }

    [Theory]
    [InlineData(Verdict.Fail, Finding.NotReady, Metrics.Rows, false, true)]
    [InlineData(Verdict.Fail, Finding.Missing, Metrics.Rows, false, true)]
    [InlineData(Verdict.Unknown, Finding.Missing, Metrics.Rows, true, true)]
    [InlineData(Verdict.Unknown, Finding.Missing, Metrics.Rows, false, false)]
    [InlineData(Verdict.Fail, Finding.Drop, Metrics.Rows, false, true)]
    [InlineData(Verdict.Fail, Finding.Zero, Metrics.Rows, false, true)]
    [InlineData(Verdict.Fail, Finding.Late, Metrics.LagMinutes, false, true)]
    [InlineData(Verdict.Fail, Finding.Late, Metrics.ReadyMinutes, false, false)]
    [InlineData(Verdict.Fail, Finding.Rise, Metrics.Rows, false, false)]
    [InlineData(Verdict.Fail, Finding.Duplicates, Metrics.DuplicateUsers, false, false)]
    [InlineData(Verdict.Fail, Finding.StaleCopy, Metrics.Rows, false, false)]
    [InlineData(Verdict.Unknown, Finding.NoHistory, Metrics.Rows, false, false)]
    public async Task OnlyWhatMayStillComeIsWaitedFor(Verdict verdict, Finding finding, string metric, bool isTransient, bool isWaitedFor)
    {
        var series = new SeriesId("a", metric);
        var found = (
            Some.Judgement(series, verdict, finding),
            (Measurement)new Measurement.Missed(series, "No.", IsAbsent: false) { IsTransient = isTransient });

        await LookAsync(TwoHours with { ForStage = TimeSpan.FromSeconds(30) }, ("a", _ => found), ("b", _ => NotReady));

        Assert.Equal(isWaitedFor ? 4 : 2, _looks.Count);
    }

    [Fact]
    public async Task WhatDoesNotBlockIsNotWaitedFor()
    {
        var (judgement, measurement) = NotReady;

        await LookAsync(TwoHours, ("a", _ => (judgement with { Blocking = false }, measurement)));

        Assert.Equal(["a"], _looks);
    }

    [Fact]
    public async Task AnInterruptionEndsTheWait()
    {
        using var stop = new CancellationTokenSource();
        var waiting = LookAsync(TwoHours, stop.Token, ("a", _ => NotReady));

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    static (Judgement, Measurement) Passes => (Some.Judgement(Some.Rows, Verdict.Pass, Finding.Normal), Some.Taken(Some.Rows, 1));

    static (Judgement, Measurement) NotReady => (Some.Judgement(Some.Rows, Verdict.Fail, Finding.NotReady), Some.Missed(Some.Rows, isAbsent: true));

    static StagePlan Stage(IEnumerable<string> checks) =>
        new("upstream", [.. checks.Select(check => new CheckPlan { Name = check, Measure = new RowsMeasure() })]);

    async Task<IReadOnlyList<CheckResult>> LookAsync(Patience patience, params (string Name, Func<int, (Judgement, Measurement)> At)[] checks) =>
        (await LookedAsync(patience, checks)).Results;

    async Task<StageWait> LookedAsync(Patience patience, params (string Name, Func<int, (Judgement, Measurement)> At)[] checks)
    {
        var waiting = LookAsync(patience, TestContext.Current.CancellationToken, checks);
        while (!waiting.IsCompleted)
        {
            if (_clock.Alarms > 0)
                _clock.Move(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        return await waiting;
    }

    /// <summary>Looks at a stage as a run does.</summary>
    /// <param name="patience">How long.</param>
    /// <param name="stop">Interrupts.</param>
    /// <param name="checks">What each check gives at its first, second, … look.</param>
    async Task<StageWait> LookAsync(Patience patience, CancellationToken stop, params (string Name, Func<int, (Judgement, Measurement)> At)[] checks)
    {
        var wait = new StageWait(Stage(checks.Select(check => check.Name)), patience, _source, _clock, _watcher);
        while (await wait.NextAsync(stop) is { Count: > 0 } due)
        {
            foreach (var check in due)
            {
                _looks.Add(check.Name);
                var (judgement, measurement) = checks.Single(one => one.Name == check.Name).At(_looks.Count(look => look == check.Name));
                wait.Add(new CheckResult(check.Name, "rows", "", [measurement], [judgement], "", TimeSpan.Zero, Some.Now));
            }
        }
        return wait;
    }

    sealed class WaitWatcher : IRunWatcher
    {
        public List<TimeSpan> Left { get; } = [];

        public void Waiting(IReadOnlyList<Judgement> missing, TimeSpan left) => Left.Add(left);
    }
}
