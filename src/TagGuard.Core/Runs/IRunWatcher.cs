using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Runs;

/// <summary>Told what a run is doing: progress on a terminal, lines in a log, metrics.
/// Nothing it does changes the run, not even when it throws.</summary>
/// <remarks>It implements what it wants to be told; the rest does nothing. Several of them watch a run as <see cref="Watchers"/>.</remarks>
public interface IRunWatcher
{
    /// <summary>A run is about to begin.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="before">How the gates of its date stand before it.</param>
    void RunStarting(Plan plan, GateReading before)
    {
    }

    void CheckStarted(string check)
    {
    }

    /// <summary>Rows read so far by the check under way.</summary>
    void RowsRead(string check, long rows)
    {
    }

    /// <summary>How far the scan of a table is.</summary>
    void RegionsRead(string check, ScanProgress progress)
    {
    }

    /// <summary>A source did not answer, and is asked again after a while.</summary>
    void AskedAgain(string check, AskedAgain again)
    {
    }

    /// <summary>A check was measured and judged: how long it took, and with which verdicts. While a stage waits, once a look.</summary>
    void CheckEnded(CheckResult check)
    {
    }

    /// <summary>A stage waits for what does not hold yet.</summary>
    /// <param name="missing">What does not hold.</param>
    /// <param name="left">How much longer it waits at most.</param>
    void Waiting(IReadOnlyList<Judgement> missing, TimeSpan left)
    {
    }

    /// <summary>A stage was judged and saved.</summary>
    void StageEnded(DateOnly date, StageResult result)
    {
    }

    /// <summary>Something could not be written or sent after the save: verdicts, gates and exit code stay as they are.</summary>
    void NotDelivered(Undelivered undelivered)
    {
    }

    /// <summary>Another watcher threw, and is not told any more.</summary>
    void WatcherFailed(string watcher, Exception fault)
    {
    }
}
