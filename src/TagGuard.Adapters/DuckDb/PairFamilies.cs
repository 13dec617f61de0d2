using System.Collections.Concurrent;
using System.Text;
using DuckDB.NET.Native;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Facts;

namespace TagGuard.Adapters.DuckDb;

/// <summary>Counts the users of families where each row is one (user, tag): DuckDB puts the pairs of user and family together, and spills to disk
/// what does not fit.</summary>
/// <param name="database">Where it runs.</param>
/// <param name="families">How tags are put into families.</param>
sealed class PairFamilies(DuckDbDatabase database, TagFamilies families)
{
    static int _functions;

    readonly ConcurrentDictionary<string, ulong> _numbers = new(StringComparer.Ordinal);
    ulong _last;

    /// <param name="pairs">What stands behind FROM: `tagguard_hash` of a user, `tagguard_tag`.</param>
    /// <param name="table">What it binds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Different users by family, in no order.</returns>
    public IEnumerable<(string Family, long Users)> Count(string pairs, TableSql table, CancellationToken cancellationToken)
    {
        // A function cannot be registered twice under one name, so each scan has its own.
        var function = $"tagguard_family_{Interlocked.Increment(ref _functions)}";
        database.Register(new ChunkFunction(function, [DuckDBType.Varchar], DuckDBType.UnsignedBigInt, Take));
        using var statement = database.PrepareSelect(table.Bound(
            $"select family, count(*) from (select tagguard_hash, {function}(tagguard_tag) as family from {pairs} group by 1, 2) "
                + "where tagguard_hash is not null and family > 0 group by family"));
        using var result = statement.Execute(cancellationToken);
        var users = new Dictionary<ulong, long>();
        while (result.Next() is { } chunk)
        {
            using (chunk)
                AddTo(users, chunk);
        }
        return [.. _numbers.Where(family => users.ContainsKey(family.Value)).Select(family => (family.Key, users[family.Value]))];
    }

    static unsafe void AddTo(Dictionary<ulong, long> users, DuckDbChunk chunk)
    {
        var numbers = chunk.Column(0).Values<ulong>();
        var counts = chunk.Column(1).Values<long>();
        for (var row = 0; row < chunk.Rows; row++)
            users.Add(numbers[row], counts[row]);
    }

    /// <summary>The number of each tag's family: 0 for a tag without one.</summary>
    unsafe void Take(DuckDbChunk chunk, Span<ulong> results)
    {
        var tags = chunk.Column(0);
        var texts = tags.Values<DuckDbString>();
        for (var row = 0; row < chunk.Rows; row++)
        {
            if (!tags.IsNull(row) && families.Of(Encoding.UTF8.GetString(texts[row].Bytes)) is { Length: > 0 } family)
                results[row] = _numbers.GetOrAdd(family, _ => Interlocked.Increment(ref _last));
        }
    }
}
