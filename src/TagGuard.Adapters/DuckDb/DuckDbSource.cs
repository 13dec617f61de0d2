using System.Globalization;
using System.Runtime.CompilerServices;
using DuckDB.NET.Native;
using TagGuard.Adapters.Files;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>A warehouse read by the embedded DuckDB: a folder in Hive layout, Parquet and CSV files, or a .duckdb file (opened read-only).</summary>
sealed class DuckDbSource(string name, string folder, string path, DuckDbConnectionPlan plan) : ICountSource, IVolumeSource, IRowsSource, IKeyedSource
{
    static int _opened;

    // One question at a time: DuckDB already uses every core for one.
    readonly SemaphoreSlim _turn = new(1);
    readonly HiveFolder _folder = new(path);
    readonly HashSet<string> _folders = [];
    DuckDbDatabase? _database;

    public string Name => name;

    readonly string _tempFolder = plan.TempFolder is null ? Path.GetTempPath() : Path.GetFullPath(plan.TempFolder, folder);

    bool IsFile => Path.GetExtension(path) is ".duckdb" or ".db" || File.Exists(path);

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => AskAsync("", [], database =>
    {
        if (!IsFile && !Directory.Exists(path))
            throw new DataAbsentException("There is no such folder. Check `path`.");
        using var statement = database.Prepare("select version()");
        using var result = statement.Execute(cancellationToken);
        using var chunk = result.Next()!;
        var version = chunk.Column(0).String(0);
        return IsFile ? $"DuckDB {version}, file" : $"DuckDB {version}, folder with {Directory.EnumerateDirectories(path, "*.db").Count()} databases";
    }, cancellationToken);

    public string Question(TablePart part) => CountSql(PlannedFrom(part)) + ParametersOf(part);

    public Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken) => AskAsync(Question(part), [part], database =>
    {
        if (FromOf(part) is not { } from)
            return new Counted(0, part + ": the partition has no files");
        var counted = Count(database, CountSql(from), ParametersOf(part), statement => Bind(statement, part), cancellationToken);
        if (counted.Rows == 0)
            NeedPartition(database, part, cancellationToken);
        return counted;
    }, cancellationToken);

    public string Question(string sql, DateOnly date) => UserSql.WithParameters(sql, "$") + UserSql.Told(sql, date);

    public Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken) => AskAsync(Question(sql, date), IsFile ? [] : _folder.TablesIn(sql), database =>
    {
        foreach (var table in IsFile ? [] : _folder.TablesIn(sql))
        {
            foreach (var statement in _folder.ViewOf(table))
                database.Execute(statement, cancellationToken);
        }
        // DuckDB names parameters $date; its own @ is the absolute value, so only the two known names are taken.
        using var query = database.PrepareSelect(UserSql.WithParameters(sql, "$"));
        query.TryBind("date", date);
        query.TryBind("yesterday", date.AddDays(-1));
        using var result = query.Execute(cancellationToken);
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
        return new RowsAnswer(rows, first, Question(sql, date));
    }, cancellationToken);

    public string Question(RowMatch match) => MatchSqlOf(PlannedFrom(TableOf(match)), match) + MatchSql.Told(match, "$");

    public Task<Counted> MatchAsync(RowMatch match, CancellationToken cancellationToken) => AskAsync(Question(match), [TableOf(match)], database =>
    {
        if (FromOf(TableOf(match)) is not { } from)
            return new Counted(0, match.Table + ": the table has no files");
        return Count(database, MatchSqlOf(from, match), MatchSql.Told(match, "$"), statement =>
        {
            foreach (var (parameter, value) in MatchSql.Parameters(match))
                statement.TryBind(parameter, value);
        }, cancellationToken);
    }, cancellationToken);

    public string Question(VolumeQuery query) => VolumeScan.Question(query, PlannedFrom) + ParametersOf(query.Part);

    public Task<Volumes> CountVolumesAsync(VolumeQuery query, IProgress<long>? progress, CancellationToken cancellationToken) =>
        AskAsync(query.Part.ToString(), query.Active is null ? [query.Part] : [query.Active.Part, query.Part], database =>
        {
            var volumes = new VolumeScan(database, query, FromOf, Bind).Run(progress, cancellationToken);
            if (volumes.Rows == 0)
                NeedPartition(database, query.Part, cancellationToken);
            if (volumes.ActiveUsers == 0)
                NeedPartition(database, query.Active!.Part, cancellationToken);
            return volumes;
        }, cancellationToken);

    public string Question(KeyedPart part, int buckets) =>
        new DuckDbKeys(part, PlannedFrom(part.Part), [.. DuckDbKeys.Fields(part).Select(_ => DuckDBType.Varchar)]).Buckets(buckets) + ParametersOf(part.Part);

    public Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken) => AskAsync(part.Part.ToString(), [part.Part], database =>
    {
        var all = new Bucket[buckets];
        if (KeysOf(database, part) is not { } keys)
            return new Buckets(all, part.Part + ": the partition has no files");
        var sql = keys.Buckets(buckets);
        using var statement = database.PrepareSelect(sql);
        Bind(statement, part.Part);
        using var result = statement.Execute(cancellationToken);
        while (result.Next() is { } chunk)
        {
            using (chunk)
                AddTo(all, chunk);
        }
        if (all.All(bucket => bucket.Rows == 0))
            NeedPartition(database, part.Part, cancellationToken);
        return new Buckets(all, sql + ParametersOf(part.Part));
    }, cancellationToken);

    public Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken) => AskAsync(part.Part.ToString(), [part.Part], database =>
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
        using var statement = database.PrepareSelect($"select {string.Join(", ", DuckDbKeys.Fields(part).Select(DuckDbKeys.Raw))} from {from} limit 0");
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

    static string CountSql(string from) => $"select count(*) from {from}";

    static string MatchSqlOf(string from, RowMatch match) => $"{CountSql(from)} where {MatchSql.Condition(match, Sql.Column, "$")}";

    static TablePart TableOf(RowMatch match) => new(match.Table, null, null, null);

    static Counted Count(DuckDbDatabase database, string sql, string parameters, Action<DuckDbStatement> bind, CancellationToken cancellationToken)
    {
        using var statement = database.PrepareSelect(sql);
        bind(statement);
        using var result = statement.Execute(cancellationToken);
        using var chunk = result.Next()!;
        return new Counted((long)chunk.Column(0).Value(result.Columns[0], 0)!, sql + parameters);
    }

    /// <summary>What stands behind FROM for a part of a table; null for a partition that is there and has no files.</summary>
    string? FromOf(TablePart part)
    {
        if (IsFile)
            return From(part, Sql.Name(part.Table));
        var files = _folder.FilesOf(part);
        return files.Count == 0 ? null : From(part, HiveFolder.Reader(files));
    }

    /// <summary>The same before anything is looked at: a pattern stands for the files of a folder.</summary>
    string PlannedFrom(TablePart part) => From(part, IsFile ? Sql.Name(part.Table) : HiveFolder.Reader([_folder.PatternOf(part)]));

    string From(TablePart part, string table)
    {
        var where = part.Where is null ? [] : new List<string> { $"({part.Where})" };
        if (IsFile && part.Partition is not null)
            where.Insert(0, $"{Sql.Column(part.Partition)} = $partition_value");
        return where.Count == 0 ? table : $"{table} where {string.Join(" and ", where)}";
    }

    /// <summary>Rows that the condition leaves out are rows all the same; a partition of a file's table without any is not there (yet).</summary>
    /// <exception cref="DataAbsentException">It is not there.</exception>
    void NeedPartition(DuckDbDatabase database, TablePart part, CancellationToken cancellationToken)
    {
        if (!IsFile || part.Partition is null)
            return;
        var rows = Count(database, CountSql(From(part with { Where = null }, Sql.Name(part.Table))), "", statement => Bind(statement, part), cancellationToken);
        if (rows.Rows == 0)
            throw new DataAbsentException($"{part.Table} has no rows with {part.Partition} = {part.Value}.");
    }

    void Bind(DuckDbStatement statement, TablePart part)
    {
        if (IsFile && part.Value is not null)
            statement.TryBind("partition_value", part.Value);
    }

    string ParametersOf(TablePart part) => IsFile && part.Value is not null ? $"  -- partition_value = {part.Value}" : "";

    /// <summary>Asks on a thread of the pool, one question at a time.</summary>
    /// <param name="asked">The question, for messages.</param>
    /// <param name="parts">The parts of tables that it reads; looked at on that thread.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    async Task<T> AskAsync<T>(string asked, IEnumerable<TablePart> parts, Func<DuckDbDatabase, T> ask, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await CaughtAsync(asked, () => ask(DatabaseFor(parts)), cancellationToken);
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
            throw new SourceException(name, path, Told(fault), fault.Sql.Length > 0 ? fault.Sql : asked, fault) { IsAbsent = fault.IsAbsent, IsTransient = fault.IsTransient };
        }
        catch (DataAbsentException fault)
        {
            throw new SourceException(name, path, fault.Message, asked, fault) { IsAbsent = true };
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or DllNotFoundException)
        {
            throw new SourceException(name, path, fault.Message, asked, fault) { IsTransient = fault is IOException };
        }
    }

    /// <summary>The database that may read these parts and the folder, nothing else; opened once more when a link leads to where it may not.</summary>
    DuckDbDatabase DatabaseFor(IEnumerable<TablePart> parts)
    {
        var folders = IsFile ? [Path.GetDirectoryName(path)!] : parts.SelectMany(_folder.LinkedFrom).Append(path).ToHashSet();
        if (_database is not null && _folders.IsSupersetOf(folders))
            return _database;
        _database?.Dispose();
        _database = null;
        _folders.UnionWith(folders);
        return _database = OpenKeyed();
    }

    /// <summary>DuckDB's message; where it names settings of DuckDB, the plan's keys in their place.</summary>
    string Told(DuckDbException fault) => fault switch
    {
        { IsOutOfDisk: true } => $"No room is left in {_tempFolder}, where what is above the memory_limit of {plan.MemoryLimit} is spilled to. "
            + $"Free some, or set `temp_folder` of the connection {name} in the plan to a larger disk, or raise its `memory_limit`.",
        { IsOutOfMemory: true } => $"The query needs more than the memory_limit of {plan.MemoryLimit}, and what it holds cannot be spilled to disk. "
            + $"Raise `memory_limit` of the connection {name} in the plan, or lower its `threads` ({Threads}): each needs memory of its own.",
        { IsForbidden: true } => $"{fault.Message} SQL of a plan reads only what lies in the connection's folder: set `path` of the connection to the folder that holds it.",
        _ => fault.Message,
    };

    int Threads => plan.Threads ?? Environment.ProcessorCount;

    DuckDbDatabase OpenKeyed()
    {
        var database = Open();
        try
        {
            DuckDbKeys.Register(database);
            database.Confine(_folders);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    DuckDbDatabase Open()
    {
        if (IsFile && !File.Exists(path))
            throw new DataAbsentException("There is no such file. Check `path`.");
        if (IsFile)
            FileStatus.NeedRegular(path);
        if (!Directory.Exists(_tempFolder))
            throw new InvalidDataException($"There is no folder {_tempFolder} to spill to. Correct `temp_folder` of the connection {name} in the plan, or make the folder.");
        var options = new Dictionary<string, string>
        {
            ["memory_limit"] = plan.MemoryLimit,
            ["threads"] = Threads.ToString(CultureInfo.InvariantCulture),
            // A folder of its own: two databases would write over each other's files.
            ["temp_directory"] = Path.Combine(_tempFolder, $"tagguard-duckdb-{Environment.ProcessId}-{Interlocked.Increment(ref _opened)}"),
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
