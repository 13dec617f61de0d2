namespace TagGuard.Storage;

/// <summary>The messages that people are to get. Each is written in the transaction of what it tells, and delivered afterwards.</summary>
/// <remarks>Throws <see cref="StoreException"/> as <see cref="IRunStore"/> does.</remarks>
public interface IOutbox
{
    /// <summary>Orders messages that tell one thing. A <see cref="OutboxKind.Silence"/> is ordered once a date: false when it was before.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="date">The business date that it is about.</param>
    /// <param name="orders">The messages, one a channel.</param>
    /// <param name="cancellationToken">Not looked at once the change has begun.</param>
    Task<bool> OrderAsync(string plan, DateOnly date, IReadOnlyList<OutboxOrder> orders, CancellationToken cancellationToken);

    /// <summary>Takes a message that is due: one that waits and whose time has come, or whose process ended while it sent it. A report is not due
    /// while a run holds its date: it would tell of half a run.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="holder">Who takes it.</param>
    /// <param name="lease">After how long another machine may take it; this one first looks whether the process lives.</param>
    /// <param name="isWanted">Which messages are asked for.</param>
    /// <param name="cancellationToken">Not looked at once the change has begun.</param>
    /// <returns>Null when none is due.</returns>
    Task<OutboxClaim?> ClaimAsync(string plan, Holder holder, TimeSpan lease, Func<OutboxRow, bool> isWanted, CancellationToken cancellationToken);

    /// <summary>Keeps what a message tells and how, so that each attempt and each recipient has the same bytes. Where another process was quicker,
    /// its words hold.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="claim">The message.</param>
    /// <param name="written">What it tells.</param>
    /// <param name="cancellationToken">Not looked at once the change has begun.</param>
    /// <returns>Null when it is not to be sent now: a run began meanwhile, its recipient was told the same already, or it is no news.</returns>
    Task<OutboxClaim?> KeepAsync(string plan, OutboxClaim claim, WrittenMessage written, CancellationToken cancellationToken);

    /// <summary>Notes what became of it.</summary>
    Task SettleAsync(string plan, OutboxClaim claim, OutboxOutcome outcome, CancellationToken cancellationToken);

    /// <summary>The messages that somebody waits for, and those that nobody will get, given up of late.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="since">Since when dead ones were given up, UTC.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<IReadOnlyList<OutboxRow>> OutboxAsync(string plan, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>A message to one recipient; null when it is not there any more.</summary>
    Task<OutboxRow?> OutboxRowAsync(long id, CancellationToken cancellationToken);
}
