namespace TagGuard.Deliveries;

/// <summary>What was said of a message to one recipient.</summary>
/// <param name="To">The recipient.</param>
/// <param name="Refusal">Why the message was not taken for it; null when it was.</param>
/// <param name="IsFinal">Whether it will never be taken (RFC 5321: 5yz), so that nobody needs to try again.</param>
/// <param name="IsDoubtful">Whether it may have been taken all the same.</param>
public sealed record Receipt(string To, string? Refusal, bool IsFinal = false, bool IsDoubtful = false);
