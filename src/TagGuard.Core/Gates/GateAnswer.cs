using TagGuard.Phrases;

namespace TagGuard.Gates;

/// <summary>Whether the gate of a stage is open, and why.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Exit">What a scheduler is told.</param>
/// <param name="Now">Why it stands so now; null when it stands as it was decided.</param>
/// <param name="State">The stored flag; null when the stage was never judged and nobody opened it.</param>
public sealed record GateAnswer(string Stage, GateStanding Standing, GateExit Exit, Phrase? Now, GateState? State)
{
    /// <summary>Why, and what to do.</summary>
    public Phrase Why => Now ?? State!.Why;

    /// <summary>Why, as an English sentence.</summary>
    public string Reason => Now?.ToString() ?? State!.Reason;

    /// <summary>Why, in the words of a language.</summary>
    public string ReasonIn(Phrasebook words) => words.Language == Language.En ? Reason : words.Say(Why);

    /// <summary>The stages before it that are closed now, where that alone, now or when it was judged, keeps it closed.</summary>
    public IReadOnlyList<string> HeldBy { get; init; } = [];

    public bool IsOpen => Standing is GateStanding.Open or GateStanding.OpenByOverride;

    public bool ByOverride => Standing == GateStanding.OpenByOverride;
}
