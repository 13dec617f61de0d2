using System.Runtime.CompilerServices;
using MySqlConnector;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.MySql;

/// <summary>MySQL or MariaDB over MySqlConnector. Every question has a connection of its own, which reads only, in UTC.</summary>
/// <param name="server">Where the server is.</param>
/// <param name="connect">Opens a connection, in UTC.</param>
sealed class MySqlWire(MySqlServer server, Func<CancellationToken, Task<MySqlConnection>> connect) : IKeyedWire<MySqlSession>
{
    public string Address => server.Address;

    public KeyedDialect Dialect => MySqlDialect.Instance;

    SqlDialect ISqlWire<MySqlSession>.Dialect => Dialect;

    public async Task<T> AskAsync<T>(IEnumerable<TablePart> parts, Func<MySqlSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var session = await MySqlSession.OpenAsync(server, connect, cancellationToken);
        return await ask(session);
    }

    public async IAsyncEnumerable<KeyedRow> StreamAsync(BoundSql sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await MySqlSession.OpenAsync(server, connect, cancellationToken);
        var reader = await session.ReadAsync(sql);
        while (await session.NextAsync(reader))
            yield return new KeyedRow(reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0), reader.GetUInt64(1));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
