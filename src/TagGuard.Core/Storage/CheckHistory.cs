namespace TagGuard.Storage;

/// <summary>How much is stored of a check.</summary>
/// <param name="Check">Its name.</param>
/// <param name="From">The first business date with a number.</param>
/// <param name="To">The last.</param>
/// <param name="Days">How many have one.</param>
/// <param name="Accepted">How many of them later days are compared with: those whose totals did not fail, or that a person accepted.</param>
public sealed record CheckHistory(string Check, DateOnly From, DateOnly To, int Days, int Accepted);
