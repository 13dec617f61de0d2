namespace TagGuard.Deliveries;

/// <summary>A delivery that failed.</summary>
/// <param name="What">What should have been delivered.</param>
/// <param name="Reason">Why it was not.</param>
public sealed record Undelivered(string What, string Reason);
