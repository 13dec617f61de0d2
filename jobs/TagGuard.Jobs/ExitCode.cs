using TagGuard.Gates;

namespace TagGuard.Jobs;

/// <summary>What the scheduler is told. These numbers are API: they never change their meaning.</summary>
public enum ExitCode
{
    /// <summary>The gate is open.</summary>
    Open = GateExit.Open,

    /// <summary>The gate is closed: the data is bad.</summary>
    BadData = GateExit.BadData,

    /// <summary>The gate is closed: could not tell (a source is down, too little history, another run holds the date).</summary>
    CouldNotTell = GateExit.CouldNotTell,

    /// <summary>Not started: a mistake in the command line or in the plan.</summary>
    NotStarted = 3,

    /// <summary>Interrupted: what was finished is stored.</summary>
    Interrupted = 4,

    /// <summary>TagGuard itself failed: the store cannot be read or written, or a bug.</summary>
    Failed = 5,

    /// <summary>The upstream is not ready yet.</summary>
    NotReady = GateExit.NotReady,
}

/// <summary>How an exception that reached the top is told.</summary>
static class Failure
{
    public static ExitCode CodeOf(Exception fault) => fault switch
    {
        Keys.PlanException or UsageException => ExitCode.NotStarted,
        OperationCanceledException => ExitCode.Interrupted,
        Storage.RunHeldException => ExitCode.CouldNotTell,
        _ => ExitCode.Failed,
    };

    public static string Told(Exception fault) => fault switch
    {
        OperationCanceledException => "Interrupted. What was finished is stored; gates of unfinished stages stay closed.",
        Keys.PlanException plan => $"{plan.Mistakes.Count} mistake{(plan.Mistakes.Count == 1 ? "" : "s")} in the plan, nothing was started:\n{plan.Message}",
        Storage.StoreException or Storage.RunHeldException or UsageException or Sources.SourceException or IOException or UnauthorizedAccessException => fault.Message,
        _ => $"TagGuard failed: {fault.GetType().Name}: {fault.Message} (--verbose shows where)",
    };

    /// <summary>The same, line by line.</summary>
    public static IEnumerable<string> Lines(Exception fault) => fault is Keys.PlanException plan
        ? [Told(fault).Split('\n')[0], .. plan.Mistakes.Select(mistake => mistake.ToString())]
        : [Told(fault)];
}

/// <summary>A command line that parses, but asks for something that cannot be; says what to write instead.</summary>
sealed class UsageException(string message) : Exception(message);
