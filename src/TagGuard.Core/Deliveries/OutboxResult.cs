using TagGuard.Storage;

namespace TagGuard.Deliveries;

/// <summary>What became of a message to one recipient.</summary>
/// <param name="Row">The message.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record OutboxResult(OutboxRow Row, OutboxOutcome Outcome)
{
    public bool IsDelivered => Outcome.State == OutboxState.Delivered;
}
