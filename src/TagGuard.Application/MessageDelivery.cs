using TagGuard.Deliveries;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>Mails, delivered when the run has ended: its own report, and what earlier processes left.</summary>
sealed class MailDelivery(PlanSession session) : IDelivery
{
    public string Name => "The mail";

    /// <summary>What was delivered, and what was not.</summary>
    public IReadOnlyList<OutboxResult> Results { get; private set; } = [];

    public async Task RunEndedAsync(DateOnly date, IReadOnlyList<StageResult> stages, CancellationToken cancellationToken)
    {
        Results = await MailPost.DeliverAsync(session, messageId: null, cancellationToken);
        if (Results.Where(result => !result.IsDelivered).ToList() is not { Count: > 0 } failed)
            return;
        var names = string.Join(", ", failed.Select(result => result.Row.To).Distinct());
        throw new MailException(
            $"{names}: {failed[0].Outcome.Answer} `tagguard outbox` shows what waits; each later run, and `tagguard outbox --send`, tries again.");
    }
}
