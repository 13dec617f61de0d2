using System.CommandLine;
using TagGuard.Jobs.Options;

namespace TagGuard.Jobs.Verbs;

/// <summary>`run`: every stage in order, then the report.</summary>
static class RunVerb
{
    /// <summary>The stage that `--wait` waits for.</summary>
    const string Upstream = "upstream";

    public static Command Create(TimeProvider clock)
    {
        var (plan, date, dryRun, waits) = (CommonOptions.Plan(), CommonOptions.Date(), CommonOptions.DryRun(), new WaitOptions(waitsForStage: true));
        var report = new Option<FileInfo?>("--report") { Description = "Write the HTML report here. Default: reports/PLAN-DATE.html beside the plan." };
        var command = new Command("run", "Every stage of the plan in order, then the report. Exit code as the gates.") { plan, date, dryRun, report };
        waits.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = Session.Open(parsed.GetValue(plan)!, clock);
            var day = session.DateOr(parsed.GetValue(date)?.Date);
            string[] stages = [.. session.Plan.Stages.Keys];
            var patience = waits.Of(parsed, Upstream);
            if (patience.ForStage > TimeSpan.Zero && !stages.Contains(Upstream))
                throw new UsageException($"--wait waits for the stage `{Upstream}`, which the plan has not; it has {string.Join(", ", stages)}.");
            if (parsed.GetValue(dryRun))
                return (int)DryRun.Write(session, "run", day, stages);
            var results = await Watching.DuringAsync(watcher => RunStages.ForAsync(session, "run", day, stages, patience, watcher, cancellationToken));
            var answers = await RunStages.AnswersAsync(session, day, results, cancellationToken);
            var file = parsed.GetValue(report)?.FullName ?? ReportFile.DefaultFor(session, day);
            await ReportFile.WriteAsync(session, day, file, cancellationToken);
            return (int)ResultLine.Write("run", RunStages.ExitOf(answers), line =>
            {
                RunStages.Tell(line, session, day, results, answers);
                line["report"] = file;
            });
        });
        return command;
    }
}
