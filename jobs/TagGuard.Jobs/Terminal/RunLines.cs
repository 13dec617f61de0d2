using TagGuard.Deliveries;

namespace TagGuard.Jobs.Terminal;

/// <summary>What goes wrong beside a run, as lines: it changes neither a gate nor the exit code.</summary>
static class RunLines
{
    public static string NotDelivered(Undelivered undelivered) =>
        Spoken.Say("console.not_delivered", ("what", undelivered.What), ("reason", undelivered.Reason));

    public static string WatcherFailed(string watcher, Exception fault) =>
        Spoken.Say("console.watcher_failed", ("watcher", watcher), ("fault", $"{fault.GetType().Name}: {fault.Message}"));
}
