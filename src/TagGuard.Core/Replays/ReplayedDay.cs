using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Storage;

namespace TagGuard.Replays;

/// <summary>One business date, judged again.</summary>
public sealed record ReplayedDay(DateOnly Date, IReadOnlyList<ReplayedStage> Stages);

/// <summary>One stage of a date: what it did, and what it would have done.</summary>
/// <param name="Stage">Its name in the plan.</param>
/// <param name="Did">What is stored; null when it was not judged then.</param>
/// <param name="Would">What the plan makes of the same numbers.</param>
public sealed record ReplayedStage(string Stage, StageOutcome? Did, StageOutcome Would)
{
    /// <summary>Whether the gate would have stood otherwise.</summary>
    public bool GateDiffers => Did is not null && Did.IsOpen != Would.IsOpen;
}

/// <summary>How a stage came out.</summary>
/// <param name="Exit">What the scheduler is told.</param>
/// <param name="Incidents">What is told, as incidents; the worst first.</param>
/// <param name="Alerts">The judgements that are not a Pass.</param>
public sealed record StageOutcome(GateExit Exit, IReadOnlyList<Incident> Incidents, IReadOnlyList<Judgement> Alerts)
{
    public bool IsOpen => Exit == GateExit.Open;

    public static StageOutcome Of(GateExit exit, IReadOnlyList<Incident> incidents, IEnumerable<Judgement> judgements) =>
        new(exit, incidents, [.. judgements.Where(judgement => judgement.Verdict != Verdict.Pass)]);

    public static StageOutcome Of(StoredStage stage) =>
        Of(stage.Gate.RunId == 0 ? GateExit.CouldNotTell : stage.Gate.Exit, stage.Incidents, stage.Judgements.Select(stored => stored.Judgement));
}

/// <summary>Mornings of a replay in numbers, as they were or would have been.</summary>
/// <param name="Closed">Stages whose gate was closed.</param>
/// <param name="Incidents">Incidents told.</param>
/// <param name="Alerts">Single series told.</param>
public readonly record struct ReplayTotals(int Closed, int Incidents, int Alerts)
{
    public static ReplayTotals Of(IEnumerable<StageOutcome> outcomes)
    {
        var totals = default(ReplayTotals);
        foreach (var outcome in outcomes)
            totals = new ReplayTotals(
                totals.Closed + (outcome.IsOpen ? 0 : 1),
                totals.Incidents + outcome.Incidents.Count,
                totals.Alerts + outcome.Alerts.Count);
        return totals;
    }
}
