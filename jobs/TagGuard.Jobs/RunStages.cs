using System.Text.Json.Nodes;
using TagGuard.Adapters;
using TagGuard.Gates;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Jobs;

/// <summary>What `run` and the verbs of single stages share: run stages for a date, and tell how it went.</summary>
static class RunStages
{
    public static async Task<IReadOnlyList<StageResult>> ForAsync(
        Session session, string verb, DateOnly date, IReadOnlyList<string> stages, Patience patience, IRunWatcher watcher, CancellationToken cancellationToken)
    {
        OtherPlan.Tell(session, await session.GatesAsync(date, cancellationToken));
        var holder = new Holder(Environment.MachineName, Environment.ProcessId, Environment.UserName);
        var start = new RunStart(session.Plan.Name, session.Plan.Hash, verb, date, stages, holder, session.Clock.GetUtcNow());
        return await new CheckRun(session.Store, session, session.Clock, watcher, new TransientRetry(session.Clock)).ExecuteAsync(session.Plan, start, patience, cancellationToken);
    }

    /// <summary>How the gates of stages stand now that they were judged: an override counts, and so does whatever happened meanwhile.</summary>
    public static async Task<IReadOnlyList<GateAnswer>> AnswersAsync(Session session, DateOnly date, IReadOnlyList<StageResult> results, CancellationToken cancellationToken)
    {
        var judged = results.Select(result => result.Stage).ToHashSet();
        return [.. (await session.GatesAsync(date, cancellationToken)).Where(answer => judged.Contains(answer.Stage))];
    }

    public static ExitCode ExitOf(IReadOnlyList<GateAnswer> answers) => (ExitCode)Gate.Worst(answers.Select(answer => answer.Exit));

    public static void Tell(JsonObject line, Session session, DateOnly date, IReadOnlyList<StageResult> results, IReadOnlyList<GateAnswer> answers)
    {
        line["plan"] = session.Plan.Name;
        line["date"] = date.ToString("yyyy-MM-dd");
        line["stages"] = new JsonArray([.. results.Zip(answers).Select(JsonNode? (one) => new JsonObject
        {
            ["stage"] = one.First.Stage,
            ["open"] = one.Second.IsOpen,
            ["verdicts"] = one.First.Judgements.Count(),
            ["incidents"] = new JsonArray([.. one.First.Incidents.Where(incident => incident.Blocking).Select(JsonNode? (incident) => incident.Title)]),
        })]);
    }
}
