using System.CommandLine;
using TagGuard.Application;
using TagGuard.Gates;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Runs;

namespace TagGuard.Jobs.Verbs;

/// <summary>`backfill`: a range of dates, oldest first, each judged only by what was known before it.</summary>
static class BackfillVerb
{
    /// <summary>Ten years: more is a slip in a year's digits.</summary>
    const int MostDates = 3_660;

    public static Command Create(TimeProvider clock)
    {
        var (plan, wait) = (new PlanOption(), CommonOptions.WaitLock());
        var from = CommonOptions.DateNamed("--from", "First business date.");
        var to = CommonOptions.DateNamed("--to", "Last business date. Default: yesterday in the plan's time zone.");
        var (future, some) = (CommonOptions.Future(), new StagesOption());
        from.Required = true;
        var command = new Command("backfill", "Measures and judges a range of dates, oldest first. Exit code: the worst.") { from, to, future, wait };
        some.AddTo(command);
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var (first, last) = (parsed.GetValue(from)!.In(session), CommonOptions.DayOf(session, parsed.GetValue(to)));
            if (first > last)
                throw new UsageException($"--from {first:yyyy-MM-dd} is after --to {last:yyyy-MM-dd}.");
            if (last.DayNumber - first.DayNumber >= MostDates)
                throw new UsageException($"--from {first:yyyy-MM-dd} to {last:yyyy-MM-dd} are more than {MostDates} dates: give a shorter range, or "
                    + "several one after the other.");
            CommonOptions.RefuseFuture(session, "--to", last, parsed.GetValue(future));
            var dates = await Watching.DuringAsync(watchers =>
                DatesAsync(session, some.Of(parsed, session), first, last, parsed.GetValue(wait)!.Length, watchers, cancellationToken));
            return (int)ResultLine.Write("backfill", (ExitCode)Gate.Worst(dates.Values.Select(one => one.Exit)), line =>
            {
                line["plan"] = session.Plan.Name;
                line["dates"] = dates.Count;
                line["open"] = dates.Values.Count(one => one.Exit == GateExit.Open);
                line["closed"] = dates.Values.Count(one => one.Exit != GateExit.Open);
                line["warnings"] = dates.Values.Sum(one => one.Warnings);
            });
        });
        return command;
    }

    /// <summary>Runs the stages for each date; the exit of each, and how many verdicts warned.</summary>
    static async Task<IReadOnlyDictionary<DateOnly, (GateExit Exit, int Warnings)>> DatesAsync(
        PlanSession session,
        IReadOnlyList<string> stages,
        DateOnly first,
        DateOnly last,
        TimeSpan wait,
        Watchers watchers,
        CancellationToken cancellationToken)
    {
        var dates = new SortedDictionary<DateOnly, (GateExit, int)>();
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            var request = new RunRequest("backfill", date, stages, new Patience(wait));
            var outcome = await StageRun.ExecuteAsync(session, request, watchers, cancellationToken);
            dates[date] = (outcome.Gates.Exit, outcome.Stages.Sum(stage => stage.Warnings));
        }
        return dates;
    }
}
