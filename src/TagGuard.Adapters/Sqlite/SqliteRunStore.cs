using System.Globalization;
using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>The monitoring tables in a SQLite file.</summary>
/// <param name="path">The file.</param>
/// <param name="clock">The clock.</param>
public sealed class SqliteRunStore(string path, TimeProvider clock) : IRunStore
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait while another process writes. The default value is 15 seconds; the largest save takes about two.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    public Task<IReadOnlyList<string>> InitAsync(CancellationToken cancellationToken) => Task.Run(() => Explained(Init), cancellationToken);

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => ReadAsync(
        database =>
        {
            using var found = database.Query("store_summary");
            found.Read();
            var newest = found.TextOrNull(1) is { } date ? $", newest date {date}" : "";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"SQLite {SqliteDatabase.Version}, schema {SqliteScripts.Migrations.Count}, {found.Int64(0)} runs{newest}, {Megabytes:0.0} MB");
        },
        cancellationToken);

    double Megabytes => new FileInfo(path).Length / 1048576.0;

    public async Task<IRunLease> BeginAsync(RunStart start, TimeSpan wait, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        while (true)
        {
            var (run, attempt, heldBy) = await WriteAsync(database => SqliteRuns.Begin(database, start, clock.GetUtcNow()), cancellationToken);
            if (heldBy is null)
                return new SqliteRunLease(this, run, attempt, clock);
            var left = wait - clock.GetElapsedTime(asked);
            if (left <= TimeSpan.Zero)
                throw new RunHeldException(heldBy.Value.Holder, heldBy.Value.Since);
            await Task.Delay(left < Poll ? left : Poll, clock, cancellationToken);
        }
    }

    public Task<History> HistoryAsync(string plan, string check, DateOnly before, int days, DateTimeOffset knownAt, CancellationToken cancellationToken) =>
        ReadAsync(database => new SqliteHistory(database, plan, check).Read(before, days, knownAt), cancellationToken);

    public Task DecideAsync(string plan, DayDecision decision, CancellationToken cancellationToken) => WriteAsync(
        database =>
        {
            SqliteDecisions.Add(database, plan, decision);
            return true;
        },
        cancellationToken);

    public Task<int> WithdrawAsync(string plan, DateOnly date, string check, string key, string by, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(database => SqliteDecisions.Withdraw(database, plan, date, check, key, by, at), cancellationToken);

    public Task<IReadOnlyList<DayDecision>> DecisionsAsync(string plan, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<DayDecision>>(database => SqliteDecisions.Read(database, plan, from, to), cancellationToken);

    public Task SaveAsync(IRunLease run, StageResult stage, CancellationToken cancellationToken) => WriteAsync(
        database =>
        {
            new SqliteStageWriter(database, run.RunId, clock.GetUtcNow(), cancellationToken).Save(stage);
            return true;
        },
        cancellationToken);

    public Task EndAsync(IRunLease run, int exitCode, DateTimeOffset finished, CancellationToken cancellationToken) => WriteAsync(
        database =>
        {
            SqliteRuns.End(database, run.RunId, exitCode, finished);
            return true;
        },
        cancellationToken);

    /// <remarks>A few rows, read in a millisecond by a process that often does nothing else: nothing to break off, and little to start.</remarks>
    public Task<IReadOnlyDictionary<string, GateState>> GatesAsync(string plan, DateOnly date, CancellationToken cancellationToken) =>
        Task.Run(() => WithFile<IReadOnlyDictionary<string, GateState>>(database => SqliteGates.Read(database, plan, date)), cancellationToken);

    public Task OverrideAsync(string plan, DateOnly date, string stage, Override decision, CancellationToken cancellationToken) => WriteAsync(
        database =>
        {
            SqliteGates.Add(database, (plan, date, stage), decision, clock.GetUtcNow());
            return true;
        },
        cancellationToken);

    public Task<int> RevokeAsync(string plan, DateOnly date, string stage, string by, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(database => SqliteGates.Revoke(database, (plan, date, stage), by, at), cancellationToken);

    public Task<IReadOnlyList<StoredJudgement>> JudgementsAsync(string plan, DateOnly date, string? about, CancellationToken cancellationToken) =>
        ReadAsync(database => new SqliteDay(database, plan, date).Judgements(about), cancellationToken);

    public Task<StoredDay> DayAsync(string plan, DateOnly date, int days, CancellationToken cancellationToken) =>
        ReadAsync(database => new SqliteDay(database, plan, date).Read(days), cancellationToken);

    /// <summary>Nothing is kept open between two questions.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal void Renew(long run) => WithFile(database => SqliteLocks.Renew(database, run, clock.GetUtcNow()));

    internal void Release(long run) => WithFile(database =>
    {
        SqliteLocks.Release(database, run);
        return true;
    });

    /// <summary>A question, broken off when the caller gives up. SQLite has no asynchronous calls: they wait on a thread of the pool.</summary>
    async Task<T> ReadAsync<T>(Func<SqliteDatabase, T> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(
                () => WithFile(database =>
                {
                    using var breakOff = database.BreakOffOn(cancellationToken);
                    return ask(database);
                }),
                cancellationToken);
        }
        catch (SqliteFault fault) when (fault.IsInterrupted)
        {
            throw new OperationCanceledException(fault.Message, fault, cancellationToken);
        }
    }

    /// <summary>A change; never broken off from outside, so that the caller knows whether it was made.</summary>
    Task<T> WriteAsync<T>(Func<SqliteDatabase, T> change, CancellationToken cancellationToken) => Task.Run(() => WithFile(change), cancellationToken);

    T WithFile<T>(Func<SqliteDatabase, T> work) => Explained(() =>
    {
        if (!File.Exists(path))
            throw new StoreException($"{path} is not there. Run `tagguard init`, or correct `path` of the store in the plan.");
        using var database = Open(Access.Write);
        SqliteSchema.Need(database, path);
        return work(database);
    });

    SqliteDatabase Open(Access access)
    {
        var database = SqliteDatabase.Open(path, access, Patience);
        try
        {
            // With the write-ahead log, "normal" could lose the last commit in a power cut: an opened gate would close again, or the reverse.
            database.Execute("pragma foreign_keys = on; pragma synchronous = full");
            return database;
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
        using var database = Open(Access.Create);
        var applied = SqliteSchema.Apply(database, path, clock.GetUtcNow());
        UseWriteAheadLog(database);
        return applied;
    }

    /// <summary>Readers and one writer do not wait for each other; kept in the file, so it is set once.</summary>
    static void UseWriteAheadLog(SqliteDatabase database)
    {
        using var mode = database.Prepare("pragma journal_mode = wal");
        mode.Run();
    }
}
