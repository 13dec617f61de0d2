using TagGuard.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>Holds a date, with a sign of life now and then, until it is disposed.</summary>
sealed class SqliteRunLease : IRunLease
{
    readonly SqliteRunStore _store;
    readonly ITimer _heartbeat;

    public SqliteRunLease(SqliteRunStore store, long runId, int attempt, TimeProvider clock)
    {
        _store = store;
        RunId = runId;
        Attempt = attempt;
        _heartbeat = clock.CreateTimer(_ => Quietly(() => _store.Renew(RunId)), null, SqliteLocks.Heartbeat, SqliteLocks.Heartbeat);
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
