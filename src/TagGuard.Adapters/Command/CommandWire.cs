using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Sources;

namespace TagGuard.Adapters.Command;

/// <summary>A client that is started for each statement.</summary>
sealed class CommandWire(CommandConnectionPlan plan, ClientProcess client) : ISqlWire<CommandSession>
{
    public SqlDialect Dialect => HiveDialect.Instance;

    public string Address => plan.Command[0];

    public Task<T> AskAsync<T>(IEnumerable<TablePart> parts, Func<CommandSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ask(new CommandSession(plan, client, cancellationToken));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
