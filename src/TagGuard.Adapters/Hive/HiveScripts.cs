using TagGuard.Adapters.Hive.Wire;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.Hive;

/// <summary>Runs statements of the program's own, of any kind: what a source refuses. No text of a plan comes here.</summary>
public static class HiveScripts
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs statements one after the other, in one session.</summary>
    /// <param name="plan">The server.</param>
    /// <param name="name">The connection's name, for messages.</param>
    /// <param name="folder">The folder of the plan, for relative paths.</param>
    /// <param name="statements">The statements.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">The server does not answer, or a statement failed; those behind it were not run.</exception>
    public static async Task RunAsync(
        HiveConnectionPlan plan, string name, string folder, IEnumerable<string> statements, TimeProvider clock, CancellationToken cancellationToken)
    {
        string? asked = null;
        try
        {
            var line = new HiveLine(plan, folder, clock);
            using var client = (await line.OpenAsync(cancellationToken)).Client;
            var session = await client.OpenSessionAsync(plan.User, line.Password, new Dictionary<string, string>(), cancellationToken);
            foreach (var statement in statements)
            {
                asked = statement;
                var operation = await client.ExecuteAsync(session, statement, plan.ReadTimeout, cancellationToken);
                var state = await client.StateAsync(operation, cancellationToken);
                for (; !state.IsOver; state = await client.StateAsync(operation, cancellationToken))
                    await Task.Delay(BetweenLooks, clock, cancellationToken);
                if (!state.IsFinished)
                    throw new HiveServerException(state.Message ?? "The statement was stopped on the server.", state.SqlState, isLost: false);
                await client.CloseOperationAsync(operation, cancellationToken);
            }
            await client.CloseSessionAsync(session, cancellationToken);
        }
        catch (Exception fault) when (HiveFault.Is(fault) || fault is SqlFault)
        {
            throw new SourceException(name, plan.Address, HiveFault.Of(fault, asked).Message, asked ?? "", fault);
        }
    }
}
