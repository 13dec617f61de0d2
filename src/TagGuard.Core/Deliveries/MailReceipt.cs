namespace TagGuard.Deliveries;

/// <summary>What a mail server said of one recipient.</summary>
/// <param name="To">The recipient.</param>
/// <param name="Refusal">Why the mail was not taken for it; null when it was.</param>
public sealed record MailReceipt(string To, string? Refusal);
