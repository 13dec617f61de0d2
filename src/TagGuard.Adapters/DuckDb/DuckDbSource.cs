using System.Globalization;
using System.Runtime.CompilerServices;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>A warehouse read by the embedded DuckDB: a folder in Hive layout, Parquet and CSV files, or a .duckdb file (opened read-only).</summary>
sealed class DuckDbSource(string name, string path, DuckDbConnectionPlan plan) : ICountSource, IVolumeSource, IRowsSource, IKeyedSource
{
    // One question at a time: DuckDB already uses every core for one.
    readonly SemaphoreSlim _turn = new(1);
    readonly HiveFolder _folder = new(path);
    DuckDbDatabase? _database;

    public string Name => name;

    bool IsFile => File.Exists(path) || Path.GetExtension(path) is ".duckdb" or ".db";

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => AskAsync("", database =>
    {
        if (!IsFile && !Directory.Exists(path))
            throw new DataAbsentException("There is no such folder. Check `path`.");
        using var statement = database.Prepare("select version()");
        using var result = statement.Execute(cancellationToken);
        using var chunk = result.Next()!;
        var version = chunk.Column(0).String(0);
        return IsFile ? $"DuckDB {version}, file" : $"DuckDB {version}, folder with {Directory.EnumerateDirectories(path, "*.db").Count()} databases";
    }, cancellationToken);

    public Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken) => AskAsync(part.ToString(), database =>
    {
        if (FromOf(part) is not { } from)
            return new Counted(0, part + ": the partition has no files");
        var sql = $"select count(*) from {from}";
        using var statement = database.Prepare(sql);
        Bind(statement, part);
        using var result = statement.Execute(cancellationToken);
        using var chunk = result.Next()!;
        return new Counted((long)chunk.Column(0).Value(result.Columns[0], 0)!, sql + ParametersOf(part));
    }, cancellationToken);

    public Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken) => AskAsync(sql, database =>
    {
        // DuckDB names parameters $date; its own @ is the absolute value, so only the two known names are taken.
        var asked = UserSql.WithParameters(sql, "$");
        foreach (var view in IsFile ? [] : _folder.ViewsFor(sql))
            database.Execute(view, cancellationToken);
        using var statement = database.Prepare(asked);
        var bound = statement.TryBind("date", date) ? $"  -- date = {date:yyyy-MM-dd}" : "";
        bound += statement.TryBind("yesterday", date.AddDays(-1)) ? $"  -- yesterday = {date.AddDays(-1):yyyy-MM-dd}" : "";
        using var result = statement.Execute(cancellationToken);
        var rows = 0L;
        object? first = null;
        while (result.Next() is { } chunk)
        {
            using (chunk)
            {
                if (rows == 0 && chunk.Rows > 0)
                    first = chunk.Column(0).Value(result.Columns[0], 0);
                rows += chunk.Rows;
            }
        }
        return new RowsAnswer(rows, first, asked + bound);
    }, cancellationToken);

    public Task<Volumes> CountVolumesAsync(VolumeQuery query, IProgress<long>? progress, CancellationToken cancellationToken) =>
        AskAsync(query.Part.ToString(), database => new VolumeScan(database, query, FromOf, Bind).Run(progress, cancellationToken), cancellationToken);

    public Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken) => AskAsync(part.Part.ToString(), database =>
    {
        var all = new Bucket[buckets];
        if (KeysOf(database, part) is not { } keys)
            return new Buckets(all, part.Part + ": the partition has no files");
        var sql = keys.Buckets(buckets);
        using var statement = database.Prepare(sql);
        Bind(statement, part.Part);
        using var result = statement.Execute(cancellationToken);
        while (result.Next() is { } chunk)
        {
            using (chunk)
                AddTo(all, chunk);
        }
        return new Buckets(all, sql + ParametersOf(part.Part));
    }, cancellationToken);

    public Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken) => AskAsync(part.Part.ToString(), database =>
    {
        if (KeysOf(database, part) is not { } keys)
            return new KeyedRows(AsyncEnumerable.Empty<KeyedRow>(), part.Part + ": the partition has no files");
        var sql = keys.Rows(choice);
        return new KeyedRows(StreamAsync(sql, part.Part, CancellationToken.None), sql + ParametersOf(part.Part));
    }, cancellationToken);

    /// <summary>Streams rows from a database of its own: both sides of a comparison may be here, and are read side by side.</summary>
    async IAsyncEnumerable<KeyedRow> StreamAsync(string sql, TablePart part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = await CaughtAsync(sql, () => new DuckDbStream(OpenKeyed(), sql, statement => Bind(statement, part), cancellationToken), cancellationToken);
        while (await CaughtAsync(sql, stream.Next, cancellationToken) is { } rows)
        {
            foreach (var row in rows)
                yield return row;
        }
    }

    /// <summary>Null for a partition without files.</summary>
    DuckDbKeys? KeysOf(DuckDbDatabase database, KeyedPart part)
    {
        if (FromOf(part.Part) is not { } from)
            return null;
        using var statement = database.Prepare($"select {string.Join(", ", DuckDbKeys.Fields(part).Select(DuckDbKeys.Raw))} from {from} limit 0");
        Bind(statement, part.Part);
        using var result = statement.Execute(CancellationToken.None);
        return new DuckDbKeys(part, from, result.Columns);
    }

    static unsafe void AddTo(Bucket[] all, DuckDbChunk chunk)
    {
        var (buckets, rows) = ((nint)chunk.Column(0).Values<ulong>(), (nint)chunk.Column(1).Values<long>());
        for (var i = 0; i < chunk.Rows; i++)
            all[((ulong*)buckets)[i]] = new Bucket(((long*)rows)[i], UInt128.Parse(chunk.Column(2).String(i), CultureInfo.InvariantCulture));
    }

    /// <summary>What stands behind FROM for a part of a table; null for a partition that is there and has no files.</summary>
    string? FromOf(TablePart part)
    {
        var where = part.Where is null ? [] : new List<string> { $"({part.Where})" };
        string table;
        if (IsFile)
        {
            table = Sql.Name(part.Table);
            if (part.Partition is not null)
                where.Insert(0, $"{Sql.Column(part.Partition)} = $partition_value");
        }
        else
        {
            var files = _folder.FilesOf(part);
            if (files.Count == 0)
                return null;
            table = HiveFolder.Reader(files);
        }
        return where.Count == 0 ? table : $"{table} where {string.Join(" and ", where)}";
    }

    void Bind(DuckDbStatement statement, TablePart part)
    {
        if (IsFile && part.Value is not null)
            statement.TryBind("partition_value", part.Value);
    }

    string ParametersOf(TablePart part) => IsFile && part.Value is not null ? $"  -- partition_value = {part.Value}" : "";

    /// <summary>Asks on a thread of the pool, one question at a time.</summary>
    async Task<T> AskAsync<T>(string asked, Func<DuckDbDatabase, T> ask, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await CaughtAsync(asked, () => ask(_database ??= OpenKeyed()), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>On a thread of the pool, for DuckDB's calls block; every failure becomes a <see cref="SourceException"/>.</summary>
    async Task<T> CaughtAsync<T>(string asked, Func<T> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(ask, cancellationToken);
        }
        catch (DuckDbException fault)
        {
            throw new SourceException(name, path, fault.Message, fault.Sql.Length > 0 ? fault.Sql : asked, fault) { IsAbsent = fault.Message.StartsWith("Catalog Error: Table", StringComparison.Ordinal) };
        }
        catch (DataAbsentException fault)
        {
            throw new SourceException(name, path, fault.Message, asked, fault) { IsAbsent = true };
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or DllNotFoundException)
        {
            throw new SourceException(name, path, fault.Message, asked, fault);
        }
    }

    DuckDbDatabase OpenKeyed()
    {
        var database = Open();
        DuckDbKeys.Register(database);
        return database;
    }

    DuckDbDatabase Open()
    {
        if (IsFile && !File.Exists(path))
            throw new DataAbsentException("There is no such file. Check `path`.");
        var options = new Dictionary<string, string>
        {
            ["memory_limit"] = plan.MemoryLimit,
            ["threads"] = (plan.Threads ?? Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture),
            ["autoinstall_known_extensions"] = "false",
            ["temp_directory"] = Path.Combine(Path.GetTempPath(), $"tagguard-duckdb-{Environment.ProcessId}"),
        };
        if (IsFile)
            options["access_mode"] = "READ_ONLY";
        return new DuckDbDatabase(IsFile ? path : null, options);
    }

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }
}
