using System.Globalization;
using TagGuard.Judgements.Rules;
using TagGuard.Phrases;
using TagGuard.Plans;

namespace TagGuard.Gates;

/// <summary>
/// The one answer to "is this gate open, and why". It is worked out from the stored flags whenever it is asked, for time passes, overrides run out,
/// plans change and stages are judged again.
/// </summary>
/// <remarks>
/// A stage is open when a person's override of it is in force; or when its newest run ended with a good verdict that is not too old, all of whose
/// verdicts are stored, which was made by the checks of the plan at hand, and every stage before it is open. Everything else is closed.
/// </remarks>
public static class Gatekeeper
{
    /// <summary>Clocks of two hosts may differ by this much; what was decided later than that from now was decided by a wrong clock.</summary>
    public static readonly TimeSpan ClockDifference = ImpossibleTime.ClockDifference;

    /// <summary>The answer for every stage of the plan, in order.</summary>
    /// <param name="terms">What the plan asks of a gate.</param>
    /// <param name="gates">The stored flags of the date by stage.</param>
    /// <param name="now">The clock.</param>
    public static IReadOnlyList<GateAnswer> Answers(GateTerms terms, IReadOnlyDictionary<string, GateState> gates, DateTimeOffset now)
    {
        var answers = new List<GateAnswer>(terms.Stages.Count);
        var closed = new List<string>();
        foreach (var stage in terms.Stages)
        {
            var state = gates.GetValueOrDefault(stage.Stage);
            var answer = Answer(terms, stage, state, closed, now);
            answers.Add(answer);
            if (!answer.IsOpen)
                closed.Add(stage.Stage);
        }
        return answers;
    }

    // Answers are objects all the way: tuples of enums would be compiled when a gate starts.
    static GateAnswer Answer(GateTerms terms, StageDefinition stage, GateState? state, List<string> closed, DateTimeOffset now)
    {
        if (state is null)
            return Unknown(GateStanding.NotJudged, new Phrase("gate.never_judged"));
        if (state.Override is { } given && given.IsInForceAt(now))
            return new GateAnswer(stage.Stage, GateStanding.OpenByOverride, GateExit.Open, Overridden(given, terms.Zone), state);
        if (!state.IsGood || state.Exit != GateExit.Open)
            return Closed(stage, state, closed);
        if (state.DecidedAt - now > ClockDifference)
            return Unknown(GateStanding.FromTheFuture, FromTheFuture(state.DecidedAt, now, terms.Zone));
        if (now - state.DecidedAt > terms.MaxAge)
            return Unknown(
                GateStanding.OutOfDate,
                new Phrase("gate.out_of_date", ("age", Hours(now - state.DecidedAt)), ("most", Hours(terms.MaxAge))));
        if (!state.HasItsVerdicts || state.JudgedBy is not { } judged)
            return Unknown(GateStanding.WithoutVerdicts, WithoutVerdicts(state));
        var changes = terms.OnPlanChange == OnPlanChange.Keep ? PlanChange.NotJudged(stage, judged) : PlanChange.Between(judged.Definition, stage);
        if (changes.Count > 0)
            return Unknown(GateStanding.PlanChanged, Changed(judged.Definition, stage, PlanChange.Listed(changes)));
        if (closed.Count > 0)
            return Unknown(GateStanding.Held, Gate.Held(closed)) with { HeldBy = [.. closed] };
        return new GateAnswer(stage.Stage, GateStanding.Open, GateExit.Open, null, state);

        GateAnswer Unknown(GateStanding standing, Phrase why) => new(stage.Stage, standing, GateExit.CouldNotTell, why, state);
    }

    static GateAnswer Closed(StageDefinition stage, GateState state, List<string> closed)
    {
        var standing = StandingOf(state);
        var exit = state.Exit == GateExit.Open ? GateExit.CouldNotTell : state.Exit;
        if (standing != GateStanding.Held)
            return new GateAnswer(stage.Stage, standing, exit, null, state);
        // Who held it may be open by now: then it waits for nobody but a run, or a person.
        var now = closed.Count > 0 ? Gate.Held(closed) : new Phrase("gate.was_held", ("stages", string.Join(", ", state.JudgedBy!.HeldBy)));
        return new GateAnswer(stage.Stage, standing, exit, now, state) { HeldBy = [.. closed] };
    }

    /// <summary>How a gate of an earlier date was decided: what ran out since then is no news of that morning.</summary>
    public static GateStanding AsDecided(GateState state) => state switch
    {
        { IsGood: true, Exit: GateExit.Open } => GateStanding.Open,
        { Override: not null } => GateStanding.OpenByOverride,
        _ => StandingOf(state),
    };

    static GateStanding StandingOf(GateState closed) => closed switch
    {
        { HasBegun: false } => GateStanding.NotJudged,
        { RunId: 0 } => GateStanding.Running,
        { Exit: GateExit.NotReady } => GateStanding.NotReady,
        { Exit: GateExit.BadData } => GateStanding.BadData,
        { JudgedBy.HeldBy.Count: > 0 } => GateStanding.Held,
        _ => GateStanding.CouldNotTell,
    };

    static Phrase WithoutVerdicts(GateState state) => state is { HasItsVerdicts: true }
        ? new Phrase("gate.older_program")
        : new Phrase("gate.without_verdicts", ("run", state.RunId.ToString(CultureInfo.InvariantCulture)));

    static Phrase FromTheFuture(DateTimeOffset decided, DateTimeOffset now, TimeZoneInfo zone) =>
        new("gate.from_the_future", ("at", Minute(decided, zone)), ("now", Minute(now, zone)), ("zone", zone.Id));

    static Phrase Overridden(Override given, TimeZoneInfo zone) =>
        new("gate.overridden", ("by", given.By), ("until", Minute(given.Until, zone)), ("zone", zone.Id), ("why", given.Why));

    /// <summary>Two plans that write one name share their gates: then the other is named.</summary>
    static Phrase Changed(StageDefinition judged, StageDefinition plan, Phrase changes) => judged.PlanFile == plan.PlanFile
        ? new Phrase("gate.plan_changed", ("changes", changes))
        : new Phrase("gate.other_plan", ("file", judged.PlanFile), ("changes", changes));

    static double Hours(TimeSpan time) => Math.Round(time.TotalHours, 1);

    static string Minute(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
