using DuckDB.NET.Native;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// All volumes of a tag partition in one scan: DuckDB reads on all its threads and calls <see cref="Take"/> with each chunk, which counts keys and
/// users where they lie. Users are told apart by DuckDB's 64-bit hash of their id as text.
/// </summary>
/// <param name="database">Where it runs.</param>
/// <param name="query">What to count.</param>
/// <param name="from">What stands behind FROM for a part of a table; null when it has no files.</param>
/// <param name="bind">Binds a part's values.</param>
sealed unsafe class VolumeScan(DuckDbDatabase database, VolumeQuery query, Func<TablePart, string?> from, Action<DuckDbStatement, TablePart> bind)
{
    /// <summary>Rows between asking memory for an active user's place and looking at it: long enough to fetch it, short enough to still have it.</summary>
    const int RowsAhead = 12;

    const int RowsBetweenReports = 1 << 18;
    static int _functions;
    HashSet64? _active;
    long _entries;
    long _reported;

    /// <summary>What one thread counted.</summary>
    sealed class Counts
    {
        public readonly KeyCounter Keys = new();
        public readonly HashParts Users = new();
        public long Entries;
        public long Rows;
        public long WithoutTags;
        public long Empty;
        public long Repeats;
    }

    public Volumes Run(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var active = CountActive(cancellationToken);
        if (from(query.Part) is not { } source)
            return new Volumes(0, 0, 0, 0, 0, 0, active, [], query.Part + ": the partition has no files");

        using var threads = new ThreadLocal<Counts>(() => new Counts(), trackAllValues: true);
        var rows = RowsOf(query, source, TypeOfTags(source));
        RunOver(
            rows, query.Part, ["tagguard_hash", "tagguard_list", "tagguard_rows", "tagguard_repeats"],
            [DuckDBType.UnsignedBigInt, DuckDBType.List, DuckDBType.BigInt, DuckDBType.BigInt], chunk => Take(chunk, threads.Value!, progress), cancellationToken);
        return Sum([.. threads.Values], active, rows, cancellationToken);
    }

    /// <summary>What <see cref="Run"/> asks, the tags taken for a map.</summary>
    public static string Question(VolumeQuery query, Func<TablePart, string> from)
    {
        var tags = $"select … from {RowsOf(query, from(query.Part), DuckDBType.Map)}";
        return query.Active is null ? tags : $"select … from {ActiveRowsOf(query.Active, from(query.Active.Part))}\n{tags}";
    }

    static string ActiveRowsOf(ActiveQuery active, string source)
    {
        var user = Sql.Column(active.User);
        return $"(select hash(cast({user} as varchar)) as tagguard_hash from (select {user} from {source}) where {user} is not null)";
    }

    static Volumes Sum(IReadOnlyList<Counts> threads, long? active, string asked, CancellationToken cancellationToken)
    {
        var (users, tagged) = HashParts.Count([.. threads.Select(thread => thread.Users)], cancellationToken);
        var keys = threads.SelectMany(thread => thread.Keys.Counts())
            .GroupBy(key => key.Key, StringComparer.Ordinal)
            .Select(same => new KeyVolume(same.Key, same.Sum(key => key.Rows), active is null ? null : same.Sum(key => key.ActiveRows)))
            .OrderBy(key => key.Key, StringComparer.Ordinal)
            .ToList();
        // Rows of one (user, tag) each were put together by user before: what repeats there is the pair.
        var duplicates = threads.Sum(thread => thread.Repeats) + threads.Sum(thread => thread.Entries) - users;
        return new Volumes(
            threads.Sum(thread => thread.Rows), users, tagged, threads.Sum(thread => thread.WithoutTags), threads.Sum(thread => thread.Empty),
            duplicates, active, keys, $"select … from {asked}");
    }

    /// <summary>Reads the day's active users, and says how many different ones there are; null when not asked for.</summary>
    long? CountActive(CancellationToken cancellationToken)
    {
        if (query.Active is null)
            return null;
        using var threads = new ThreadLocal<HashParts>(() => new HashParts(), trackAllValues: true);
        // A partition without files has no active users: the tags' shares of them are then undefined.
        if (from(query.Active.Part) is { } source)
        {
            RunOver(ActiveRowsOf(query.Active, source), query.Active.Part, ["tagguard_hash"], [DuckDBType.UnsignedBigInt], chunk => TakeActive(chunk, threads.Value!), cancellationToken);
        }
        _active = new HashSet64([.. threads.Values]);
        return _active.Count;
    }

    static void TakeActive(DuckDbChunk chunk, HashParts users)
    {
        foreach (var hash in new ReadOnlySpan<ulong>(chunk.Column(0).Values<ulong>(), chunk.Rows))
            users.Add(hash, false);
    }

    /// <summary>Has DuckDB call <paramref name="take"/> with the columns of these rows, on all its threads.</summary>
    void RunOver(string rows, TablePart part, string[] columns, DuckDBType[] types, Action<DuckDbChunk> take, CancellationToken cancellationToken)
    {
        // A function cannot be registered twice under one name, so each scan has its own.
        var function = $"tagguard_volume_{Interlocked.Increment(ref _functions)}";
        database.Register(new ChunkFunction(function, types, DuckDBType.BigInt, (chunk, _) => take(chunk)));
        using var statement = database.PrepareSelect($"select sum({function}({string.Join(", ", columns)})) from {rows}");
        bind(statement, part);
        using var result = statement.Execute(cancellationToken);
        while (result.Next() is { } chunk)
            chunk.Dispose();
    }

    /// <summary>Columns: hash of the user, tags as a list of texts, rows of the table behind it, and how many of these repeat a (user, tag) pair.</summary>
    static string RowsOf(VolumeQuery query, string source, DuckDBType tagType)
    {
        var user = Sql.Column(query.User);
        var tags = Sql.Column(query.Tags);
        var hash = $"hash(cast({user} as varchar)) as tagguard_hash";
        return tagType switch
        {
            DuckDBType.Map => $"(select {hash}, cast(map_keys({tags}) as varchar[]) as tagguard_list, 1::bigint as tagguard_rows, 0::bigint as tagguard_repeats from {source})",
            DuckDBType.List => $"(select {hash}, cast({tags} as varchar[]) as tagguard_list, 1::bigint as tagguard_rows, 0::bigint as tagguard_repeats from {source})",
            _ => $"(select {hash}, list(distinct cast({tags} as varchar)) as tagguard_list, count(*) as tagguard_rows, "
                + $"count({tags}) - count(distinct {tags}) as tagguard_repeats from {source} group by {user})",
        };
    }

    DuckDBType TypeOfTags(string source)
    {
        using var statement = database.PrepareSelect($"select {Sql.Column(query.Tags)} from {source} limit 0");
        bind(statement, query.Part);
        using var result = statement.Execute(CancellationToken.None);
        return result.Columns[0];
    }

    void Take(DuckDbChunk chunk, Counts counts, IProgress<long>? progress)
    {
        var hashes = chunk.Column(0).Values<ulong>();
        var tags = chunk.Column(1);
        var rows = chunk.Column(2).Values<long>();
        var repeats = chunk.Column(3).Values<long>();
        var entries = tags.Values<ListEntry>();
        var elements = tags.Elements();
        var texts = elements.Values<DuckDbString>();
        for (var row = 0; row < chunk.Rows; row++)
        {
            if (_active is not null && row + RowsAhead < chunk.Rows)
                _active.Prefetch(hashes[row + RowsAhead]);
            counts.Entries++;
            counts.Rows += rows[row];
            counts.Repeats += repeats[row];
            var isNull = tags.IsNull(row);
            var entry = isNull ? default : entries[row];
            var isActive = _active is not null && _active.Contains(hashes[row]) ? 1u : 0u;
            var hasTags = false;
            for (var i = entry.Offset; i < entry.Offset + entry.Length; i++)
            {
                if (elements.IsNull(i))
                    continue;
                hasTags = true;
                counts.Keys.Add(texts + i, (uint)counts.Entries, isActive);
            }
            counts.Users.Add(hashes[row], hasTags);
            counts.WithoutTags += hasTags ? 0 : 1;
            counts.Empty += !isNull && !hasTags ? 1 : 0;
        }
        Report(Interlocked.Add(ref _entries, chunk.Rows), progress);
    }

    void Report(long entries, IProgress<long>? progress)
    {
        if (progress is null || entries - Interlocked.Read(ref _reported) < RowsBetweenReports)
            return;
        Interlocked.Exchange(ref _reported, entries);
        progress.Report(entries);
    }
}
