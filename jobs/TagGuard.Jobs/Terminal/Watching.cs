using Spectre.Console;
using TagGuard.Runs;

namespace TagGuard.Jobs.Terminal;

/// <summary>Shows on stderr what a run is doing: a live line on a terminal, plain lines elsewhere.</summary>
static class Watching
{
    public static async Task<T> DuringAsync<T>(Func<Watchers, Task<T>> work)
    {
        if (!ErrorConsole.IsLive)
            return await work(new Watchers(new LineWatcher(Console.Error, ErrorConsole.Aside, TimeProvider.System)));
        var console = ErrorConsole.Open();
        return await console.Status().StartAsync(Spoken.Say("console.starting"), async context =>
        {
            using var watcher = new StatusWatcher(console, context, TimeProvider.System);
            return await work(new Watchers(watcher));
        });
    }

    /// <summary>Shows the date that long work is at; only on a terminal.</summary>
    public static async Task<T> DatesAsync<T>(string what, Func<IProgress<DateOnly>?, Task<T>> work)
    {
        if (!ErrorConsole.IsLive)
            return await work(null);
        var console = ErrorConsole.Open();
        return await console.Status().StartAsync(what, context => work(new DateProgress(what, context)));
    }

    sealed class DateProgress(string what, StatusContext context) : IProgress<DateOnly>
    {
        public void Report(DateOnly value) => context.Status($"{what} {value:yyyy-MM-dd}");
    }
}
