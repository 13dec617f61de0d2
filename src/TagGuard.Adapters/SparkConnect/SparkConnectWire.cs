using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>A Spark over Spark Connect. All questions share a session there, for a server keeps only so many;
/// each is an operation of its own.</summary>
/// <param name="line">The way to the server.</param>
sealed class SparkConnectWire(SparkLine line) : ISqlWire<SparkConnectSession>
{
    public SqlDialect Dialect => SparkConnectSession.Dialect;

    public string Address => line.Server.Address;

    public async Task<T> AskAsync<T>(IEnumerable<TablePart> parts, Func<SparkConnectSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = line.Session;
        try
        {
            return await ask(await SparkConnectSession.OpenAsync(line, session, cancellationToken));
        }
        catch (SqlFault fault) when (SparkFault.IsOfSession(fault))
        {
            line.Renew(session);
            throw;
        }
    }

    public ValueTask DisposeAsync() => line.DisposeAsync();
}
