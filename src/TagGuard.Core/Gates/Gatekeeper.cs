using System.Globalization;
using TagGuard.Judgements.Rules;
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
            return Unknown(GateStanding.NotJudged, "It was never judged for this date: run the stage.");
        if (state.Override is { } given && given.IsInForceAt(now))
            return new GateAnswer(stage.Stage, GateStanding.OpenByOverride, GateExit.Open, $"Opened by {given.By} until {given.Until:yyyy-MM-dd HH:mm} UTC: {given.Why}", state);
        if (!state.IsGood || state.Exit != GateExit.Open)
            return new GateAnswer(stage.Stage, StandingOf(state), state.Exit == GateExit.Open ? GateExit.CouldNotTell : state.Exit, state.Reason, state);
        if (state.DecidedAt - now > ClockDifference)
            return Unknown(GateStanding.FromTheFuture, $"The verdict is of {state.DecidedAt:yyyy-MM-dd HH:mm} UTC, and it is {now:yyyy-MM-dd HH:mm}: a clock is wrong. Set it, and run the stage again.");
        if (now - state.DecidedAt > terms.MaxAge)
            return Unknown(GateStanding.OutOfDate, $"The verdict is {Hours(now - state.DecidedAt)} old, and opens the gate for {Hours(terms.MaxAge)} only: run the stage again.");
        if (!state.HasItsVerdicts || state.JudgedBy is not { } judged)
            return Unknown(GateStanding.WithoutVerdicts, WithoutVerdicts(state));
        var changes = terms.OnPlanChange == OnPlanChange.Keep ? PlanChange.NotJudged(stage, judged) : PlanChange.Between(judged.Definition, stage);
        if (changes.Count > 0)
            return Unknown(GateStanding.PlanChanged, $"{Since(judged.Definition, stage)}: {PlanChange.Sentence(changes)}. Run the stage again.");
        if (closed.Count > 0)
            return Unknown(GateStanding.Held, $"Its own checks pass, but it is held by {string.Join(", ", closed)} before it.");
        return new GateAnswer(stage.Stage, GateStanding.Open, GateExit.Open, state.Reason, state);

        GateAnswer Unknown(GateStanding standing, string reason) => new(stage.Stage, standing, GateExit.CouldNotTell, reason, state);
    }

    static GateStanding StandingOf(GateState closed) => closed switch
    {
        { HasBegun: false } => GateStanding.NotJudged,
        { RunId: 0 } => GateStanding.Running,
        { Exit: GateExit.NotReady } => GateStanding.NotReady,
        { Exit: GateExit.BadData } => GateStanding.BadData,
        { JudgedBy.HeldBy.Count: > 0 } => GateStanding.Held,
        _ => GateStanding.CouldNotTell,
    };

    static string WithoutVerdicts(GateState state) => state is { HasItsVerdicts: true }
        ? "An older TagGuard judged it, and did not note by which checks: run the stage again."
        : $"The flag is open, but the verdicts of run {state.RunId} that it stands for are not all in the store: run the stage again.";

    /// <summary>Two plans that write one name share their gates: then the other is named.</summary>
    static string Since(StageDefinition judged, StageDefinition plan) => judged.PlanFile == plan.PlanFile
        ? "The plan has changed since it was judged"
        : $"It was judged by another plan of the same name, {judged.PlanFile}, which differs";

    static string Hours(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.#} h");
}
