using DuckDB.NET.Native;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// All volumes of a tag partition in one scan: DuckDB reads on all its threads and calls <see cref="TakeLists"/> or <see cref="TakePairs"/> with each
/// chunk, which counts keys and users where they lie. Users are told apart by DuckDB's 64-bit hash of their id as text.
/// </summary>
/// <param name="database">Where it runs.</param>
/// <param name="query">What to count.</param>
/// <param name="tags">The partition with the tags; null when it has no files.</param>
/// <param name="active">The partition with the active users; null when it has no files, or is not asked for.</param>
sealed unsafe class VolumeScan(DuckDbDatabase database, VolumeQuery query, TableSql? tags, TableSql? active)
{
    /// <summary>Rows between asking memory for an active user's place and looking at it:
    /// long enough to fetch it, short enough to still have it.</summary>
    const int RowsAhead = 12;

    const int RowsBetweenReports = 1 << 18;
    static int _functions;
    HashSet64? _active;
    long _entries;
    long _reported;
    InvalidDataException? _tooMany;

    public Volumes Run(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var activeUsers = CountActive(cancellationToken);
        if (tags is null)
            return new Volumes(0, 0, 0, 0, 0, 0, activeUsers, [], query.Part + ": the partition has no files");

        var rows = VolumeRows.Of(query, tags.Rows, column => TypeOf(column, tags));
        var users = new HashSet64();
        using var threads = new ThreadLocal<VolumeCounts>(() => new VolumeCounts(rows.ArePairs ? users : null, query.Families), trackAllValues: true);
        if (rows.ArePairs)
        {
            RunOver(
                rows.Sql,
                tags,
                ["tagguard_hash", "tagguard_tag", "tagguard_rows"],
                [DuckDBType.UnsignedBigInt, DuckDBType.Varchar, DuckDBType.BigInt],
                chunk => TakePairs(chunk, threads.Value!, progress),
                cancellationToken);
        }
        else
        {
            RunOver(
                rows.Sql,
                tags,
                ["tagguard_hash", "tagguard_list"],
                [DuckDBType.UnsignedBigInt, DuckDBType.List],
                chunk => TakeLists(chunk, threads.Value!, progress),
                cancellationToken);
        }
        var volumes = VolumeCounts.Sum(
            [.. threads.Values],
            rows.ArePairs ? users : null,
            // Asked after the others, for both at once take twice the memory.
            rows.ArePairs ? new PairFamilies(database, query.Families).Count(rows.Pairs, tags, cancellationToken) : [],
            activeUsers,
            $"select … from {rows.Sql}",
            cancellationToken);
        return query.ValuesAtMost < volumes.Keys.Count ? throw TagColumn.TooMany(query, volumes.Keys.Select(key => key.Key)) : volumes;
    }

    /// <summary>What <see cref="Run"/> asks, user ids taken for text and tags for a map.</summary>
    public static string Question(VolumeQuery query, TableSql tags, TableSql? active)
    {
        var rows = tags.Bound($"select … from {VolumeRows.Of(query, tags.Rows, Assumed).Sql}").Asked;
        return active is null ? rows : active.Bound($"select … from {VolumeRows.OfActive(query.Active!, active.Rows, Assumed)}").Asked + "\n" + rows;

        string Assumed(string column) =>
            column == DuckDbDialect.Instance.Field(query.Tags) ? "MAP(VARCHAR, VARCHAR)"
            : column.StartsWith("map_", StringComparison.Ordinal) ? "VARCHAR[]"
            : "VARCHAR";
    }

    /// <summary>Reads the day's active users, and says how many different ones there are; null when not asked for.</summary>
    long? CountActive(CancellationToken cancellationToken)
    {
        if (query.Active is not { } asked)
            return null;
        _active = new HashSet64();
        using var threads = new ThreadLocal<HashBuffer>(() => new HashBuffer(_active), trackAllValues: true);
        // A partition without files has no active users: the tags' shares of them are then undefined.
        if (active is not null)
        {
            var rows = VolumeRows.OfActive(asked, active.Rows, column => TypeOf(column, active));
            RunOver(rows, active, ["tagguard_hash"], [DuckDBType.UnsignedBigInt], chunk => TakeActive(chunk, threads.Value!), cancellationToken);
        }
        foreach (var thread in threads.Values)
            thread.Flush();
        return _active.Count;
    }

    static void TakeActive(DuckDbChunk chunk, HashBuffer users)
    {
        foreach (var hash in new ReadOnlySpan<ulong>(chunk.Column(0).Values<ulong>(), chunk.Rows))
            users.Add(hash, false);
    }

    /// <summary>Has DuckDB call <paramref name="take"/> with the columns of these rows, on all its threads.</summary>
    void RunOver(string rows, TableSql table, string[] columns, DuckDBType[] types, Action<DuckDbChunk> take, CancellationToken cancellationToken)
    {
        // A function cannot be registered twice under one name, so each scan has its own.
        var function = $"tagguard_volume_{Interlocked.Increment(ref _functions)}";
        database.Register(new ChunkFunction(function, types, DuckDBType.BigInt, (chunk, _) => take(chunk)));
        using var statement = database.PrepareSelect(table.Bound($"select sum({function}({string.Join(", ", columns)})) from {rows}"));
        try
        {
            using var result = statement.Execute(cancellationToken);
            while (result.Next() is { } chunk)
                chunk.Dispose();
        }
        catch (DuckDbException) when (_tooMany is not null)
        {
            throw _tooMany;
        }
    }

    string TypeOf(string column, TableSql table)
    {
        using var statement = database.PrepareSelect(table.Bound($"select typeof((select {column} from {table.Rows} limit 0))"));
        using var result = statement.Execute(CancellationToken.None);
        using var chunk = result.Next()!;
        return chunk.Column(0).String(0);
    }

    void TakeLists(DuckDbChunk chunk, VolumeCounts counts, IProgress<long>? progress)
    {
        var users = chunk.Column(0);
        var hashes = users.Values<ulong>();
        var tags = chunk.Column(1);
        var entries = tags.Values<ListEntry>();
        var elements = tags.Elements();
        var texts = elements.Values<DuckDbString>();
        counts.Rows += chunk.Rows;
        for (var row = 0; row < chunk.Rows; row++)
        {
            if (_active is not null && row + RowsAhead < chunk.Rows)
                _active.Prefetch(hashes[row + RowsAhead]);
            if (users.IsNull(row))
            {
                counts.RowsWithoutUser++;
                continue;
            }
            counts.Entries++;
            var isNull = tags.IsNull(row);
            var entry = isNull ? default : entries[row];
            var isActive = IsActive(hashes[row]);
            var hasTags = false;
            for (var i = entry.Offset; i < entry.Offset + entry.Length; i++)
            {
                if (elements.IsNull(i))
                {
                    counts.NullTags++;
                    continue;
                }
                hasTags = true;
                counts.Keys.Add(texts + i, counts.Entries, isActive);
            }
            counts.Users.Add(hashes[row], hasTags);
            counts.WithoutTags += hasTags ? 0 : 1;
            counts.Empty += !isNull && !hasTags ? 1 : 0;
        }
        if (query.ValuesAtMost < counts.Keys.Count)
            throw _tooMany = TagColumn.TooMany(query, counts.Keys.Counts().Select(key => key.Key));
        Report(chunk.Rows, progress);
    }

    void TakePairs(DuckDbChunk chunk, VolumeCounts counts, IProgress<long>? progress)
    {
        var users = chunk.Column(0);
        var hashes = users.Values<ulong>();
        var tags = chunk.Column(1);
        var texts = tags.Values<DuckDbString>();
        var rows = chunk.Column(2).Values<long>();
        for (var row = 0; row < chunk.Rows; row++)
        {
            counts.Rows += rows[row];
            if (users.IsNull(row))
            {
                counts.RowsWithoutUser += rows[row];
                continue;
            }
            counts.Entries++;
            var hasTag = !tags.IsNull(row);
            counts.SharedUsers.Add(hashes[row], hasTag);
            if (hasTag)
            {
                counts.Keys.Add(texts + row, counts.Entries, IsActive(hashes[row]));
                counts.Repeats += rows[row] - 1;
            }
            else
            {
                counts.NullTags++;
            }
        }
        Report(chunk.Rows, progress);
    }

    uint IsActive(ulong hash) => _active is not null && _active.Contains(hash) ? 1u : 0u;

    void Report(int rows, IProgress<long>? progress)
    {
        var entries = Interlocked.Add(ref _entries, rows);
        if (progress is null || entries - Interlocked.Read(ref _reported) < RowsBetweenReports)
            return;
        Interlocked.Exchange(ref _reported, entries);
        progress.Report(entries);
    }
}
