using System.Globalization;
using TagGuard.Adapters.Storage;
using TagGuard.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>The monitoring tables in a SQLite file.</summary>
/// <param name="path">The file.</param>
/// <param name="clock">The clock.</param>
public sealed class SqliteRunStore(string path, TimeProvider clock) : SqlRunStore(clock)
{
    readonly TimeProvider _clock = clock;

    /// <summary>How long to wait while another process writes. The default value is 15 seconds; the largest save takes about two.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    public override Task<IReadOnlyList<string>> InitAsync(CancellationToken cancellationToken) => Task.Run(() => Explained(Init), cancellationToken);

    private protected override string Describe(StoreSession session, string found) => string.Create(
        CultureInfo.InvariantCulture,
        $"SQLite {SqliteDatabase.Version}, schema {SqliteScripts.All.Migrations.Count}, {found}, {new FileInfo(path).Length / 1048576.0:0.0} MB");

    private protected override T With<T>(Func<StoreSession, T> work, CancellationToken breakOff)
    {
        try
        {
            return Explained(() => WithFile(work, breakOff));
        }
        catch (SqliteFault fault) when (fault.IsInterrupted)
        {
            throw new OperationCanceledException(fault.Message, fault, breakOff);
        }
    }

    T WithFile<T>(Func<StoreSession, T> work, CancellationToken breakOff)
    {
        if (!File.Exists(path))
            throw new StoreException($"{path} is not there. Run `tagguard init`, or correct `path` of the store in the plan.");
        using var session = Open(Access.Write);
        using var interrupt = session.Database.BreakOffOn(breakOff);
        SqliteSchema.Need(session.Database, path);
        return work(session);
    }

    SqliteStoreSession Open(Access access)
    {
        var database = SqliteDatabase.Open(path, access, Patience);
        try
        {
            // With the write-ahead log, "normal" could lose the last commit in a power cut: an opened gate would close again, or the reverse.
            database.Execute("pragma foreign_keys = on; pragma synchronous = full");
            return new SqliteStoreSession(database, _clock);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    T Explained<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteFault fault) when (!fault.IsInterrupted)
        {
            throw fault.ForStore(path);
        }
    }

    IReadOnlyList<string> Init()
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new StoreException($"The folder {folder} is not there. Create it, or correct `path` of the store in the plan.");
        using var session = Open(Access.Create);
        var applied = SqliteSchema.Apply(session, path);
        UseWriteAheadLog(session.Database);
        return applied;
    }

    /// <summary>Readers and one writer do not wait for each other; kept in the file, so it is set once.</summary>
    static void UseWriteAheadLog(SqliteDatabase database)
    {
        using var mode = database.Prepare("pragma journal_mode = wal");
        mode.Run();
    }
}
