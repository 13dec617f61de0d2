using TagGuard.Deliveries;
using TagGuard.Storage;

namespace TagGuard.Runs;

/// <summary>What came of a run.</summary>
/// <param name="Stages">The stages that were judged and saved, in order.</param>
/// <param name="Undelivered">What could not be written or sent after the save.</param>
public sealed record RunResult(IReadOnlyList<StageResult> Stages, IReadOnlyList<Undelivered> Undelivered);
