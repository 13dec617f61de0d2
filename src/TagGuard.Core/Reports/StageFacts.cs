using TagGuard.Gates;
using TagGuard.Storage;

namespace TagGuard.Reports;

/// <summary>How a gate stands when the report is made.</summary>
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

    /// <summary>Closed: the plan has this stage, and nobody judged it.</summary>
    NotJudged,
    CouldNotTell,
    BadData,
}

/// <summary>One stage of the date, judged or not.</summary>
/// <param name="Name">Its name in the plan.</param>
/// <param name="Standing">How its gate stands.</param>
/// <param name="Reason">Why.</param>
/// <param name="Stored">What its newest run left; null when it was not judged.</param>
/// <param name="Counts">Its verdicts.</param>
public sealed record StageFacts(string Name, GateStanding Standing, string Reason, StoredStage? Stored, VerdictCounts Counts)
{
    public bool IsOpen => Standing is GateStanding.Open or GateStanding.OpenByOverride;

    public static StageFacts NotJudged(string name) =>
        new(name, GateStanding.NotJudged, "Not judged for this date.", null, default);

    /// <param name="stage">What is stored.</param>
    /// <param name="now">When the report is made.</param>
    /// <param name="maxAge">A verdict older than this opens nothing.</param>
    public static StageFacts Of(StoredStage stage, DateTimeOffset now, TimeSpan maxAge)
    {
        var answer = stage.Gate.AnswerAt(now, maxAge);
        var standing = (answer, stage.Gate) switch
        {
            ({ ByOverride: true }, _) => GateStanding.OpenByOverride,
            ({ IsOpen: true }, _) => GateStanding.Open,
            (_, { IsGood: true }) => GateStanding.OutOfDate,
            (_, { RunId: 0 }) => GateStanding.Running,
            (_, { Exit: GateExit.NotReady }) => GateStanding.NotReady,
            (_, { Exit: GateExit.BadData }) => GateStanding.BadData,
            _ => GateStanding.CouldNotTell,
        };
        // An override answers with its own sentence; the report shows the override apart, and what the check said beside it.
        var reason = answer.ByOverride ? stage.Gate.Reason : answer.Reason;
        return new StageFacts(stage.Stage, standing, reason, stage, VerdictCounts.Of(stage.Judgements.Select(stored => stored.Judgement)));
    }
}
