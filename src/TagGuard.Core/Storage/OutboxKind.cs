namespace TagGuard.Storage;

/// <summary>What a message tells.</summary>
public enum OutboxKind
{
    /// <summary>The report of a date.</summary>
    Report,

    /// <summary>A run that has not happened.</summary>
    Silence,

    /// <summary>A message that could not be delivered.</summary>
    DeadLetter,
}
