using TagGuard.Deliveries;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>How a run came out.</summary>
/// <param name="Stages">What each stage found; saved.</param>
/// <param name="Gates">How the gates of these stages stand after it: an override counts, and so does whatever happened meanwhile.</param>
/// <param name="Undelivered">What could not be written or sent afterwards.</param>
public sealed record RunOutcome(IReadOnlyList<StageResult> Stages, GateReading Gates, IReadOnlyList<Undelivered> Undelivered)
{
    /// <summary>The report that was written; null when none was wanted, or it could not be.</summary>
    public string? Report { get; init; }

    /// <summary>Who got a mail.</summary>
    public IReadOnlyList<string> Mailed { get; init; } = [];
}
