namespace TagGuard.Gates;

/// <summary>What a stage's verdicts do to its gate.</summary>
/// <param name="IsOpen">Whether the next step may start.</param>
/// <param name="Exit">What the scheduler is told.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record GateDecision(bool IsOpen, GateExit Exit, string Reason)
{
    /// <summary>The stages before it that were closed, when that alone keeps it closed.</summary>
    public IReadOnlyList<string> HeldBy { get; init; } = [];
}
