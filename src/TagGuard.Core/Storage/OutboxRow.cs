namespace TagGuard.Storage;

/// <summary>A message to one recipient, as it is stored.</summary>
public sealed record OutboxRow
{
    /// <summary>Its number in the store.</summary>
    public required long Id { get; init; }

    /// <summary>The business date that it is about.</summary>
    public required DateOnly Date { get; init; }

    public required OutboxKind Kind { get; init; }

    /// <summary>The run whose report it is, 0 where a person asked for it; of a dead letter the <see cref="Id"/> of that.</summary>
    public required long About { get; init; }

    public OutboxChannel Channel { get; init; } = OutboxChannel.Mail;

    public required string To { get; init; }

    /// <summary>Its identity without angle brackets, the same on each attempt.</summary>
    public required string MessageId { get; init; }

    /// <summary>A hash of what it tells; null until it is written.</summary>
    public string? Told { get; init; }

    public required OutboxState State { get; init; }

    /// <summary>How often it was begun to be sent.</summary>
    public required int Attempts { get; init; }

    /// <summary>How often a process ended, or the server broke off, while it was sent: it may have arrived, and is sent again with the same
    /// identity.</summary>
    public required int Doubts { get; init; }

    /// <summary>When it may be tried again, UTC.</summary>
    public required DateTimeOffset NextAttempt { get; init; }

    /// <summary>What was answered last, or why it was dropped; empty before.</summary>
    public required string Answer { get; init; }

    /// <summary>When it was ordered, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it was delivered, given up or dropped, UTC; null before.</summary>
    public DateTimeOffset? Ended { get; init; }
}
