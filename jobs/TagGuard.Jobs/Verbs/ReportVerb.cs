using System.CommandLine;
using System.Text.Json.Nodes;
using TagGuard.Application;
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
        var command = new Command("report", "Render the duty report of a date from what is stored. Exit 0, or 5 when it cannot be written.")
        {
            date,
            output,
            preview,
        };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var day = CommonOptions.DayOf(session, parsed.GetValue(date));
            if (parsed.GetValue(preview) && session.Plan.Notify.Mail is null)
                throw new UsageException("The plan has no mail to preview: add `notify: { mail: { from: …, to: [ … ] } }`.");
            var file = parsed.GetValue(output)?.FullName ?? ReportFile.DefaultFor(session, day);
            await ReportFile.WriteAsync(session, day, file, cancellationToken);
            Spoken.Aside("console.wrote", ("file", file));
            var mail = parsed.GetValue(preview) ? await PreviewAsync(session, day, Path.GetDirectoryName(file)!, cancellationToken) : [];
            return (int)ResultLine.Write("report", ExitCode.Open, line =>
            {
                line["date"] = day.ToString("yyyy-MM-dd");
                line["report"] = file;
                if (mail.Count > 0)
                    line["mail"] = new JsonArray([.. mail.Select(JsonNode? (one) => one)]);
            });
        });
        return command;
    }

    static async Task<IReadOnlyList<string>> PreviewAsync(PlanSession session, DateOnly date, string folder, CancellationToken cancellationToken)
    {
        var name = ReportMail.NameOf(session, date);
        var mail = await ReportMail.WriteAsync(session, date, name, cancellationToken);
        var files = await MailPreview.WriteAsync(mail, folder, name, cancellationToken);
        foreach (var one in files)
            Spoken.Aside("console.wrote", ("file", one));
        return files;
    }
}
