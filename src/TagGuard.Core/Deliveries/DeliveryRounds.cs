using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Deliveries;

/// <summary>Makes every delivery of a run, one after the other; what one throws is told and noted, and the next is made.</summary>
/// <param name="deliveries">The deliveries.</param>
/// <param name="clock">The clock.</param>
/// <param name="abandon">Called when one is left behind that does not end.</param>
/// <param name="tell">Told what was not delivered.</param>
sealed class DeliveryRounds(IReadOnlyList<IDelivery> deliveries, TimeProvider clock, Action abandon, Action<Undelivered> tell)
{
    readonly List<Undelivered> _undelivered = [];

    /// <summary>What was not delivered so far.</summary>
    public IReadOnlyList<Undelivered> Undelivered => _undelivered;

    public Task RunBegunAsync(DateOnly date, CancellationToken cancellationToken) =>
        MakeAsync((delivery, token) => delivery.RunBegunAsync(date, token), cancellationToken);

    public Task StageSavedAsync(DateOnly date, StageResult stage, CancellationToken cancellationToken) =>
        MakeAsync((delivery, token) => delivery.StageSavedAsync(date, stage, token), cancellationToken);

    public Task RunEndedAsync(DateOnly date, IReadOnlyList<StageResult> stages, CancellationToken cancellationToken) =>
        MakeAsync((delivery, token) => delivery.RunEndedAsync(date, stages, token), cancellationToken);

    async Task MakeAsync(Func<IDelivery, CancellationToken, Task> make, CancellationToken cancellationToken)
    {
        foreach (var delivery in deliveries)
        {
            if (await FaultOfAsync(delivery, make, cancellationToken) is not { } reason)
                continue;
            _undelivered.Add(new Undelivered(delivery.Name, reason));
            tell(_undelivered[^1]);
        }
    }

    /// <summary>Makes a delivery; null when it is made, else why it is not.</summary>
    async Task<string?> FaultOfAsync(IDelivery delivery, Func<IDelivery, CancellationToken, Task> make, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(delivery.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await Bounded.AskAsync(
                async token =>
                {
                    await make(delivery, token);
                    return (string?)null;
                },
                abandon,
                clock,
                either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return $"It did not end within {delivery.Timeout}.";
        }
        catch (Exception fault) when (!(fault is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return ReasonOf(fault);
        }
    }

    /// <summary>A fault of the world has a message for people; any other is a bug, whose type helps to find it.</summary>
    static string ReasonOf(Exception fault) =>
        fault is IOException or UnauthorizedAccessException or StoreException or SourceException or MailException
            ? fault.Message
            : $"{fault.GetType().Name}: {fault.Message}";
}
