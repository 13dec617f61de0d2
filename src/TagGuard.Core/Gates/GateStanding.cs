namespace TagGuard.Gates;

/// <summary>How a gate stands when it is asked.</summary>
public enum GateStanding
{
    Open,

    /// <summary>Open on a person's word, against the verdict or without one.</summary>
    OpenByOverride,

    /// <summary>Closed: the data is not there yet, and not overdue.</summary>
    NotReady,

    /// <summary>Closed: a run has begun and not ended.</summary>
    Running,

    /// <summary>Closed: the verdict was good, but is too old to open anything.</summary>
    OutOfDate,

    /// <summary>Closed: the verdict was made later than now, so a clock is wrong.</summary>
    FromTheFuture,

    /// <summary>Closed: the plan has this stage, and nobody judged it.</summary>
    NotJudged,

    /// <summary>Closed: the verdicts that the flag stands for are not all in the store.</summary>
    WithoutVerdicts,

    /// <summary>Closed: it was judged by other checks than those of the plan.</summary>
    PlanChanged,

    /// <summary>Closed: its own checks pass, but a stage before it is closed.</summary>
    Held,
    CouldNotTell,
    BadData,
}
