using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>Holds a date, with a sign of life now and then, until it is disposed.</summary>
sealed class RunLease : IRunLease
{
    readonly SqlRunStore _store;
    readonly ITimer _heartbeat;

    public RunLease(SqlRunStore store, long runId, int attempt, TimeProvider clock)
    {
        _store = store;
        RunId = runId;
        Attempt = attempt;
        _heartbeat = clock.CreateTimer(_ => Quietly(() => _store.Renew(RunId)), null, DateLocks.Heartbeat, DateLocks.Heartbeat);
    }

    public long RunId { get; }

    public int Attempt { get; }

    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync();
        Quietly(() => _store.Release(RunId));
    }

    // A sign of life that fails is followed by another, and saving makes sure that the date is still held. A date that could not be given back
    // is free when this process ends; throwing here would hide why the run broke off.
    static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (StoreException)
        {
        }
    }
}
