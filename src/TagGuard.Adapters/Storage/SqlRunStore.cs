using System.Globalization;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>The monitoring tables in a SQL database: what every such store does in the same way. The databases differ in their
/// <see cref="StoreSession"/>.</summary>
/// <param name="clock">The clock.</param>
public abstract partial class SqlRunStore(TimeProvider clock) : IRunStore
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    public abstract Task<IReadOnlyList<string>> InitAsync(CancellationToken cancellationToken);

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => ReadAsync(
        session => Describe(session, Summary(session)), cancellationToken);

    public Task TryWritingAsync(string plan, DateOnly date, CancellationToken cancellationToken) =>
        WriteAsync(session => StoreRights.Try(session, plan, date), cancellationToken);

    static string Summary(StoreSession session)
    {
        using var found = session.Query("store_summary");
        found.Read();
        var newest = found.IsNull(1) ? "" : $", newest date {found.Date(1):yyyy-MM-dd}";
        return string.Create(CultureInfo.InvariantCulture, $"{found.Int64(0)} runs{newest}");
    }

    public async Task<IRunLease> BeginAsync(RunStart start, TimeSpan wait, CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        while (true)
        {
            var (run, attempt, heldBy) = await WriteAsync(session => RunRows.Begin(session, start), cancellationToken);
            if (heldBy is null)
                return new RunLease(this, run, attempt, clock);
            var left = wait - clock.GetElapsedTime(asked);
            if (left <= TimeSpan.Zero)
                throw new RunHeldException(heldBy.Value.Holder, heldBy.Value.Since);
            await Task.Delay(left < Poll ? left : Poll, clock, cancellationToken);
        }
    }

    public Task<History> HistoryAsync(
        string plan,
        string check,
        DateOnly before,
        int days,
        DateTimeOffset knownAt,
        CancellationToken cancellationToken) =>
        ReadAsync(session => new HistoryReader(session, plan, check).Read(before, days, knownAt), cancellationToken);

    public Task<TagBook> TagsAsync(string plan, string check, DateOnly to, CancellationToken cancellationToken) =>
        ReadAsync(session => TagRows.Read(session, plan, check, to), cancellationToken);

    public Task DecideAsync(string plan, DayDecision decision, CancellationToken cancellationToken) =>
        WriteAsync(session => DecisionRows.Add(session, plan, decision), cancellationToken);

    public Task<int> WithdrawAsync(
        string plan,
        DateOnly date,
        string check,
        string key,
        string by,
        DateTimeOffset at,
        CancellationToken cancellationToken) =>
        WriteAsync(session => DecisionRows.Withdraw(session, plan, date, check, key, by, at), cancellationToken);

    public Task<IReadOnlyList<DayDecision>> DecisionsAsync(string plan, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<DayDecision>>(session => DecisionRows.Read(session, plan, from, to), cancellationToken);

    public Task SaveAsync(IRunLease run, StageResult stage, CancellationToken cancellationToken) =>
        WriteAsync(session => new StageWriter(session, run.RunId, cancellationToken).Save(stage), cancellationToken);

    public Task EndAsync(IRunLease run, int exitCode, DateTimeOffset finished, CancellationToken cancellationToken) =>
        WriteAsync(session => RunRows.End(session, run.RunId, exitCode, finished), cancellationToken);

    /// <remarks>A few rows, read in a millisecond by a process that often does nothing else: nothing to break off, and little to start.</remarks>
    public Task<IReadOnlyDictionary<string, GateState>> GatesAsync(string plan, DateOnly date, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyDictionary<string, GateState>>(
            () => Ask(session => GateRows.Read(session, plan, date), CancellationToken.None),
            cancellationToken);

    public Task OverrideAsync(string plan, DateOnly date, string stage, Override decision, CancellationToken cancellationToken) =>
        WriteAsync(session => GateRows.Add(session, (plan, date, stage), decision), cancellationToken);

    public Task<int> RevokeAsync(string plan, DateOnly date, string stage, string by, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync(session => GateRows.Revoke(session, (plan, date, stage), by, at), cancellationToken);

    public Task<IReadOnlyList<StoredJudgement>> JudgementsAsync(string plan, DateOnly date, string? about, CancellationToken cancellationToken) =>
        ReadAsync(session => new DayReader(session, plan, date).Judgements(about), cancellationToken);

    public Task<string?> JudgingAsync(string planHash, CancellationToken cancellationToken) =>
        ReadAsync(session => RunRows.Judging(session, planHash), cancellationToken);

    public Task<StoredDay> DayAsync(string plan, DateOnly date, int days, CancellationToken cancellationToken) =>
        ReadAsync(session => new DayReader(session, plan, date).Read(days), cancellationToken);

    public Task<IReadOnlyList<CheckHistory>> HistoriesAsync(string plan, CancellationToken cancellationToken) =>
        ReadAsync(session => HistoryRows.Read(session, plan), cancellationToken);

    public Task<IReadOnlyList<DateOnly>> DatesBeforeAsync(string plan, DateOnly before, CancellationToken cancellationToken) =>
        ReadAsync(session => PruneRows.Dates(session, plan, before), cancellationToken);

    public Task<Pruned?> PruneAsync(string plan, DateOnly date, Prune what, bool isTrial, CancellationToken cancellationToken) =>
        WriteAsync(session => new PruneRows(session, plan, date).Take(what, isTrial), cancellationToken);

    /// <summary>Nothing is kept open between two questions.</summary>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    internal void Renew(long run) => With(session => DateLocks.Renew(session, run), CancellationToken.None);

    internal void Release(long run) => With(session => DateLocks.Release(session, run), CancellationToken.None);

    /// <summary>One line for people: which database it is, and what was found in it.</summary>
    private protected abstract string Describe(StoreSession session, string found);

    /// <summary>Opens a session, works with it, and closes it.</summary>
    /// <param name="work">May be called again when the database undid it.</param>
    /// <param name="breakOff">Stops it wherever it is.</param>
    /// <exception cref="StoreException">The database failed; the message says what to do.</exception>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    private protected abstract T With<T>(Func<StoreSession, T> work, CancellationToken breakOff);

    /// <summary>As <see cref="With"/>, for what changes nothing, so that it can be asked again from the beginning.</summary>
    private protected virtual T Ask<T>(Func<StoreSession, T> ask, CancellationToken breakOff) => With(ask, breakOff);

    /// <summary>A question, broken off when the caller gives up.</summary>
    Task<T> ReadAsync<T>(Func<StoreSession, T> ask, CancellationToken cancellationToken) =>
        Task.Run(() => Ask(ask, cancellationToken), cancellationToken);

    /// <summary>A change; never broken off from outside, so that the caller knows whether it was made.</summary>
    Task<T> WriteAsync<T>(Func<StoreSession, T> change, CancellationToken cancellationToken) =>
        Task.Run(() => With(change, CancellationToken.None), cancellationToken);

    async Task WriteAsync(Action<StoreSession> change, CancellationToken cancellationToken) => await WriteAsync(
        session =>
        {
            change(session);
            return true;
        },
        cancellationToken);
}
