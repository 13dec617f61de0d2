namespace TagGuard.Storage;

/// <summary>A message that this process sends, and nobody else meanwhile.</summary>
/// <param name="Row">The message, with this attempt.</param>
/// <param name="NewestRun">The run of its date that had begun last; 0 when none had.</param>
/// <param name="Content">The message as it is sent; null until it is written.</param>
public sealed record OutboxClaim(OutboxRow Row, long NewestRun, ReadOnlyMemory<byte>? Content);
