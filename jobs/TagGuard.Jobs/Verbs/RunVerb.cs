using System.CommandLine;
using TagGuard.Application;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>`run`: every stage in order, or some of them, then the report.</summary>
static class RunVerb
{
    /// <summary>The stage that `--wait` waits for.</summary>
    const string Upstream = "upstream";

    public static Command Create(TimeProvider clock)
    {
        var (plan, date, dryRun, waits) = (new PlanOption(), CommonOptions.Date(), CommonOptions.DryRun(), new WaitOptions(waitsForStage: true));
        var future = CommonOptions.Future();
        var some = new StagesOption();
        var report = new Option<FileInfo?>("--report")
        {
            Description = "Write the HTML report here. Default: reports/PLAN-DATE.html beside the plan.",
        };
        var command = new Command("run", "Every stage of the plan in order, then the report. Exit code as the gates.")
        {
            date, future, dryRun, report,
        };
        some.AddTo(command);
        plan.AddTo(command);
        waits.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var day = CommonOptions.DayOf(session, parsed.GetValue(date));
            var stages = some.Of(parsed, session);
            var patience = waits.Of(parsed, Upstream);
            if (patience.ForStage > TimeSpan.Zero && !stages.Contains(Upstream))
                throw new UsageException($"--wait waits for the stage `{Upstream}`, which is not among those to run: {string.Join(", ", stages)}.");
            if (parsed.GetValue(dryRun))
                return (int)DryRun.Write(session, "run", day, stages);
            CommonOptions.RefuseFuture(session, "--date", day, parsed.GetValue(future));
            var request = new RunRequest("run", day, stages, patience)
            {
                Report = parsed.GetValue(report)?.FullName ?? ReportFile.DefaultFor(session, day),
                IsMailed = true,
                Log = parsed.GetValue(CommonOptions.LogFile)?.FullName,
            };
            var outcome = await Watching.DuringAsync(watchers => StageRun.ExecuteAsync(session, request, watchers, cancellationToken));
            return (int)RunLine.Write(session, request, outcome);
        });
        return command;
    }
}
