using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Judgements;

/// <summary>Judges one check as its plan says: the rules, then what the plan makes of their verdicts. The same for a run, a replay and `explain`.</summary>
public static class Judging
{
    /// <summary>Days of history that a check needs, for its rules and to see which keys vanished.</summary>
    public static int HistoryDays(CheckPlan check) => Math.Max(check.HistoryDays, Vanished.Days);

    public static IReadOnlyList<Judgement> Of(CheckPlan check, Batch batch) =>
        [.. check.Rules.SelectMany(rule => rule.Judge(batch)).Select(judgement => WithPlan(judgement, check.Judge))];

    static Judgement WithPlan(Judgement judgement, JudgePlan plan) => judgement with
    {
        Blocking = judgement.Blocking && plan.Blocking && (judgement.Verdict != Verdict.Unknown || plan.OnUnknown == OnUnknown.Block),
    };
}
