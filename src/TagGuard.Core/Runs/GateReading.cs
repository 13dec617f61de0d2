using TagGuard.Gates;
using TagGuard.Plans;
using TagGuard.Storage;

namespace TagGuard.Runs;

/// <summary>How gates of a plan stand on a date, each with its reason: what a run, `gate`, the report and a server go by.</summary>
/// <param name="Date">The business date.</param>
/// <param name="Answers">An answer for each stage, in the order of the plan.</param>
public sealed record GateReading(DateOnly Date, IReadOnlyList<GateAnswer> Answers)
{
    /// <summary>What a scheduler is told of all of them together: the worst; could-not-tell when there is none.</summary>
    // No LINQ over enums here: compiling it when a gate starts takes longer than reading the gate.
    public GateExit Exit
    {
        get
        {
            var exit = Answers.Count == 0 ? GateExit.CouldNotTell : GateExit.Open;
            foreach (var answer in Answers)
                exit = Gate.Worse(exit, answer.Exit);
            return exit;
        }
    }

    /// <summary>Whether every gate is open.</summary>
    public bool IsOpen => Exit == GateExit.Open;

    /// <summary>Reads the flags, and works out what they mean now under this plan.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    // Not async: compiling the state machine when a gate starts takes longer than reading the gate.
    public static Task<GateReading> AskAsync(IRunStore store, Plan plan, DateOnly date, TimeProvider clock, CancellationToken cancellationToken) =>
        store.GatesAsync(plan.Name, date, cancellationToken).ContinueWith(
            flags => Of(plan, date, flags.GetAwaiter().GetResult(), clock.GetUtcNow()),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    /// <summary>The same of flags that were read together with something else.</summary>
    public static GateReading Of(Plan plan, DateOnly date, IReadOnlyDictionary<string, GateState> flags, DateTimeOffset now) =>
        new(date, Gatekeeper.Answers(GateTerms.Of(plan), flags, now));

    /// <summary>The answers for these stages alone. Each still counts the stages before it.</summary>
    public GateReading Only(IReadOnlyList<string> stages)
    {
        var answers = new List<GateAnswer>(stages.Count);
        foreach (var answer in Answers)
        {
            if (stages.Contains(answer.Stage))
                answers.Add(answer);
        }
        return this with { Answers = answers };
    }

    /// <summary>The stages before this one whose gates are not open.</summary>
    public IReadOnlyList<string> ClosedBefore(string stage) =>
        [.. Answers.TakeWhile(answer => answer.Stage != stage).Where(answer => !answer.IsOpen).Select(answer => answer.Stage)];
}
