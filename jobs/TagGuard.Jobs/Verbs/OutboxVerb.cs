using System.CommandLine;
using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Deliveries;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Storage;

namespace TagGuard.Jobs.Verbs;

/// <summary>`outbox`: the messages that wait or that nobody got; `--send` delivers what is due.</summary>
static class OutboxVerb
{
    /// <summary>Days back of which dead messages are listed.</summary>
    const int DaysOfDead = 30;

    public static Command Create(TimeProvider clock)
    {
        var plan = new PlanOption();
        var send = new Option<bool>("--send") { Description = "Deliver what is due. Each later run does so, too." };
        var command = new Command(
            "outbox",
            "List the mails that wait for another attempt, and those of the last 30 days that nobody got. Exit 0, or 5 when one that was due could "
                + "not be delivered.")
        {
            send,
        };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            if (parsed.GetValue(send) && !OutboxPost.IsOf(session.Plan))
                throw new UsageException("The plan names nobody to send to: add `host` to `notify: { mail: … }`, or `webhooks`.");
            var results = parsed.GetValue(send) ? await OutboxPost.DeliverAsync(session, isWanted: null, cancellationToken) : [];
            foreach (var result in results)
                MailLines.Write(new Receipt(result.Row.To, result.IsDelivered ? null : result.Outcome.Answer));
            var rows = await session.Store.OutboxAsync(session.Plan.Name, session.Clock.GetUtcNow().AddDays(-DaysOfDead), cancellationToken);
            foreach (var row in rows)
                MailLines.Write(row, session.Plan.Timezone);
            if (rows.Count == 0)
                Spoken.Aside("console.outbox_empty");
            return (int)ResultLine.Write("outbox", results.All(result => result.IsDelivered) ? ExitCode.Open : ExitCode.Failed, line =>
            {
                line["plan"] = session.Plan.Name;
                if (parsed.GetValue(send))
                    line["sent"] = new JsonArray([.. results.Where(result => result.IsDelivered).Select(JsonNode? (result) => result.Row.To)]);
                line["waiting"] = Of(rows.Where(row => row.State != OutboxState.Dead));
                line["dead"] = Of(rows.Where(row => row.State == OutboxState.Dead));
            });
        });
        return command;
    }

    static JsonArray Of(IEnumerable<OutboxRow> rows) => new([.. rows.Select(JsonNode? (row) => new JsonObject
    {
        ["date"] = row.Date.ToString("yyyy-MM-dd"),
        ["kind"] = MailLines.NameOf(row.Kind),
        ["to"] = row.To,
        ["message_id"] = row.MessageId,
        ["attempts"] = row.Attempts,
        ["next_attempt"] = row.State == OutboxState.Dead ? null : row.NextAttempt.UtcDateTime.ToString("s") + "Z",
        ["answer"] = row.Answer,
    })]);
}
