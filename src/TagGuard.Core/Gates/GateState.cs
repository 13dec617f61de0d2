namespace TagGuard.Gates;

/// <summary>The stored flag of a stage for a business date (a row of `tag_stage_state`), with what decided it.</summary>
public sealed record GateState
{
    public required string Plan { get; init; }

    public required DateOnly Date { get; init; }

    public required string Stage { get; init; }

    /// <summary>Whether the check found the data good (`state` 1).</summary>
    public required bool IsGood { get; init; }

    public required GateExit Exit { get; init; }

    public required string Reason { get; init; }

    /// <summary>When the verdict was stored, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The run that decided it; 0 when a run has started and not finished.</summary>
    public required long RunId { get; init; }

    /// <summary>The newest override of this stage and date that was not revoked, whether still valid or not; null when there is none.</summary>
    public Override? Override { get; init; }

    /// <summary>Whether the next step may start now.</summary>
    /// <param name="now">The clock.</param>
    /// <param name="maxAge">A verdict older than this opens nothing.</param>
    public GateAnswer AnswerAt(DateTimeOffset now, TimeSpan maxAge)
    {
        if (Override is not null && Override.Until > now)
            return new GateAnswer(true, $"Opened by {Override.By} until {Override.Until:yyyy-MM-dd HH:mm} UTC: {Override.Why}", ByOverride: true);
        if (!IsGood)
            return new GateAnswer(false, Reason, ByOverride: false);
        var age = now - DecidedAt;
        return age > maxAge
            ? new GateAnswer(false, $"The verdict is {age.TotalHours:0} h old, and opens the gate for {maxAge.TotalHours:0} h only: run the stage again.", ByOverride: false)
            : new GateAnswer(true, Reason, ByOverride: false);
    }
}

/// <summary>Whether a gate is open, and why.</summary>
public sealed record GateAnswer(bool IsOpen, string Reason, bool ByOverride);

/// <summary>A person's decision to open a closed gate. It stays stored for ever, and is always shown as what it is.</summary>
public sealed record Override(string By, string Why, DateTimeOffset Since, DateTimeOffset Until);
