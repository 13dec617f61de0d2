using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Judgements.Incidents;
using TagGuard.Judgements.Past;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Runs;

/// <summary>
/// The whole flow: sources -> measurements -> judgements -> store -> gate. Nothing reaches back up, and the report is made of what is stored.
/// </summary>
/// <param name="store">The monitoring tables.</param>
/// <param name="sources">The systems of the plan.</param>
/// <param name="clock">The clock.</param>
/// <param name="watcher">Told what is going on.</param>
/// <param name="retry">Asks again when a source does not answer; null when each question is asked once.</param>
public sealed class CheckRun(IRunStore store, ISources sources, TimeProvider clock, IRunWatcher watcher, IRetry? retry = null)
{
    readonly Measurer _measurer = new(sources, clock, watcher, retry);

    /// <summary>Runs stages of a plan for a date, in order. Each is saved when it is finished, so an interrupted run keeps what it had.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="start">What begins.</param>
    /// <param name="patience">How long to wait for another run of the same date, and for a stage to hold.</param>
    /// <param name="cancellationToken">Interrupts; the stage under way is not saved and its gate stays closed.</param>
    public async Task<IReadOnlyList<StageResult>> ExecuteAsync(Plan plan, RunStart start, Patience patience, CancellationToken cancellationToken)
    {
        await using var run = await store.BeginAsync(start, patience.ForLock, cancellationToken);
        var results = new List<StageResult>();
        foreach (var stage in plan.StageList.Where(stage => start.Stages.Contains(stage.Name)))
        {
            var result = await RunStageAsync(plan, stage, start.Date, patience, cancellationToken);
            await store.SaveAsync(run, result, cancellationToken);
            results.Add(result);
            watcher.StageEnded(start.Date, result);
        }
        await store.EndAsync(run, (int)Gate.Worst(results.Select(result => result.Gate.Exit)), clock.GetUtcNow(), cancellationToken);
        return results;
    }

    async Task<StageResult> RunStageAsync(Plan plan, StagePlan stage, DateOnly date, Patience patience, CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        var (checks, ranOut) = await new StageWait(patience, sources, clock, watcher).LookAsync(stage, (check, token) => CheckAsync(plan, check, date, token), cancellationToken);
        var incidents = stage.Checks.Zip(checks).SelectMany(one => IncidentSorter.From(one.Second.Judgements, one.First.Owner, one.First.Runbook)).ToList();
        var gate = Gate.Decide([.. checks.SelectMany(check => check.Judgements)], await ClosedBeforeAsync(plan, stage, date, cancellationToken), ranOut);
        return new StageResult(stage.Name, checks, incidents, gate, started, clock.GetUtcNow()) { Definition = plan.DefinitionOf(stage.Name) };
    }

    async Task<CheckResult> CheckAsync(Plan plan, CheckPlan check, DateOnly date, CancellationToken cancellationToken)
    {
        var day = new BusinessDay(date, plan.Timezone);
        var (taking, took) = await _measurer.MeasureAsync(check, day, cancellationToken);
        var now = Milliseconds(clock.GetUtcNow());
        var history = new History(date, []);
        try
        {
            history = await store.HistoryAsync(plan.Name, check.Name, date, Judging.HistoryDays(check), now, cancellationToken);
        }
        catch (StoreException fault) when (fault.IsTransient)
        {
            // As with a source that does not answer for a moment: a wait of two hours need not end when the store's server is started anew.
            taking = Taking.Missed(check.Name, check.Measure.Metrics, $"The days before could not be read. {fault.Message}", taking.Asked, isAbsent: false, isTransient: true);
        }
        taking = taking.Without(plan.Secrets);
        var today = Vanished.AddTo(taking, history);
        var judgements = Judging.Of(check, new Batch(check.Name, day, now, today, history), plan.Calendar.Days);
        return new CheckResult(check.Name, Measures.KindOf(check.Measure), check.Measure.Dimension, today, judgements, taking.Asked, took, now);
    }

    /// <summary>The instant as it is stored, so that what is judged again at it comes out the same.</summary>
    static DateTimeOffset Milliseconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMillisecond));

    /// <summary>Earlier stages of the plan whose gates are not open for the date.</summary>
    async Task<IReadOnlyList<string>> ClosedBeforeAsync(Plan plan, StagePlan stage, DateOnly date, CancellationToken cancellationToken)
    {
        var gates = await store.GatesAsync(plan.Name, date, cancellationToken);
        return [.. Gatekeeper.Answers(GateTerms.Of(plan), gates, clock.GetUtcNow())
            .TakeWhile(answer => answer.Stage != stage.Name)
            .Where(answer => !answer.IsOpen)
            .Select(answer => answer.Stage)];
    }
}
