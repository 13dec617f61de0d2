using System.Globalization;
using Spectre.Console;
using TagGuard.Facts;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Jobs;

/// <summary>Shows on stderr what a run is doing: a live line on a terminal, plain lines elsewhere.</summary>
static class Watching
{
    public static async Task<T> DuringAsync<T>(Func<IRunWatcher, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(new LineWatcher(Console.Error, TimeProvider.System));
        var console = ErrorConsole.Open();
        return await console.Status().StartAsync("Starting", async context =>
        {
            using var watcher = new StatusWatcher(console, context, TimeProvider.System);
            return await work(watcher);
        });
    }

    /// <summary>Shows the date that long work is at; only on a terminal.</summary>
    public static async Task<T> DatesAsync<T>(string what, Func<IProgress<DateOnly>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(null);
        var console = ErrorConsole.Open();
        return await console.Status().StartAsync(what, context => work(new DateProgress(what, context)));
    }

    sealed class DateProgress(string what, StatusContext context) : IProgress<DateOnly>
    {
        public void Report(DateOnly value) => context.Status($"{what} {value:yyyy-MM-dd}");
    }
}

/// <summary>One line for each stage that ended, for a check that reads long, for a source that does not answer, and when what is waited for changes.</summary>
sealed class LineWatcher(TextWriter output, TimeProvider clock) : IRunWatcher
{
    readonly TimeSpan _between = TimeSpan.FromSeconds(5);
    readonly Lock _lock = new();
    readonly WaitLines _waiting = new();
    long _last = clock.GetTimestamp();

    public void CheckStarted(string check) => _last = clock.GetTimestamp();

    public void RowsRead(string check, long rows)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_last) < _between)
                return;
            _last = clock.GetTimestamp();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {check}: {rows:N0} rows so far"));
        }
    }

    public void AskedAgain(string check, AskedAgain again) => output.WriteLine(WaitLines.Of(check, again));

    public void Waiting(IReadOnlyList<Judgement> missing, TimeSpan left)
    {
        foreach (var line in _waiting.OfChange(missing, left))
            output.WriteLine(line);
    }

    public void StageEnded(DateOnly date, StageResult result)
    {
        foreach (var line in StageLines.Of(date, result))
            output.WriteLine(line);
    }
}

/// <summary>A stage's outcome as lines: the gate first, then each incident with what to do.</summary>
static class StageLines
{
    const int Incidents = 8;

    public static IEnumerable<string> Of(DateOnly date, StageResult result)
    {
        yield return $"{(result.Gate.IsOpen ? "open  " : "CLOSED")} {result.Stage} {date:yyyy-MM-dd}: {result.Gate.Reason}";
        var told = result.Incidents.Where(incident => incident.Blocking).ToList();
        foreach (var incident in told.Take(Incidents))
        {
            yield return $"  - {incident.Title}";
            yield return $"    {incident.Cause}{(incident.Owner.Length > 0 ? $" Tell {incident.Owner}." : "")}";
        }
        if (told.Count > Incidents)
            yield return $"  - and {told.Count - Incidents} more: `tagguard report` shows them all.";
    }
}
