using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>What is older than is kept: its reports and verdicts, and the numbers that no kept day looks back to.</summary>
/// <param name="session">The plan.</param>
/// <param name="keep">Days before today of which everything is kept.</param>
public sealed class Pruning(PlanSession session, int keep)
{
    /// <summary>Days that the plan's rules look back, and a day more.</summary>
    public int LooksBack { get; } =
        1 + session.Plan.StageList.SelectMany(stage => stage.Checks).Select(Judging.HistoryDays).DefaultIfEmpty(0).Max();

    /// <summary>The first date of which everything is kept.</summary>
    public DateOnly KeptFrom => session.Today.AddDays(-keep);

    /// <summary>The first date whose numbers are kept: the first kept day can still be judged again to the last bit.</summary>
    public DateOnly NumbersFrom => KeptFrom.AddDays(-LooksBack);

    /// <summary>Takes it away, date by date, the oldest first: where it is broken off, what is left is whole.</summary>
    /// <param name="isTrial">Only counts.</param>
    /// <param name="progress">Told the date that is at work; may be null.</param>
    /// <param name="cancellationToken">Ends it between two dates.</param>
    public async Task<(Pruned Rows, int Dates, IReadOnlyList<DateOnly> Held, int Reports)> RunAsync(
        bool isTrial, IProgress<DateOnly>? progress, CancellationToken cancellationToken)
    {
        var (taken, held, dates) = (Pruned.Nothing, new List<DateOnly>(), 0);
        foreach (var date in await session.Store.DatesBeforeAsync(session.Plan.Name, KeptFrom, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(date);
            var what = date < NumbersFrom ? Prune.Everything : Prune.Verdicts;
            if (await session.Store.PruneAsync(session.Plan.Name, date, what, isTrial, cancellationToken) is not { } rows)
                held.Add(date);
            else if (rows.Rows > 0)
                (taken, dates) = (taken.Plus(rows), dates + 1);
        }
        var reports = await new ReportFolder(session).PruneAsync(KeptFrom, isTrial, cancellationToken);
        return (taken, dates, held, reports);
    }
}
