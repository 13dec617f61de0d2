using TagGuard.Detection;
using TagGuard.Detection.Events;
using TagGuard.Detection.Noise;
using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Detect;

/// <summary>The scores from which single tags are told and fail on a morning, as the allowed number of false alarms lets them be.</summary>
/// <param name="Budget">False alarms allowed.</param>
/// <param name="Judged">Tags judged alone.</param>
/// <param name="AlertScore">The score from which a tag is told.</param>
/// <param name="FailScore">The score from which it fails.</param>
/// <param name="FalseAlarms">False alarms to expect at <paramref name="AlertScore"/>.</param>
sealed record DetectBudget(double Budget, int Judged, double AlertScore, double FailScore, double FalseAlarms)
{
    const double DaysOfMonth = 30;

    /// <param name="rule">The rule's settings.</param>
    /// <param name="share">The part of the false alarms that these series may have: they are so many of all.</param>
    /// <param name="morning">The series.</param>
    /// <param name="found">What was found of each.</param>
    public static DetectBudget Of(DetectRule rule, double share, VolumeMorning morning, Detected[] found)
    {
        var scores = Enumerable.Range(0, morning.Tags.Count)
            .Where(tag => found[tag].Shared is null && morning.IsJudged(tag, found[tag].Result))
            .Select(tag => found[tag].Score)
            .ToList();
        var choice = AlarmBudget.Choose(scores, share * rule.FalseAlarmsPerMorning);
        var fails = ScoreChance.ScoreAt(share * rule.FalseBlocksPerMonth / DaysOfMonth / Math.Max(scores.Count, 1));
        return new DetectBudget(
            rule.FalseAlarmsPerMorning,
            scores.Count,
            choice.Threshold,
            Math.Max(fails, DetectorSettings.Default.AlarmScore),
            choice.ExpectedFalse);
    }

    /// <summary>What was used of the budget, as a judgement of the check that never fails.</summary>
    public Judgement Judge(Batch batch, IReadOnlyList<Judgement> judgements)
    {
        var told = judgements.Count(judgement =>
            judgement is { Shared: null, Verdict: Verdict.Warn or Verdict.Fail } && judgement.Finding != Finding.New);
        return new Judgement
        {
            Series = new SeriesId(batch.Check, Metrics.Alarms),
            Rule = "detect",
            Verdict = Verdict.Pass,
            Finding = Finding.Normal,
            Said = new Phrase("verdict.budget",
                ("alarms", told), ("judged", Judged), ("tell", AlertScore), ("chance", FalseAlarms), ("allowed", Budget), ("fail", FailScore)),
            Value = told,
            Expected = Math.Round(FalseAlarms, 3),
        };
    }
}
