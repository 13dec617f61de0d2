using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Sources;

namespace TagGuard.Adapters.Hive;

/// <summary>A server that speaks HiveServer2's protocol. Every question has a session of its own.</summary>
sealed class HiveWire(HiveConnectionPlan plan, string folder, TimeProvider clock) : ISqlWire<HiveSession>
{
    public SqlDialect Dialect => HiveDialect.Instance;

    public string Address => plan.Address;

    public async Task<T> AskAsync<T>(IEnumerable<TablePart> parts, Func<HiveSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var session = await HiveSession.OpenAsync(plan, new HiveLine(plan, folder, clock), clock, cancellationToken);
        return await ask(session);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
