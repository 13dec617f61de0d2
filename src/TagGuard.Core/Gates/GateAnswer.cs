namespace TagGuard.Gates;

/// <summary>Whether the gate of a stage is open, and why.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Exit">What a scheduler is told.</param>
/// <param name="Reason">Why, in a sentence that says what to do.</param>
/// <param name="State">The stored flag; null when the stage was never judged and nobody opened it.</param>
public sealed record GateAnswer(string Stage, GateStanding Standing, GateExit Exit, string Reason, GateState? State)
{
    public bool IsOpen => Standing is GateStanding.Open or GateStanding.OpenByOverride;

    public bool ByOverride => Standing == GateStanding.OpenByOverride;
}
