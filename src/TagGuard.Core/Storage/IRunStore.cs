using TagGuard.Gates;
using TagGuard.Judgements;

namespace TagGuard.Storage;

/// <summary>The monitoring tables.</summary>
/// <remarks>
/// Every method throws <see cref="StoreException"/> when the tables cannot be read or written, saying what to do. Nothing that is half written is ever
/// read: a stage's measurements, verdicts, incidents and, last, its gate's flag are one transaction.
/// </remarks>
public interface IRunStore : IAsyncDisposable
{
    /// <summary>Creates or upgrades the tables, under a lock; returns the names of the scripts that were applied, none when up to date.</summary>
    Task<IReadOnlyList<string>> InitAsync(CancellationToken cancellationToken);

    /// <summary>Reaches the tables and says in one line what was found, for `tagguard doctor`.</summary>
    Task<string> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Begins a run: takes its date, gives the attempt's number, and closes the gates of its stages until they are saved.</summary>
    /// <param name="start">What begins.</param>
    /// <param name="wait">How long to wait for another run of the same plan and date.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="RunHeldException">Another process still runs it after <paramref name="wait"/>.</exception>
    Task<IRunLease> BeginAsync(RunStart start, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>The accepted days of every series of a check: at most <paramref name="days"/> calendar days, strictly before <paramref name="before"/>.</summary>
    Task<History> HistoryAsync(string plan, string check, DateOnly before, int days, CancellationToken cancellationToken);

    /// <summary>Saves one stage of a run in one transaction, the gate's flag last. Saving the same date again replaces its measurements; verdicts of earlier attempts stay.</summary>
    Task SaveAsync(IRunLease run, StageResult stage, CancellationToken cancellationToken);

    /// <summary>Notes how a run ended.</summary>
    Task EndAsync(IRunLease run, int exitCode, DateTimeOffset finished, CancellationToken cancellationToken);

    /// <summary>The gates of a date by stage; a stage that was never judged is not among them.</summary>
    Task<IReadOnlyDictionary<string, GateState>> GatesAsync(string plan, DateOnly date, CancellationToken cancellationToken);

    /// <summary>Opens a gate on a person's word.</summary>
    Task OverrideAsync(string plan, DateOnly date, string stage, Override decision, CancellationToken cancellationToken);

    /// <summary>Takes overrides of a gate back; they stay stored as revoked. Returns how many were in force.</summary>
    Task<int> RevokeAsync(string plan, DateOnly date, string stage, string by, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Verdicts of the newest run of each stage of a date; all of them, or those of one key (tag), series or check.</summary>
    Task<IReadOnlyList<StoredJudgement>> JudgementsAsync(string plan, DateOnly date, string? about, CancellationToken cancellationToken);

    /// <summary>All that the report of a date shows.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="date">The business date.</param>
    /// <param name="days">Days of history for the charts.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<StoredDay> DayAsync(string plan, DateOnly date, int days, CancellationToken cancellationToken);
}
