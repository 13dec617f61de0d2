using System.CommandLine;
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
        var command = new Command("report", "Render the duty report of a date from what is stored. Exit 0, or 5 when it cannot be written.")
        {
            date,
            output,
        };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var day = CommonOptions.DayOf(session, parsed.GetValue(date));
            var file = parsed.GetValue(output)?.FullName ?? ReportFile.DefaultFor(session, day);
            await ReportFile.WriteAsync(session, day, file, cancellationToken);
            Spoken.Aside("console.wrote", ("file", file));
            return (int)ResultLine.Write("report", ExitCode.Open, line =>
            {
                line["date"] = day.ToString("yyyy-MM-dd");
                line["report"] = file;
            });
        });
        return command;
    }
}
