using TagGuard.Facts;
using TagGuard.Gates;

namespace TagGuard.Storage;

/// <summary>The monitoring tables.</summary>
/// <remarks>
/// Every method throws <see cref="StoreException"/> when the tables cannot be read or written, saying what to do. Nothing that is half written is
/// ever read: a stage's measurements, verdicts, incidents and, last, its gate's flag are one transaction.
/// </remarks>
public interface IRunStore : IOutbox, IAsyncDisposable
{
    /// <summary>Creates or upgrades the tables, under a lock; returns the names of the scripts that were applied, none when up to date.</summary>
    Task<IReadOnlyList<string>> InitAsync(CancellationToken cancellationToken);

    /// <summary>Reaches the tables and says in one line what was found, for `tagguard doctor`.</summary>
    Task<string> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Tries every right that a run needs, and changes nothing that is read, for `tagguard doctor`.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="date">A business date.</param>
    /// <param name="cancellationToken">Gives up before it begins.</param>
    Task TryWritingAsync(string plan, DateOnly date, CancellationToken cancellationToken);

    /// <summary>Begins a run: takes its date, gives the attempt's number, and closes the gates of its stages until they are saved.</summary>
    /// <param name="start">What begins.</param>
    /// <param name="wait">How long to wait for another run of the same plan and date.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="RunHeldException">Another process still runs it after <paramref name="wait"/>.</exception>
    Task<IRunLease> BeginAsync(RunStart start, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>The measured days of every series of a check: at most <paramref name="days"/> calendar days, strictly before
    /// <paramref name="before"/>; and what was known of its tags, up to that day.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="check">Name of the check.</param>
    /// <param name="before">The business date.</param>
    /// <param name="days">Calendar days.</param>
    /// <param name="knownAt">Days are accepted or rejected as people had decided at this instant.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<History> HistoryAsync(string plan, string check, DateOnly before, int days, DateTimeOffset knownAt, CancellationToken cancellationToken);

    /// <summary>What was known of a check's tags, up to a day.</summary>
    Task<TagBook> TagsAsync(string plan, string check, DateOnly to, CancellationToken cancellationToken);

    /// <summary>Notes a person's word on a day. It takes the place of an earlier one on the same series and date.</summary>
    Task DecideAsync(string plan, DayDecision decision, CancellationToken cancellationToken);

    /// <summary>Takes decisions on a date back; they stay stored as withdrawn. Returns how many held.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="date">The business date.</param>
    /// <param name="check">Name of the check.</param>
    /// <param name="key">The tag; empty for the decisions on the whole check.</param>
    /// <param name="by">Who takes them back.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="cancellationToken">Not looked at once the change has begun.</param>
    Task<int> WithdrawAsync(string plan, DateOnly date, string check, string key, string by, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Every decision on the days from <paramref name="from"/> to
    /// <paramref name="to"/>, withdrawn or not, in the order they were made.</summary>
    Task<IReadOnlyList<DayDecision>> DecisionsAsync(string plan, DateOnly from, DateOnly to, CancellationToken cancellationToken);

    /// <summary>Saves one stage of a run in one transaction, the gate's flag last. Saving the same date
    /// again replaces its measurements; verdicts of earlier attempts stay.</summary>
    Task SaveAsync(IRunLease run, StageResult stage, CancellationToken cancellationToken);

    /// <summary>Notes how a run ended.</summary>
    Task EndAsync(IRunLease run, int exitCode, DateTimeOffset finished, CancellationToken cancellationToken);

    /// <summary>The gates of a date by stage; a stage that was never judged is not among them.</summary>
    Task<IReadOnlyDictionary<string, GateState>> GatesAsync(string plan, DateOnly date, CancellationToken cancellationToken);

    /// <summary>Opens a gate on a person's word.</summary>
    Task OverrideAsync(string plan, DateOnly date, string stage, Override decision, CancellationToken cancellationToken);

    /// <summary>Takes overrides of a gate back, those that ran out as well; they stay stored as revoked. Returns how many there were.</summary>
    Task<int> RevokeAsync(string plan, DateOnly date, string stage, string by, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Verdicts of the newest run of each stage of a date, each check in the stage that was saved last with it; all that are stored one by
    /// one, or those of one key (tag), series or check. What is stored as <see cref="Passes"/> is not among them.</summary>
    Task<IReadOnlyList<StoredJudgement>> JudgementsAsync(string plan, DateOnly date, string? about, CancellationToken cancellationToken);

    /// <summary>The history of each check that has one, by name.</summary>
    Task<IReadOnlyList<CheckHistory>> HistoriesAsync(string plan, CancellationToken cancellationToken);

    /// <summary>What runs of a plan's hash judged by, as <see cref="Plans.Plan.Judging"/> has it; null when it is not stored.</summary>
    Task<string?> JudgingAsync(string planHash, CancellationToken cancellationToken);

    /// <summary>The dates before one that anything is stored of, in order.</summary>
    Task<IReadOnlyList<DateOnly>> DatesBeforeAsync(string plan, DateOnly before, CancellationToken cancellationToken);

    /// <summary>Takes away what is stored of a date, but for what people decided. Its gates are closed afterwards.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="date">The business date.</param>
    /// <param name="what">How much of it.</param>
    /// <param name="isTrial">Only counts what would go.</param>
    /// <param name="cancellationToken">Not looked at once the change has begun.</param>
    /// <returns>What went; null when a run has the date now, and nothing went.</returns>
    Task<Pruned?> PruneAsync(string plan, DateOnly date, Prune what, bool isTrial, CancellationToken cancellationToken);

    /// <summary>All that the report of a date shows.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="date">The business date.</param>
    /// <param name="days">Days of history for the charts.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    Task<StoredDay> DayAsync(string plan, DateOnly date, int days, CancellationToken cancellationToken);
}
