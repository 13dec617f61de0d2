using System.Runtime.CompilerServices;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>A system that is asked in SQL, and hashes its rows where they lie.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="wire">How it is reached.</param>
class KeyedSqlSource<TSession>(string name, IKeyedWire<TSession> wire) : SqlSource<TSession>(name, wire), IKeyedSource
    where TSession : IKeyedSession
{
    public string Question(KeyedPart part, int buckets)
    {
        // Types are not looked at, so columns are taken for text.
        var fields = KeyedSql.Fields(part)
            .Select(field => SqlField.IsSql(field) ? OfSql(field) : new FieldText(wire.Dialect.Quoted(field), IsNullable: true));
        return new KeyedSql(wire.Dialect, wire.Planned(part.Part), [.. fields]).Buckets(buckets).Asked;
    }

    public Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken) =>
        AskAsync(Question(part, buckets), [part.Part], async session =>
        {
            var all = new Bucket[buckets];
            if (await session.FindAsync(part.Part) is not { } table)
                return new Buckets(all, WithoutFiles(part.Part));
            var sql = (await KeyedAsync(session, table, part)).Buckets(buckets);
            await session.ReadAsync(sql, all);
            if (all.All(bucket => bucket.Rows == 0))
                await NeedPartitionAsync(session, table);
            return new Buckets(all, sql.Asked);
        }, cancellationToken, KeyedSql.Fields(part));

    public Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken) =>
        AskAsync(Question(part, choice.Of), [part.Part], async session =>
        {
            if (await session.FindAsync(part.Part) is not { } table)
                return new KeyedRows(AsyncEnumerable.Empty<KeyedRow>(), WithoutFiles(part.Part));
            var sql = (await KeyedAsync(session, table, part)).RowsOf(choice);
            return new KeyedRows(StreamAsync(sql, CancellationToken.None), sql.Asked);
        }, cancellationToken, KeyedSql.Fields(part));

    async Task<KeyedSql> KeyedAsync(TSession session, TableSql table, KeyedPart part)
    {
        var fields = KeyedSql.Fields(part).ToList();
        var columns = await session.TextsAsync(table, [.. fields.Where(field => !SqlField.IsSql(field))]);
        var next = 0;
        return new KeyedSql(wire.Dialect, table, [.. fields.Select(field => SqlField.IsSql(field) ? OfSql(field) : columns[next++])]);
    }

    FieldText OfSql(string field) => new(wire.Dialect.Text(field), IsNullable: true);

    async IAsyncEnumerable<KeyedRow> StreamAsync(BoundSql sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = wire.StreamAsync(sql, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            var next = rows.MoveNextAsync();
            // Most rows have been read already: no task for each.
            if (next.IsCompletedSuccessfully ? !next.Result : !await NextAsync(next, sql))
                yield break;
            yield return rows.Current;
        }
    }

    async Task<bool> NextAsync(ValueTask<bool> next, BoundSql sql)
    {
        try
        {
            return await next;
        }
        catch (Exception fault) when (fault is SqlFault or InvalidDataException)
        {
            throw FaultOf(fault, sql.Asked);
        }
    }
}
