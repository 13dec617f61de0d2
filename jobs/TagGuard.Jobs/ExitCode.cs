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
