using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Runs;

/// <summary>Which checks of a stage to look at next: all of them, then what does not hold yet, until all hold or waiting is over.</summary>
/// <remarks>
/// A check that held is not asked again, until all have held; then all are looked at once more, so that the gate opens on what is so at one time.
/// What time cannot cure (duplicates, too many rows, a passed deadline, a wrong query) ends the wait at once: the person on duty should not learn of
/// it two hours later. Checks that do not close the gate are not waited for.
/// </remarks>
sealed class StageWait(StagePlan stage, Patience patience, ISources sources, TimeProvider clock, IRunWatcher watcher)
{
    readonly long _began = clock.GetTimestamp();
    readonly Dictionary<string, CheckResult> _results = [];
    IReadOnlyList<CheckPlan> _due = [];

    /// <summary>What the last look at each check gave, in the order of the stage.</summary>
    public IReadOnlyList<CheckResult> Results => [.. stage.Checks.Select(check => _results[check.Name])];

    /// <summary>Whether the wait ran out while all that was missing could still have come.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Notes what a look at a check gave.</summary>
    public void Add(CheckResult result) => _results[result.Check] = result;

    /// <summary>The checks to look at now, after waiting where there is something to wait for; none when looking is over.</summary>
    /// <param name="cancellationToken">Interrupts the time between two looks.</param>
    public async Task<IReadOnlyList<CheckPlan>> NextAsync(CancellationToken cancellationToken)
    {
        if (_results.Count == 0)
            return _due = stage.Checks;
        var missing = stage.Checks.Where(check => _results[check.Name].Judgements.Any(judgement => judgement.ClosesGate)).ToList();
        if (missing.Count == 0)
            return _due = _due.Count < stage.Checks.Count ? stage.Checks : [];
        var left = patience.For(stage.Name) - clock.GetElapsedTime(_began);
        var mayStillHold = missing.All(check => MayStillHold(_results[check.Name]));
        if (left <= TimeSpan.Zero || !mayStillHold)
        {
            RanOut = mayStillHold && patience.For(stage.Name) > TimeSpan.Zero;
            return _due = [];
        }
        watcher.Waiting([.. missing.SelectMany(check => _results[check.Name].Judgements).Where(judgement => judgement.ClosesGate)], left);
        // Between two looks nothing is held: a database file that is open here could not be written to by whom is waited for.
        await sources.CloseAsync();
        await Task.Delay(left < patience.Poll ? left : patience.Poll, clock, cancellationToken);
        return _due = missing;
    }

    static bool MayStillHold(CheckResult check) =>
        check.Judgements.Where(judgement => judgement.ClosesGate).All(judgement => (judgement.Verdict, judgement.Finding) switch
        {
            (_, Finding.NotReady) => true,
            (Verdict.Unknown, Finding.Missing) => check.Measurements.Any(measurement => measurement is Measurement.Missed { IsTransient: true }),
            (_, Finding.Missing) => true,
            (Verdict.Fail, Finding.Zero or Finding.Drop) => judgement.Series.Key.Length == 0,
            // Late by a deadline stays late; the newest event of a table becomes newer.
            (_, Finding.Late) => judgement.Series.Metric == Metrics.LagMinutes,
            _ => false,
        });
}
