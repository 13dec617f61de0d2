using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Past;
using TagGuard.Phrases;
using TagGuard.Plans;

namespace TagGuard.Runs;

/// <summary>Judges one check as its plan says: the rules, then what the plan makes of their
/// verdicts. The same for a run, a replay and `explain`.</summary>
/// <remarks>A check that may close its gate says something that could: rules that are silent, or that only tell, are no reason to open it.</remarks>
public static class Judging
{
    /// <summary>Days of history that a check needs, for its rules and to see which keys vanished.</summary>
    public static int HistoryDays(CheckPlan check) => Math.Max(check.HistoryDays, Vanished.Days);

    /// <summary>The history as far as the plan's families go: of those that were made otherwise, it knows nothing.</summary>
    public static History Comparable(CheckPlan check, History history) => FamilyDays.Comparable(
        check.Name, history, check.Measure.FamiliesBy(history.Tags.On(history.Before)));

    /// <param name="check">The check.</param>
    /// <param name="batch">What was measured, and what was known before.</param>
    /// <param name="calendar">The days that are not like others.</param>
    public static IReadOnlyList<Judgement> Of(CheckPlan check, Batch batch, Calendar calendar)
    {
        var special = calendar.On(batch.Day.Date);
        var marked = batch with
        {
            History = batch.History.Without(calendar),
            Special = special,
            Widening = special?.Effect == CalendarEffect.Widen ? calendar.Widening : 1,
        };
        var mayClose = false;
        var judgements = new List<Judgement>();
        foreach (var rule in check.Rules)
        {
            foreach (var judgement in rule.Judge(marked))
            {
                mayClose |= judgement.Blocking;
                judgements.Add(WithPlan(special is not null && rule.ComparesDays ? OnSpecialDay(judgement, special) : judgement, check.Judge));
            }
        }
        if (check.Judge.Blocking && !mayClose)
            judgements.Add(WithPlan(Unjudged.Silent(batch, check.Measure.Metrics[0], judgements.Count), check.Judge));
        return judgements;
    }

    /// <summary>On a special day a comparison with other days says little or nothing. What is missing is missing all the same.</summary>
    static Judgement OnSpecialDay(Judgement judgement, CalendarDay day) => (day.Effect, judgement.Finding) switch
    {
        (_, Finding.Missing or Finding.WrongQuestion or Finding.Normal) => judgement,
        (CalendarEffect.Exclude, _) => judgement with
        {
            Verdict = Verdict.Pass,
            Finding = Finding.Excluded,
            Shared = null,
            Said = new Phrase("verdict.excluded", ("day", day.Name), ("kind", day.Kind), ("said", judgement.Said)),
        },
        (CalendarEffect.ReportOnly, _) => judgement with
        {
            Blocking = false,
            Said = judgement.Said.And(new Phrase("verdict.only_reported", ("day", day.Name), ("kind", day.Kind))),
        },
        _ => judgement with { Said = judgement.Said.And(new Phrase("verdict.widened", ("day", day.Name), ("kind", day.Kind))) },
    };

    static Judgement WithPlan(Judgement judgement, JudgePlan plan)
    {
        var blocking = judgement.Blocking && plan.Blocking && (judgement.Verdict != Verdict.Unknown || plan.OnUnknown == OnUnknown.Block);
        return blocking == judgement.Blocking ? judgement : judgement with { Blocking = blocking };
    }
}
