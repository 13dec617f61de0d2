using TagGuard.Deliveries;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>Mails and messages to webhooks, delivered when the run has ended: its own report, and what earlier processes left.</summary>
sealed class MessageDelivery(PlanSession session) : IDelivery
{
    public string Name => "The report's messages";

    /// <summary>What was delivered, and what was not.</summary>
    public IReadOnlyList<OutboxResult> Results { get; private set; } = [];

    public async Task RunEndedAsync(DateOnly date, IReadOnlyList<StageResult> stages, CancellationToken cancellationToken)
    {
        Results = await OutboxPost.DeliverAsync(session, isWanted: null, cancellationToken);
        if (Results.Where(result => !result.IsDelivered).ToList() is not { Count: > 0 } failed)
            return;
        var answers = failed.GroupBy(result => result.Outcome.Answer, result => result.Row.To)
            .Select(same => $"{string.Join(", ", same.Distinct())}: {same.Key}");
        throw new MailException(
            $"{string.Join("; ", answers)} `tagguard outbox` shows what waits; each later run, and `tagguard outbox --send`, tries again.");
    }
}
