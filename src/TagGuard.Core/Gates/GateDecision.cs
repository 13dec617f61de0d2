using TagGuard.Phrases;

namespace TagGuard.Gates;

/// <summary>What a stage's verdicts do to its gate.</summary>
/// <param name="IsOpen">Whether the next step may start.</param>
/// <param name="Exit">What the scheduler is told.</param>
/// <param name="Why">Why.</param>
public sealed record GateDecision(bool IsOpen, GateExit Exit, Phrase Why)
{
    /// <summary>Why, as an English sentence.</summary>
    public string Reason => Why.ToString();

    /// <summary>The stages before it that were closed, when that alone keeps it closed.</summary>
    public IReadOnlyList<string> HeldBy { get; init; } = [];
}
