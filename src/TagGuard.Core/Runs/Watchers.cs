using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Runs;

/// <summary>
/// Everybody who watches a run: the console, metrics, nobody. One that throws is not told any more, the others are told so, and the run goes on as if
/// nobody had watched.
/// </summary>
/// <remarks>A run takes this type and no single watcher, so that none can be passed to it unguarded. Told from several threads.</remarks>
public sealed class Watchers(params IReadOnlyList<IRunWatcher> watchers) : IRunWatcher
{
    readonly Lock _lock = new();
    volatile IReadOnlyList<IRunWatcher> _listening = [.. watchers];

    public void RunStarting(Plan plan, GateReading before) => Tell(watcher => watcher.RunStarting(plan, before));

    public void CheckStarted(string check) => Tell(watcher => watcher.CheckStarted(check));

    public void RowsRead(string check, long rows) => Tell(watcher => watcher.RowsRead(check, rows));

    public void RegionsRead(string check, ScanProgress progress) => Tell(watcher => watcher.RegionsRead(check, progress));

    public void AskedAgain(string check, AskedAgain again) => Tell(watcher => watcher.AskedAgain(check, again));

    public void CheckEnded(CheckResult check) => Tell(watcher => watcher.CheckEnded(check));

    public void Waiting(IReadOnlyList<Judgement> missing, TimeSpan left) => Tell(watcher => watcher.Waiting(missing, left));

    public void StageEnded(DateOnly date, StageResult result) => Tell(watcher => watcher.StageEnded(date, result));

    public void NotDelivered(Undelivered undelivered) => Tell(watcher => watcher.NotDelivered(undelivered));

    public void WatcherFailed(string watcher, Exception fault) => Tell(each => each.WatcherFailed(watcher, fault));

    void Tell(Action<IRunWatcher> tell)
    {
        foreach (var watcher in _listening)
        {
            try
            {
                tell(watcher);
            }
            catch (Exception fault)
            {
                if (Dismiss(watcher))
                    WatcherFailed(watcher.GetType().Name, fault);
            }
        }
    }

    /// <summary>Whether it was still listening.</summary>
    bool Dismiss(IRunWatcher watcher)
    {
        lock (_lock)
        {
            var before = _listening.Count;
            _listening = [.. _listening.Where(other => !ReferenceEquals(other, watcher))];
            return _listening.Count < before;
        }
    }
}
