using Spectre.Console;
using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Jobs.Terminal;

/// <summary>A spinner with the check under way, or with the time that was waited; stages that ended and what is waited for stay above it.</summary>
sealed class StatusWatcher : IRunWatcher, IDisposable
{
    readonly IAnsiConsole _console;
    readonly StatusContext _context;
    readonly TimeProvider _clock;
    readonly ITimer _second;
    readonly WaitLines _waiting = new();
    long? _waitsSince;
    string _status = "";

    public StatusWatcher(IAnsiConsole console, StatusContext context, TimeProvider clock)
    {
        (_console, _context, _clock) = (console, context, clock);
        _second = clock.CreateTimer(_ => Show(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void CheckStarted(string check) => Show(check);

    public void RowsRead(string check, long rows) => Show(Spoken.Say("console.rows", ("check", check), ("rows", rows)));

    public void RegionsRead(string check, ScanProgress progress) => Show(ScanLines.Of(check, progress));

    public void AskedAgain(string check, AskedAgain again) => _console.MarkupLine(ErrorConsole.Escaped(WaitLines.Of(check, again)));

    public void Waiting(IReadOnlyList<Judgement> missing, TimeSpan left)
    {
        _waitsSince ??= _clock.GetTimestamp();
        foreach (var line in _waiting.OfChange(missing, left))
            _console.MarkupLine(ErrorConsole.Escaped(line));
        Show(string.Join(", ", missing.Select(one => one.Series.Check).Distinct()));
    }

    public void StageEnded(DateOnly date, StageResult result)
    {
        _waitsSince = null;
        var colour = result.Gate.IsOpen ? "green" : "red";
        var lines = StageLines.Of(date, result).ToList();
        _console.MarkupLine($"[{colour}]{ErrorConsole.Escaped(lines[0])}[/]");
        foreach (var line in lines.Skip(1))
            _console.MarkupLine(ErrorConsole.Escaped(line));
    }

    public void RunStarting(Plan plan, GateReading before)
    {
        foreach (var line in OtherPlan.Lines(plan, before))
            _console.MarkupLine(ErrorConsole.Escaped(line));
    }

    public void NotDelivered(Undelivered undelivered) => _console.MarkupLine(ErrorConsole.Escaped(RunLines.NotDelivered(undelivered)));

    public void WatcherFailed(string watcher, Exception fault) => _console.MarkupLine(ErrorConsole.Escaped(RunLines.WatcherFailed(watcher, fault)));

    public void Dispose() => _second.Dispose();

    void Show(string? status = null)
    {
        _status = status ?? _status;
        var shown = _waitsSince is { } since
            ? Spoken.Say("console.waited", ("time", WaitLines.Told(_clock.GetElapsedTime(since))), ("what", _status))
            : _status;
        _context.Status(ErrorConsole.Escaped(shown));
    }
}
