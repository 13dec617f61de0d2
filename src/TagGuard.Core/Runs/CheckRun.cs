using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements.Past;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Runs;

/// <summary>
/// The whole flow on one page: sources -> measurements, with the history -> judgements -> incidents and gate -> store -> deliveries. Nothing reaches
/// back up: what is delivered is made of what is stored.
/// </summary>
/// <param name="store">The monitoring tables.</param>
/// <param name="sources">The systems of the plan.</param>
/// <param name="clock">The clock.</param>
/// <param name="watchers">Told what is going on.</param>
public sealed class CheckRun(IRunStore store, ISources sources, TimeProvider clock, Watchers watchers)
{
    /// <summary>Asks again when a source does not answer; null when each question is asked once.</summary>
    public IRetry? Retry { get; init; }

    /// <summary>What is written or sent after the save.</summary>
    public IReadOnlyList<IDelivery> Deliveries { get; init; } = [];

    /// <summary>Runs stages of a plan for a date, in order. Each is saved when it is finished, so an interrupted run keeps what it had.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="start">What begins.</param>
    /// <param name="patience">How long to wait for another run of the same date, and for a stage to hold.</param>
    /// <param name="cancellationToken">Interrupts; the stage under way is not saved and its gate stays closed.</param>
    public async Task<RunResult> ExecuteAsync(Plan plan, RunStart start, Patience patience, CancellationToken cancellationToken)
    {
        var deliveries = new DeliveryRounds(Deliveries, clock, sources.Abandon, watchers.NotDelivered);
        var stages = await RunStagesAsync(plan, start, patience, deliveries, cancellationToken);
        // The date is free again: whoever waits for it need not wait for a report.
        await deliveries.RunEndedAsync(start.Date, stages, cancellationToken);
        return new RunResult(stages, deliveries.Undelivered);
    }

    async Task<IReadOnlyList<StageResult>> RunStagesAsync(
        Plan plan, RunStart start, Patience patience, DeliveryRounds deliveries, CancellationToken cancellationToken)
    {
        await using var run = await store.BeginAsync(start, patience.ForLock, cancellationToken);
        await deliveries.RunBegunAsync(start.Date, cancellationToken);
        var saved = new List<StageResult>();
        foreach (var stage in plan.StageList.Where(stage => start.Stages.Contains(stage.Name)))
        {
            var result = await RunStageAsync(plan, stage, start.Date, patience, saved, cancellationToken);
            await store.SaveAsync(run, result, cancellationToken);
            saved.Add(result);
            watchers.StageEnded(start.Date, result);
            await deliveries.StageSavedAsync(start.Date, result, cancellationToken);
        }
        await store.EndAsync(run, (int)Gate.Worst(saved.Select(result => result.Gate.Exit)), clock.GetUtcNow(), cancellationToken);
        return saved;
    }

    async Task<StageResult> RunStageAsync(
        Plan plan, StagePlan stage, DateOnly date, Patience patience, IReadOnlyList<StageResult> saved, CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        var wait = new StageWait(stage, patience, sources, clock, watchers);
        while (await wait.NextAsync(cancellationToken) is { Count: > 0 } due)
        {
            var once = new AskedOnce();
            foreach (var check in due)
                wait.Add(await RunCheckAsync(plan, check, date, once, cancellationToken));
        }
        var checks = wait.Results;
        var gates = await GateReading.AskAsync(store, plan, date, clock, cancellationToken);
        var earlier = checks.Any(check => check.Judgements.Any(judgement => judgement.Verdict != Verdict.Pass))
            ? await IncidentsBeforeAsync(plan, stage, date, saved, cancellationToken)
            : [];
        var judged = StageJudge.Stage(stage, [.. checks.Select(check => check.Judged)], gates.ClosedBefore(stage.Name), wait.RanOut, earlier);
        return new StageResult(stage.Name, checks, judged.Incidents, judged.Gate, started, clock.GetUtcNow())
        {
            Definition = plan.DefinitionOf(stage.Name),
        };
    }

    /// <summary>What was found in the stages before one, by this run or an earlier one: what it finds may follow from that.</summary>
    async Task<IReadOnlyList<Incident>> IncidentsBeforeAsync(
        Plan plan, StagePlan stage, DateOnly date, IReadOnlyList<StageResult> saved, CancellationToken cancellationToken)
    {
        var before = plan.StageList.TakeWhile(other => other.Name != stage.Name).Select(other => other.Name).ToList();
        var ofRun = saved.ToDictionary(result => result.Stage, result => result.Incidents);
        var stored = before.All(ofRun.ContainsKey) ? [] : (await store.DayAsync(plan.Name, date, 0, cancellationToken)).Stages;
        return
        [
            .. before.SelectMany(name => ofRun.GetValueOrDefault(name) ?? stored.FirstOrDefault(one => one.Stage == name)?.Incidents ?? []),
        ];
    }

    async Task<CheckResult> RunCheckAsync(
        Plan plan, CheckPlan check, DateOnly date, AskedOnce once, CancellationToken cancellationToken)
    {
        var day = new BusinessDay(date, plan.Timezone);
        var known = check.Measure.ReadsTagTable ? await KnownTagsAsync(plan, check, date, cancellationToken) : TagTable.Empty;
        var (taking, took) = await new Measurer(sources, clock, watchers, Retry, once) { Known = known }.MeasureAsync(check, day, cancellationToken);
        var now = Milliseconds(clock.GetUtcNow());
        var history = History.None(date);
        try
        {
            history = await store.HistoryAsync(plan.Name, check.Name, date, Judging.HistoryDays(check), now, cancellationToken);
        }
        catch (StoreException fault) when (fault.IsTransient)
        {
            // As with a source that does not answer for a moment: a wait of two hours need not end when the store's server is started anew.
            taking = Taking.Missed(
                check.Name,
                check.Measure.Metrics,
                $"The days before could not be read. {fault.Message}",
                taking.Asked,
                isAbsent: false,
                isTransient: true);
        }
        taking = taking.Without(plan.Secrets);
        if (taking.Tags is { } tags)
            history = history.With(tags);
        var today = Vanished.AddTo(taking, Judging.Comparable(check, history));
        var judged = new StageJudge(plan).Check(check, date, now, today, history);
        var (kind, dimension) = (Measures.KindOf(check.Measure), check.Measure.Dimension);
        var result = new CheckResult(check.Name, kind, dimension, today, judged.Judgements, taking.Asked, took, now)
        {
            Differences = taking.Differences,
            Families = judged.Families,
            Tags = taking.Tags,
        };
        watchers.CheckEnded(result);
        return result;
    }

    /// <summary>What was known of tags last, for a morning on which their table cannot be read.</summary>
    async Task<TagTable> KnownTagsAsync(Plan plan, CheckPlan check, DateOnly date, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.TagsAsync(plan.Name, check.Name, date, cancellationToken)).On(date);
        }
        catch (StoreException fault) when (fault.IsTransient)
        {
            return TagTable.Empty;
        }
    }

    /// <summary>The instant as it is stored, so that what is judged again at it comes out the same.</summary>
    static DateTimeOffset Milliseconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMillisecond));
}
