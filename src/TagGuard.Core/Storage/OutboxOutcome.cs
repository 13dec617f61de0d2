namespace TagGuard.Storage;

/// <summary>What became of an attempt to deliver a message.</summary>
/// <param name="State">Delivered, Dead, or Waiting for another attempt.</param>
/// <param name="Answer">What was answered; without secrets.</param>
/// <param name="Delay">How long it waits for the next attempt.</param>
public sealed record OutboxOutcome(OutboxState State, string Answer, TimeSpan Delay)
{
    /// <summary>Whether the server may have taken it all the same.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Who is told that it is dead; null for nobody.</summary>
    public OutboxOrder? DeadLetter { get; init; }
}
