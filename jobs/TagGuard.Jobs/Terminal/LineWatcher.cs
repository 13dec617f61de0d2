using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Jobs.Terminal;

/// <summary>A line for each stage that ended, for a check that reads long, for a source
/// that does not answer, and when what is waited for changes.</summary>
/// <param name="output">For stages that are closed or warn, and what fails.</param>
/// <param name="aside">For the rest.</param>
/// <param name="clock">The clock.</param>
sealed class LineWatcher(TextWriter output, TextWriter aside, TimeProvider clock) : IRunWatcher
{
    readonly TimeSpan _between = TimeSpan.FromSeconds(5);
    readonly Lock _lock = new();
    readonly WaitLines _waiting = new();
    long _last = clock.GetTimestamp();

    public void CheckStarted(string check) => _last = clock.GetTimestamp();

    public void RowsRead(string check, long rows) => Now(() => Spoken.Say("console.rows_so_far", ("check", check), ("rows", rows)));

    public void RegionsRead(string check, ScanProgress progress) => Now(() => ScanLines.Of(check, progress));

    public void AskedAgain(string check, AskedAgain again) => aside.WriteLine(WaitLines.Of(check, again));

    public void Waiting(IReadOnlyList<Judgement> missing, TimeSpan left)
    {
        foreach (var line in _waiting.OfChange(missing, left))
            aside.WriteLine(line);
    }

    public void RunStarting(Plan plan, GateReading before)
    {
        foreach (var line in OtherPlan.Lines(plan, before))
            output.WriteLine(line);
    }

    public void StageEnded(DateOnly date, StageResult result)
    {
        var isQuiet = result.Gate.IsOpen && result.Incidents.Count == 0;
        foreach (var line in StageLines.Of(date, result))
            (isQuiet ? aside : output).WriteLine(line);
    }

    public void NotDelivered(Undelivered undelivered) => output.WriteLine(RunLines.NotDelivered(undelivered));

    public void WatcherFailed(string watcher, Exception fault) => output.WriteLine(RunLines.WatcherFailed(watcher, fault));

    /// <summary>A line now and then.</summary>
    void Now(Func<string> line)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_last) < _between)
                return;
            _last = clock.GetTimestamp();
            aside.WriteLine($"  {line()}");
        }
    }
}
