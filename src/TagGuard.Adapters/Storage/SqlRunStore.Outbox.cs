using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

public abstract partial class SqlRunStore
{
    public Task<bool> OrderAsync(string plan, DateOnly date, OutboxOrder order, CancellationToken cancellationToken) =>
        WriteAsync(session => OutboxRows.OrderAlone(session, (plan, date), order), cancellationToken);

    public Task<OutboxClaim?> ClaimAsync(
        string plan, Holder holder, TimeSpan lease, string? messageId, CancellationToken cancellationToken) =>
        WriteAsync(session => new OutboxClaims(session, plan).Take(holder, lease, messageId), cancellationToken);

    public Task<OutboxClaim?> KeepAsync(
        string plan, OutboxClaim claim, string told, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(session => new OutboxClaims(session, plan).Keep(claim, told, content), cancellationToken);

    public Task SettleAsync(string plan, OutboxClaim claim, OutboxOutcome outcome, CancellationToken cancellationToken) =>
        WriteAsync(session => new OutboxClaims(session, plan).Settle(claim, outcome), cancellationToken);

    public Task<IReadOnlyList<OutboxRow>> OutboxAsync(string plan, DateOnly since, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OutboxRow>>(
            session => [.. OutboxRows.Open(session, plan), .. OutboxRows.Dead(session, plan, since, DateOnly.MaxValue)], cancellationToken);

    public Task<OutboxRow?> OutboxRowAsync(long id, CancellationToken cancellationToken) =>
        ReadAsync(session => OutboxRows.Find(session, id), cancellationToken);
}
