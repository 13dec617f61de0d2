namespace TagGuard.Gates;

/// <summary>A person's decision to open a closed gate. It stays stored for ever, and is always shown as what it is.</summary>
public sealed record Override(string By, string Why, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Whether it opens the gate now. One that was given later than now was given by a wrong clock, and opens nothing yet.</summary>
    public bool IsInForceAt(DateTimeOffset now) => Until > now && Since - now <= Gatekeeper.ClockDifference;
}
