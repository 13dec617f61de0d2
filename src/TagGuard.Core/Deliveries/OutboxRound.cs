using TagGuard.Storage;

namespace TagGuard.Deliveries;

/// <summary>
/// Delivers what is due, one recipient after the other. A message is noted as being sent before it is, and what became of it behind that: whatever
/// ends the process in between, the next one tries again, with the same identity and the same bytes.
/// </summary>
/// <param name="outbox">The messages.</param>
/// <param name="plan">The plan's name.</param>
/// <param name="holder">This process.</param>
/// <param name="lineOf">What hands over the messages of a channel; null where the plan has no such channel any more, and they wait.</param>
/// <param name="write">Writes a message that was only ordered so far.</param>
public sealed class OutboxRound(
    IOutbox outbox,
    string plan,
    Holder holder,
    Func<OutboxChannel, IMessageLine?> lineOf,
    Func<OutboxRow, CancellationToken, Task<WrittenMessage>> write)
{
    /// <summary>After how long another machine takes this process for dead. Default 5 minutes.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Who is told of a message that is dead; null for nobody.</summary>
    public Func<OutboxRow, OutboxOrder?> DeadLetter { get; init; } = _ => null;

    /// <summary>What an answer is stored and shown as: without secrets.</summary>
    public Func<string, string> Shown { get; init; } = answer => answer;

    /// <summary>From 0 to 1, how much shorter a delay is made.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;

    /// <param name="isAskedFor">Only these messages; null for all that are due.</param>
    /// <param name="cancellationToken">Gives up; what was delivered is noted.</param>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    public async Task<IReadOnlyList<OutboxResult>> DeliverAsync(Func<OutboxRow, bool>? isAskedFor, CancellationToken cancellationToken)
    {
        var results = new List<OutboxResult>();
        var usable = Enum.GetValues<OutboxChannel>().Where(channel => lineOf(channel) is not null).ToHashSet();
        while (!cancellationToken.IsCancellationRequested && await outbox.ClaimAsync(plan, holder, Lease, IsWanted, cancellationToken) is { } claim)
        {
            var (outcome, isUsable) = await OutcomeAsync(claim, cancellationToken);
            if (!isUsable)
                usable.Remove(claim.Row.Channel);
            if (outcome is null)
                continue;
            await outbox.SettleAsync(plan, claim, outcome, CancellationToken.None);
            results.Add(new OutboxResult(claim.Row, outcome));
        }
        return results;

        bool IsWanted(OutboxRow row) => usable.Contains(row.Channel) && isAskedFor?.Invoke(row) != false;
    }

    /// <summary>Writes and sends a message; null when it is not to be sent now. With a server that cannot be used its channel is over for
    /// this round: the others would only wait for it, too.</summary>
    async Task<(OutboxOutcome? Outcome, bool IsUsable)> OutcomeAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            var kept = claim is { Content: not null, Row.Told: not null } ? claim : await KeepAsync(claim, cancellationToken);
            if (kept is null)
                return (null, true);
            var receipt = await lineOf(claim.Row.Channel)!.SendAsync(kept.Content!.Value, kept.Row.To, cancellationToken);
            return (
                receipt.Refusal is { } refusal
                    ? Refused(claim.Row, refusal, receipt.IsFinal) with { IsDoubtful = receipt.IsDoubtful }
                    : new OutboxOutcome(OutboxState.Delivered, "", default),
                true);
        }
        catch (MailException fault)
        {
            return (Refused(claim.Row, fault.Message, isFinal: false) with { IsDoubtful = fault.IsDoubtful }, false);
        }
        catch (Exception fault) when (fault is not (StoreException or OperationCanceledException))
        {
            // A message that cannot be written keeps no other from being delivered.
            return (Refused(claim.Row, $"It could not be written: {fault.GetType().Name}: {fault.Message}", isFinal: false), true);
        }
    }

    async Task<OutboxClaim?> KeepAsync(OutboxClaim claim, CancellationToken cancellationToken)
    {
        var written = claim.Content is { } known ? new WrittenMessage("", known) : await write(claim.Row, cancellationToken);
        return await outbox.KeepAsync(plan, claim, written, cancellationToken);
    }

    OutboxOutcome Refused(OutboxRow row, string answer, bool isFinal) =>
        isFinal || row.Attempts >= OutboxDelay.MostAttempts
            ? new OutboxOutcome(OutboxState.Dead, Shown(answer), default) { DeadLetter = row.Kind == OutboxKind.DeadLetter ? null : DeadLetter(row) }
            : new OutboxOutcome(OutboxState.Waiting, Shown(answer), OutboxDelay.After(row.Attempts, Chance()));
}
