using System.CommandLine;
using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Deliveries;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>`report`: the duty report of a date, rendered again from what is stored.</summary>
static class ReportVerb
{
    public static Command Create(TimeProvider clock)
    {
        var (plan, date) = (new PlanOption(), CommonOptions.Date());
        var output = new Option<FileInfo?>("--out") { Description = "Write the HTML here. Default: reports/PLAN-DATE.html beside the plan." };
        var preview = new Option<bool>("--preview")
        {
            Description = "Write the mail, too, as files beside the report, and send nothing: PLAN-DATE.eml, .mail.html, .txt and its pictures.",
        };
        var send = new Option<bool>("--send") { Description = "Send it to those whom the plan names (`notify: { mail: …, webhooks: … }`)." };
        var command = new Command("report", "Render the duty report of a date from what is stored. Exit 0, or 5 when it cannot be written or sent.")
        {
            date,
            output,
            preview,
            send,
        };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var day = CommonOptions.DayOf(session, parsed.GetValue(date));
            var (isPreviewed, isSent) = (parsed.GetValue(preview), parsed.GetValue(send));
            if ((isPreviewed || !OutboxPost.IsOf(session.Plan)) && (isPreviewed || isSent) && session.Plan.Notify.Mail is null)
                throw new UsageException("The plan has no mail: add `notify: { mail: { from: …, to: [ … ] } }`.");
            if (isSent && !OutboxPost.IsOf(session.Plan))
                throw new UsageException("The plan names no mail server: add `host` to `notify: { mail: … }`, or `webhooks`.");
            var file = parsed.GetValue(output)?.FullName ?? ReportFile.DefaultFor(session, day);
            await ReportFile.WriteAsync(session, day, file, cancellationToken);
            Spoken.Aside("console.wrote", ("file", file));
            var files = isPreviewed ? await PreviewAsync(session, day, Path.GetDirectoryName(file)!, cancellationToken) : [];
            var receipts = isSent ? await SendAsync(session, day, cancellationToken) : [];
            var isTaken = receipts.All(receipt => receipt.Refusal is null);
            return (int)ResultLine.Write("report", isTaken ? ExitCode.Open : ExitCode.Failed, line =>
            {
                line["date"] = day.ToString("yyyy-MM-dd");
                line["report"] = file;
                if (files.Count > 0)
                    line["mail"] = new JsonArray([.. files.Select(JsonNode? (one) => one)]);
                if (receipts.Count == 0)
                    return;
                line["sent"] = new JsonArray([.. receipts.Where(one => one.Refusal is null).Select(JsonNode? (one) => one.To)]);
                line["not_sent"] = new JsonArray([.. receipts.Where(one => one.Refusal is not null).Select(JsonNode? (one) => new JsonObject
                {
                    ["to"] = one.To, ["reason"] = one.Refusal,
                })]);
            });
        });
        return command;
    }

    static async Task<IReadOnlyList<Receipt>> SendAsync(PlanSession session, DateOnly date, CancellationToken cancellationToken)
    {
        var receipts = await OutboxPost.SendAsync(session, date, cancellationToken);
        foreach (var receipt in receipts)
            MailLines.Write(receipt);
        return receipts;
    }

    static async Task<IReadOnlyList<string>> PreviewAsync(
        PlanSession session, DateOnly date, string folder, CancellationToken cancellationToken)
    {
        var mail = await ReportMail.WriteAsync(session, date, cancellationToken);
        var files = await MailPreview.WriteAsync(mail, folder, MailIds.NameOf(session.Plan, date), cancellationToken);
        foreach (var one in files)
            Spoken.Aside("console.wrote", ("file", one));
        return files;
    }
}
