using System.Text.Json.Nodes;
using TagGuard.Adapters;
using TagGuard.Gates;
using TagGuard.Storage;

namespace TagGuard.Jobs;

/// <summary>What `run` and the verbs of single stages share: run stages for a date, and tell how it went.</summary>
static class RunStages
{
    public static async Task<IReadOnlyList<StageResult>> ForAsync(
        Session session, string verb, DateOnly date, IReadOnlyList<string> stages, Patience patience, IRunWatcher watcher, CancellationToken cancellationToken)
    {
        var holder = new Holder(Environment.MachineName, Environment.ProcessId, Environment.UserName);
        var start = new RunStart(session.Plan.Name, session.Plan.Hash, verb, date, stages, holder, session.Clock.GetUtcNow());
        return await new CheckRun(session.Store, session, session.Clock, watcher, new TransientRetry(session.Clock)).ExecuteAsync(session.Plan, start, patience, cancellationToken);
    }

    /// <summary>The exit code of stages: as the gates, and an open override counts as open.</summary>
    public static async Task<ExitCode> ExitOfAsync(Session session, DateOnly date, IReadOnlyList<StageResult> results, CancellationToken cancellationToken)
    {
        var gates = await session.Store.GatesAsync(session.Plan.Name, date, cancellationToken);
        var now = session.Clock.GetUtcNow();
        var exits = results.Select(result =>
            gates.TryGetValue(result.Stage, out var gate) && gate.AnswerAt(now, session.Plan.Gate.MaxAge) is { IsOpen: true } ? GateExit.Open : result.Gate.Exit);
        return (ExitCode)Gate.Worst(exits);
    }

    public static void Tell(JsonObject line, Session session, DateOnly date, IReadOnlyList<StageResult> results)
    {
        line["plan"] = session.Plan.Name;
        line["date"] = date.ToString("yyyy-MM-dd");
        line["stages"] = new JsonArray([.. results.Select(JsonNode? (result) => new JsonObject
        {
            ["stage"] = result.Stage,
            ["open"] = result.Gate.IsOpen,
            ["verdicts"] = result.Judgements.Count(),
            ["incidents"] = new JsonArray([.. result.Incidents.Where(incident => incident.Blocking).Select(JsonNode? (incident) => incident.Title)]),
        })]);
    }
}
