using System.CommandLine;
using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>`prune`: takes away what is older than is kept, never what a judgement needs.</summary>
static class PruneVerb
{
    const int LongestKept = 36_500;

    public static Command Create(TimeProvider clock)
    {
        var plan = new PlanOption();
        var keep = CommonOptions.Duration("--keep", "How much is kept, in whole days: 400d.", TimeSpan.FromDays(400));
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would go. Changes nothing." };
        var command = new Command(
            "prune",
            "Take away verdicts and reports older than --keep, and numbers that no kept day looks back to. What people decided stays.")
        {
            keep, dryRun,
        };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var (length, isTrial) = (parsed.GetValue(keep)!.Length, parsed.GetValue(dryRun));
            if (length.TotalDays is < 1 or > LongestKept || length != TimeSpan.FromDays((int)length.TotalDays))
                throw new UsageException("--keep is a number of whole days, such as 400d.");
            var pruning = new Pruning(session, (int)length.TotalDays);
            if ((int)length.TotalDays < pruning.LooksBack)
                throw new UsageException($"--keep {(int)length.TotalDays}d is less than the plan's rules look back: keep "
                    + $"{pruning.LooksBack}d or more.");
            var (rows, dates, held, reports) = await Watching.DatesAsync(
                Spoken.Say("console.pruning"), progress => pruning.RunAsync(isTrial, progress, cancellationToken));
            Spoken.Aside(
                isTrial ? "console.would_prune" : "console.pruned",
                ("kept", pruning.KeptFrom), ("numbers", pruning.NumbersFrom), ("dates", dates),
                ("verdicts", rows.Verdicts), ("values", rows.Numbers), ("rows", rows.Rows), ("reports", reports));
            foreach (var date in held)
                Spoken.Line("console.prune_held", ("date", date));
            return (int)ResultLine.Write("prune", ExitCode.Open, line =>
            {
                line["plan"] = session.Plan.Name;
                line["dry_run"] = isTrial;
                line["kept_from"] = pruning.KeptFrom.ToString("yyyy-MM-dd");
                line["numbers_from"] = pruning.NumbersFrom.ToString("yyyy-MM-dd");
                line["dates"] = dates;
                line["rows"] = rows.Rows;
                line["reports"] = reports;
                line["held"] = new JsonArray([.. held.Select(JsonNode? (date) => date.ToString("yyyy-MM-dd"))]);
            });
        });
        return command;
    }
}
