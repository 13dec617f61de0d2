using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Deliveries;
using TagGuard.Storage;

namespace TagGuard.Jobs.Terminal;

/// <summary>How a run came out, in the line for schedulers.</summary>
static class RunLine
{
    public static ExitCode Write(PlanSession session, RunRequest request, RunOutcome outcome) =>
        ResultLine.Write(request.Verb, (ExitCode)outcome.Gates.Exit, line =>
        {
            line["plan"] = session.Plan.Name;
            line["date"] = request.Date.ToString("yyyy-MM-dd");
            line["stages"] = new JsonArray([.. outcome.Stages.Zip(outcome.Gates.Answers).Select(JsonNode? (one) => new JsonObject
            {
                ["stage"] = one.First.Stage,
                ["open"] = one.Second.IsOpen,
                ["verdicts"] = one.First.Judgements.Count(),
                ["incidents"] = Titles(one.First, blocking: true),
                ["warnings"] = one.First.Warnings,
                ["incidents_that_warn"] = Titles(one.First, blocking: false),
            })]);
            if (outcome.Report is { } report)
                line["report"] = report;
            if (outcome.Mailed.Count > 0)
                line["mailed"] = new JsonArray([.. outcome.Mailed.Select(JsonNode? (one) => one)]);
            if (outcome.Undelivered.Count > 0)
                line["not_delivered"] = new JsonArray([.. outcome.Undelivered.Select(JsonNode? (one) => Of(one))]);
        });

    static JsonArray Titles(StageResult stage, bool blocking) =>
        new([.. stage.Incidents.Where(incident => incident.Blocking == blocking).Select(JsonNode? (incident) => incident.Title)]);

    static JsonObject Of(Undelivered undelivered) => new() { ["what"] = undelivered.What, ["reason"] = undelivered.Reason };
}
