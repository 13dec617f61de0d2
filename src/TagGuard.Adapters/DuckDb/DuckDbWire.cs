using System.Globalization;
using System.Runtime.CompilerServices;
using TagGuard.Adapters.Files;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>The embedded DuckDB over a folder in Hive layout, Parquet and CSV files, or a .duckdb file (opened read-only).</summary>
/// <param name="name">The connection's name in the plan, for messages.</param>
/// <param name="folder">The plan's folder.</param>
/// <param name="path">What is read.</param>
/// <param name="plan">How.</param>
sealed class DuckDbWire(string name, string folder, string path, DuckDbConnectionPlan plan) : IKeyedWire<DuckDbSession>
{
    static int _opened;

    // One question at a time: DuckDB already uses every core for one.
    readonly SemaphoreSlim _turn = new(1);
    readonly HiveLayoutFolder _layout = new(path);
    readonly HashSet<string> _folders = [];
    readonly string _tempFolder = plan.TempFolder is null ? Path.GetTempPath() : Path.GetFullPath(plan.TempFolder, folder);
    DuckDbDatabase? _database;

    public string Address => path;

    public KeyedDialect Dialect => DuckDbDialect.Instance;

    SqlDialect ISqlWire<DuckDbSession>.Dialect => Dialect;

    bool IsFile => Path.GetExtension(path) is ".duckdb" or ".db" || File.Exists(path);

    int Threads => plan.Threads ?? Environment.ProcessorCount;

    /// <summary>A pattern stands for the files of a folder.</summary>
    public TableSql Planned(TablePart part) => IsFile ? TableSql.Of(Dialect, part) : OfFiles(part, [_layout.PatternOf(part)]);

    /// <summary>A part of a table; null for one of a folder that is there and holds no files.</summary>
    public TableSql? Find(TablePart part) =>
        IsFile ? TableSql.Of(Dialect, part)
        : _layout.FilesOf(part) is { Count: > 0 } files ? OfFiles(part, files)
        : null;

    /// <summary>A folder's tables that are named in a query: DuckDB would not know them by itself.</summary>
    public IEnumerable<TablePart> TablesIn(string sql) => IsFile ? [] : _layout.TablesIn(sql);

    /// <summary>The statements that make them known.</summary>
    public IEnumerable<string> ViewsFor(string sql) => TablesIn(sql).SelectMany(_layout.ViewOf);

    public string Describe(object? version)
    {
        if (!IsFile && !Directory.Exists(path))
            throw new DataAbsentException("There is no such folder. Check `path`.");
        return IsFile ? $"{version}, file" : $"{version}, folder with {Directory.EnumerateDirectories(path, "*.db").Count()} databases";
    }

    public async Task<T> AskAsync<T>(IEnumerable<TablePart> parts, Func<DuckDbSession, Task<T>> ask, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await CaughtAsync(() => ask(new DuckDbSession(this, DatabaseFor(parts), cancellationToken)), cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>From a database of its own: both sides of a comparison may be here, and are read side by side.</summary>
    public async IAsyncEnumerable<KeyedRow> StreamAsync(BoundSql sql, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stream = await CaughtAsync(() => Task.FromResult(new DuckDbStream(OpenConfined(), sql, cancellationToken)), cancellationToken);
        while (await CaughtAsync(() => Task.FromResult(stream.Next()), cancellationToken) is { } rows)
        {
            foreach (var row in rows)
                yield return row;
        }
    }

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    static TableSql OfFiles(TablePart part, IReadOnlyList<string> files) => new(part, HiveLayoutFolder.Reader(files), null);

    /// <summary>On a thread of the pool, for DuckDB's calls block.</summary>
    async Task<T> CaughtAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(ask, cancellationToken);
        }
        catch (DuckDbException fault)
        {
            throw new SqlFault(WithCure(fault), fault)
            {
                Asked = fault.Sql.Length > 0 ? fault.Sql : null,
                IsAbsent = fault.IsAbsent,
                IsTransient = fault.IsTransient,
                IsWrongQuestion = fault.IsWrongQuestion,
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            throw new SqlFault(fault.Message, fault) { IsTransient = fault is IOException };
        }
    }

    /// <summary>The database that may read these parts and the folder, nothing else;
    /// opened once more when a link leads to where it may not.</summary>
    DuckDbDatabase DatabaseFor(IEnumerable<TablePart> parts)
    {
        var folders = IsFile ? [Path.GetDirectoryName(path)!] : parts.SelectMany(_layout.LinkedFrom).Append(path).ToHashSet();
        if (_database is not null && _folders.IsSupersetOf(folders))
            return _database;
        _database?.Dispose();
        _database = null;
        _folders.UnionWith(folders);
        return _database = OpenConfined();
    }

    DuckDbDatabase OpenConfined()
    {
        var database = Open();
        try
        {
            DuckDbDialect.Register(database);
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
            throw new InvalidDataException(
                $"There is no folder {_tempFolder} to spill to. Correct `temp_folder` of the connection {name} in the plan, or make the folder.");
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

    /// <summary>DuckDB's message; where it names settings of DuckDB, the plan's keys in their place.</summary>
    string WithCure(DuckDbException fault) =>
        fault switch
        {
            { IsOutOfDisk: true } => $"No room is left in {_tempFolder}, where what is above the memory_limit of {plan.MemoryLimit} is spilled to. "
                + $"Free some, or set `temp_folder` of the connection {name} in the plan to a larger disk, or raise its `memory_limit`.",
            { IsOutOfMemory: true } =>
                $"The query needs more than the memory_limit of {plan.MemoryLimit}, and what it holds cannot be spilled to disk. "
                    + $"Raise `memory_limit` of the connection {name} in the plan, or lower its `threads` ({Threads}): each needs memory of its own.",
            { IsForbidden: true } =>
                $"{fault.Message} SQL of a plan reads only what lies in the connection's folder: set `path` of the connection to the folder that "
                    + "holds it.",
            { IsWrongQuestion: true } => fault.WrongQuestion,
            _ => fault.Message,
        };
}
