using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Runs;

/// <summary>Looks at the checks of a stage until they hold, or until waiting is over.</summary>
/// <remarks>
/// A check that held is not asked again, until all have held; then all are looked at once more, so that the gate opens on what is so at one time. What
/// time cannot cure (duplicates, too many rows, a passed deadline, a wrong query) ends the wait at once: the person on duty should not learn of it two
/// hours later. Checks that do not close the gate are not waited for.
/// </remarks>
sealed class StageWait(Patience patience, ISources sources, TimeProvider clock, IRunWatcher watcher)
{
    /// <param name="stage">The stage.</param>
    /// <param name="look">Measures and judges one check.</param>
    /// <param name="cancellationToken">Interrupts a look and the time between two.</param>
    public async Task<Looked> LookAsync(StagePlan stage, Func<CheckPlan, CancellationToken, Task<CheckResult>> look, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var results = new CheckResult[stage.Checks.Count];
        var all = Enumerable.Range(0, results.Length).ToList();
        for (var looking = all; ;)
        {
            foreach (var i in looking)
                results[i] = await look(stage.Checks[i], cancellationToken);
            var missing = all.Where(i => results[i].Judgements.Any(judgement => judgement.ClosesGate)).ToList();
            var left = patience.For(stage.Name) - clock.GetElapsedTime(began);
            if (missing.Count == 0 && looking.Count < all.Count)
            {
                looking = all;
                continue;
            }
            var mayStillHold = missing.All(i => MayStillHold(results[i]));
            if (missing.Count == 0 || left <= TimeSpan.Zero || !mayStillHold)
                return new Looked(results, missing.Count > 0 && mayStillHold && patience.For(stage.Name) > TimeSpan.Zero);
            watcher.Waiting([.. missing.SelectMany(i => results[i].Judgements).Where(judgement => judgement.ClosesGate)], left);
            // Between two looks nothing is held: a database file that is open here could not be written to by whom is waited for.
            await sources.CloseAsync();
            await Task.Delay(left < patience.Poll ? left : patience.Poll, clock, cancellationToken);
            looking = missing;
        }
    }

    static bool MayStillHold(CheckResult check) => check.Judgements.Where(judgement => judgement.ClosesGate).All(judgement => (judgement.Verdict, judgement.Finding) switch
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

/// <summary>What the last look at each check gave.</summary>
/// <param name="Checks">The checks, in the order of the stage.</param>
/// <param name="RanOut">Whether the wait ran out while all that was missing could still have come.</param>
sealed record Looked(IReadOnlyList<CheckResult> Checks, bool RanOut);
