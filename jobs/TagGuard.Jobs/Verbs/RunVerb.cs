using System.CommandLine;
using TagGuard.Jobs.Options;

namespace TagGuard.Jobs.Verbs;

/// <summary>`run`: every stage in order, then the report.</summary>
static class RunVerb
{
    public static Command Create(TimeProvider clock)
    {
        var (plan, date, wait) = (CommonOptions.Plan(), CommonOptions.Date(), CommonOptions.WaitLock());
        var report = new Option<FileInfo?>("--report") { Description = "Write the HTML report here. Default: reports/PLAN-DATE.html beside the plan." };
        var command = new Command("run", "Every stage of the plan in order, then the report. Exit code as the gates.") { plan, date, wait, report };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = Session.Open(parsed.GetValue(plan)!, clock);
            var day = session.DateOr(parsed.GetValue(date)?.Date);
            var results = await Watching.DuringAsync(watcher =>
                RunStages.ForAsync(session, "run", day, [.. session.Plan.Stages.Keys], parsed.GetValue(wait)!.Length, watcher, cancellationToken));
            var exit = await RunStages.ExitOfAsync(session, day, results, cancellationToken);
            var file = parsed.GetValue(report)?.FullName ?? ReportFile.DefaultFor(session, day);
            await ReportFile.WriteAsync(session, day, file, cancellationToken);
            return (int)ResultLine.Write("run", exit, line =>
            {
                RunStages.Tell(line, session, day, results);
                line["report"] = file;
            });
        });
        return command;
    }
}
