using System.Runtime.CompilerServices;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.Hive;

/// <summary>A server that speaks HiveServer2's protocol. Every question has a session of its own.</summary>
sealed class HiveWire(HiveConnectionPlan plan, string folder, TimeProvider clock) : IKeyedWire<HiveSession>
{
    public KeyedDialect Dialect => HiveKeyedDialect.Instance;

    SqlDialect ISqlWire<HiveSession>.Dialect => Dialect;

    public string Address => plan.Address;

    public async Task<T> AskAsync<T>(IEnumerable<TablePart> parts, Func<HiveSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var session = await HiveSession.OpenAsync(plan, new HiveLine(plan, folder, clock), clock, cancellationToken);
        return await ask(session);
    }

    public async IAsyncEnumerable<KeyedRow> StreamAsync(BoundSql sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await HiveSession.OpenAsync(plan, new HiveLine(plan, folder, clock), clock, cancellationToken);
        await foreach (var row in session.RowsAsync(sql))
            yield return row;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
