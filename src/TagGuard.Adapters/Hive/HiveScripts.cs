using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.Hive;

/// <summary>Runs statements of the program's own, of any kind: what a source refuses. No text of a plan comes here.</summary>
public static class HiveScripts
{
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
        try
        {
            await using var session = await HiveSession.OpenAsync(plan, new HiveLine(plan, folder, clock), clock, cancellationToken);
            foreach (var statement in statements)
                await session.ExecuteAsync(statement);
        }
        catch (SqlFault fault)
        {
            throw new SourceException(name, plan.Address, fault.Message, fault.Asked ?? "", fault);
        }
    }
}
