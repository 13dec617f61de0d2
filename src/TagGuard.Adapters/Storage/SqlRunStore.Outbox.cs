using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

public abstract partial class SqlRunStore
{
    public Task<bool> OrderAsync(string plan, DateOnly date, IReadOnlyList<OutboxOrder> orders, CancellationToken cancellationToken) =>
        WriteAsync(session => OutboxRows.OrderAlone(session, (plan, date), orders), cancellationToken);

    public Task<OutboxClaim?> ClaimAsync(
        string plan, Holder holder, TimeSpan lease, Func<OutboxRow, bool> isWanted, CancellationToken cancellationToken) =>
        WriteAsync(session => new OutboxClaims(session, plan).Take(holder, lease, isWanted), cancellationToken);

    public Task<OutboxClaim?> KeepAsync(string plan, OutboxClaim claim, WrittenMessage written, CancellationToken cancellationToken) =>
        WriteAsync(session => new OutboxClaims(session, plan).Keep(claim, written), cancellationToken);

    public Task SettleAsync(string plan, OutboxClaim claim, OutboxOutcome outcome, CancellationToken cancellationToken) =>
        WriteAsync(session => new OutboxClaims(session, plan).Settle(claim, outcome), cancellationToken);

    public Task<IReadOnlyList<OutboxRow>> OutboxAsync(string plan, DateTimeOffset since, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OutboxRow>>(
            session => [.. OutboxRows.Open(session, plan), .. OutboxRows.DeadSince(session, plan, since)], cancellationToken);

    public Task<OutboxRow?> OutboxRowAsync(long id, CancellationToken cancellationToken) =>
        ReadAsync(session => OutboxRows.Find(session, id), cancellationToken);
}
