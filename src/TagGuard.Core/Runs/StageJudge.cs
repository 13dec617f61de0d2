using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Judgements.Incidents;
using TagGuard.Judgements.Past;
using TagGuard.Plans;

namespace TagGuard.Runs;

/// <summary>
/// From numbers to the gate: what was measured and what was known before go in; judgements, what is kept out of later baselines, incidents and the
/// gate's decision come out. Pure; the same for a run, a replay and `explain`.
/// </summary>
/// <param name="plan">What it judges by.</param>
public sealed class StageJudge(Plan plan)
{
    /// <summary>Judges one check.</summary>
    /// <param name="check">The check.</param>
    /// <param name="date">The business date.</param>
    /// <param name="now">When it is judged.</param>
    /// <param name="today">What was measured.</param>
    /// <param name="history">What was known before the date, and what is known of the tags.</param>
    public JudgedCheck Check(CheckPlan check, DateOnly date, DateTimeOffset now, IReadOnlyList<Measurement> today, History history)
    {
        var families = check.Measure.FamiliesBy(history.Tags.On(date));
        var batch = new Batch(check.Name, new BusinessDay(date, plan.Timezone), now, today, history) { Families = families };
        return new JudgedCheck(today, Judging.Of(check, FamilyDays.In(batch), plan.Calendar.Days)) { Families = families };
    }

    /// <summary>Makes incidents of a stage's judgements, and decides its gate.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="judged">Each of its checks, in their order.</param>
    /// <param name="closedBefore">The stages before it that are closed.</param>
    /// <param name="waitRanOut">Whether what is missing was waited for in vain.</param>
    /// <param name="earlier">The incidents of the stages before it.</param>
    public static JudgedStage Stage(
        StagePlan stage,
        IReadOnlyList<JudgedCheck> judged,
        IReadOnlyList<string> closedBefore,
        bool waitRanOut = false,
        IReadOnlyList<Incident>? earlier = null)
    {
        var found = stage.Checks.Zip(judged, (check, one) => IncidentSorter.From(one.Judgements, check.Owner, check.Runbook, one.Families))
            .SelectMany(of => of);
        var incidents = Consequences.Mark([.. found], earlier ?? []);
        return new JudgedStage(incidents, Gate.Decide([.. judged.SelectMany(one => one.Judgements)], closedBefore, waitRanOut, incidents));
    }
}

/// <summary>A stage as it was judged.</summary>
public sealed record JudgedStage(IReadOnlyList<Incident> Incidents, GateDecision Gate);
