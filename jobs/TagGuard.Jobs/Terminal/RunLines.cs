using TagGuard.Deliveries;

namespace TagGuard.Jobs.Terminal;

/// <summary>What goes wrong beside a run, as lines: it changes neither a gate nor the exit code.</summary>
static class RunLines
{
    public static string NotDelivered(Undelivered undelivered) =>
        $"NOTE   {undelivered.What} was not delivered: {undelivered.Reason} The gates are not changed by it.";

    public static string WatcherFailed(string watcher, Exception fault) =>
        $"NOTE   {watcher} failed and is not told any more: {fault.GetType().Name}: {fault.Message}";
}
