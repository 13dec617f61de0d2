namespace TagGuard.Deliveries;

/// <summary>What a mail server said of one recipient.</summary>
/// <param name="To">The recipient.</param>
/// <param name="Refusal">Why the mail was not taken for it; null when it was.</param>
/// <param name="IsFinal">Whether it will never be taken (RFC 5321: 5yz), so that nobody needs to try again.</param>
public sealed record MailReceipt(string To, string? Refusal, bool IsFinal = false);
