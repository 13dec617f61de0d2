using System.Globalization;
using Spectre.Console;
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
        return await console.Status().StartAsync("Starting", context => work(new StatusWatcher(console, context)));
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

/// <summary>One line for each stage that ended, and for a check that reads long.</summary>
sealed class LineWatcher(TextWriter output, TimeProvider clock) : IRunWatcher
{
    readonly TimeSpan _between = TimeSpan.FromSeconds(5);
    readonly Lock _lock = new();
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

    public void StageEnded(StageResult result)
    {
        foreach (var line in StageLines.Of(result))
            output.WriteLine(line);
    }
}

/// <summary>A spinner with the check under way; stages that ended stay above it.</summary>
sealed class StatusWatcher(IAnsiConsole console, StatusContext context) : IRunWatcher
{
    public void CheckStarted(string check) => context.Status(Markup.Escape(check));

    public void RowsRead(string check, long rows) =>
        context.Status(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{check}: {rows:N0} rows")));

    public void StageEnded(StageResult result)
    {
        var colour = result.Gate.IsOpen ? "green" : "red";
        var lines = StageLines.Of(result).ToList();
        console.MarkupLine($"[{colour}]{Markup.Escape(lines[0])}[/]");
        foreach (var line in lines.Skip(1))
            console.MarkupLine(Markup.Escape(line));
    }
}

/// <summary>A stage's outcome as lines: the gate first, then each incident with what to do.</summary>
static class StageLines
{
    const int Incidents = 8;

    public static IEnumerable<string> Of(StageResult result)
    {
        yield return $"{(result.Gate.IsOpen ? "open  " : "CLOSED")} {result.Stage}: {result.Gate.Reason}";
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
