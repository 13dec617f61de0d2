using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Reports;

/// <summary>One stage of the date, judged or not.</summary>
/// <param name="Name">Its name in the plan.</param>
/// <param name="Standing">How its gate stands.</param>
/// <param name="Why">Why.</param>
/// <param name="Stored">What its newest run left; null when it was not judged.</param>
/// <param name="Counts">Its verdicts.</param>
public sealed record StageFacts(string Name, GateStanding Standing, Phrase Why, StoredStage? Stored, VerdictCounts Counts)
{
    public bool IsOpen => Standing is GateStanding.Open or GateStanding.OpenByOverride;

    /// <summary>The newest override that was not revoked, in force or not; null when there is none.</summary>
    public Override? Override { get; init; }

    /// <summary>The stages before it that hold it; empty when none does.</summary>
    public IReadOnlyList<string> HeldBy { get; init; } = [];

    /// <param name="answer">Whether its gate is open.</param>
    /// <param name="stored">What its newest run left; null when it was not judged.</param>
    public static StageFacts Of(GateAnswer answer, StoredStage? stored)
    {
        // An override answers with its own sentence; the report shows the override apart, and what the check said beside it.
        var why = answer.ByOverride ? answer.State!.Why : answer.Why;
        return new StageFacts(answer.Stage, answer.Standing, why, stored, stored is null ? default : VerdictCounts.Of(stored))
        {
            Override = answer.State?.Override,
            HeldBy = answer.HeldBy,
        };
    }
}
