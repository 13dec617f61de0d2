using TagGuard.Phrases;

namespace TagGuard.Gates;

/// <summary>The stored flag of a stage for a business date (a row of `tag_stage_state`), with what decided it. What it means now is for
/// <see cref="Gatekeeper"/> to say.</summary>
public sealed record GateState
{
    public required string Plan { get; init; }

    public required DateOnly Date { get; init; }

    public required string Stage { get; init; }

    /// <summary>Whether the check found the data good, and no stage before it was closed (`state` 1).</summary>
    public required bool IsGood { get; init; }

    public required GateExit Exit { get; init; }

    /// <summary>Why, as an English sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Why, as it is stored: see <see cref="PhraseJson"/>; null when the run that
    /// decided it has not ended, or is of an older program.</summary>
    public string? StoredWhy { get; init; }

    /// <summary>Why, for another language than English.</summary>
    // Read when it is asked for: English does not need it, and reading it when a gate starts takes longer than reading the gate.
    public Phrase Why => PhraseJson.Read(StoredWhy, Reason);

    /// <summary>When the verdict was stored, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The run that decided it; 0 when a run has started and not finished, or when none ever started.</summary>
    public required long RunId { get; init; }

    /// <summary>Whether a run of it ever started: a person can open a stage that nobody judged.</summary>
    public bool HasBegun { get; init; } = true;

    /// <summary>What it was judged by; null while nothing was judged, or when an older program did.</summary>
    public JudgedBy? JudgedBy { get; init; }

    /// <summary>Whether the store holds what the flag stands for: the stage as its run saved
    /// it, with the same end, and every one of its verdicts.</summary>
    public bool HasItsVerdicts { get; init; }

    /// <summary>The newest override of this stage and date that was not revoked, whether still valid or not; null when there is none.</summary>
    public Override? Override { get; init; }
}
