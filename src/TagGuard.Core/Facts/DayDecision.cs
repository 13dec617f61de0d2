namespace TagGuard.Facts;

/// <summary>A person's word on a day: whether later days may be compared with it. It is never deleted, only withdrawn.</summary>
/// <param name="Date">The business date.</param>
/// <param name="Check">The check.</param>
/// <param name="Key">The tag or crowd; empty for every series of the check.</param>
/// <param name="Accepts">True: later days are compared with it although it failed. False: they are not although it passed.</param>
/// <param name="By">Who decided.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When, UTC.</param>
public sealed record DayDecision(DateOnly Date, string Check, string Key, bool Accepts, string By, string Why, DateTimeOffset At)
{
    /// <summary>When it was withdrawn; null while it holds.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    public string? WithdrawnBy { get; init; }

    public bool HoldsAt(DateTimeOffset instant) => At <= instant && !(WithdrawnAt <= instant);

    public bool Concerns(SeriesId series) => series.Check == Check && (Key.Length == 0 || series.Key == Key);
}

/// <summary>What people had decided about days at one instant.</summary>
/// <param name="decisions">The decisions, in the order they were made.</param>
/// <param name="knownAt">What was decided or withdrawn later is not known.</param>
public sealed class DayDecisions(IEnumerable<DayDecision> decisions, DateTimeOffset knownAt)
{
    readonly ILookup<DateOnly, DayDecision> _byDate = decisions.Where(decision => decision.HoldsAt(knownAt)).ToLookup(decision => decision.Date);

    /// <summary>The state of a stored day: the newest decision that concerns it, else what its own check said.</summary>
    public DayState StateOf(SeriesId series, DateOnly date, bool passed)
    {
        if (_byDate.Count > 0 && _byDate[date].LastOrDefault(decision => decision.Concerns(series)) is { } decided)
            return !decided.Accepts ? DayState.Rejected : passed ? DayState.Accepted : DayState.Confirmed;
        return passed ? DayState.Accepted : DayState.Quarantined;
    }
}
