using System.CommandLine;
using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Deliveries;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>`watch`: has each date been judged by the time at which the plan expects it? Else that is mailed, once.</summary>
static class WatchVerb
{
    public static Command Create(TimeProvider clock)
    {
        var plan = new PlanOption();
        var command = new Command(
            "watch",
            "Has each date been judged by `expected_by` of the plan? Else that is mailed once, whoever looks first; and what waits in the outbox is "
                + "delivered. Exit 0, 75 when a run is missing, or 5 when a mail could not be delivered.");
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            if (session.Plan.Notify.ExpectedBy is not { } time)
                throw new UsageException("The plan does not say when a run is expected: add `notify: { expected_by: \"06:30\" }`.");
            var missing = await ExpectedRuns.MissingAsync(session, cancellationToken);
            foreach (var date in missing)
                Spoken.Line("console.run_missing", ("date", date), ("time", time.ToString("HH:mm")));
            if (missing.Count == 0)
                Spoken.Aside("console.no_run_missing");
            var results = await OutboxPost.DeliverAsync(session, isWanted: null, cancellationToken);
            foreach (var result in results)
                MailLines.Write(new Receipt(result.Row.To, result.IsDelivered ? null : result.Outcome.Answer));
            var exit = missing.Count > 0 ? ExitCode.NotReady : results.All(result => result.IsDelivered) ? ExitCode.Open : ExitCode.Failed;
            return (int)ResultLine.Write("watch", exit, line =>
            {
                line["plan"] = session.Plan.Name;
                line["missing"] = new JsonArray([.. missing.Select(JsonNode? (date) => date.ToString("yyyy-MM-dd"))]);
                line["sent"] = new JsonArray([.. results.Where(result => result.IsDelivered).Select(JsonNode? (result) => result.Row.To)]);
            });
        });
        return command;
    }
}
