using TagGuard.Gates;

namespace TagGuard.Reports;

/// <summary>The gates of an earlier date, as they were decided.</summary>
/// <param name="Date">The business date.</param>
/// <param name="Gates">How each stage was decided; a stage that was not judged is not among them.</param>
/// <param name="Report">The date's report, as a link from the page that shows the morning; null when there is none.</param>
public sealed record Morning(DateOnly Date, IReadOnlyDictionary<string, GateStanding> Gates, string? Report)
{
    /// <summary>How a stage was decided; not judged when nothing is stored.</summary>
    public GateStanding Of(string stage) => Gates.GetValueOrDefault(stage, GateStanding.NotJudged);
}
