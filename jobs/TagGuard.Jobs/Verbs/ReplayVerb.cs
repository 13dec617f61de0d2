using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using TagGuard.Adapters.Csv;
using TagGuard.Application;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Rendering;
using TagGuard.Replays;

namespace TagGuard.Jobs.Verbs;

/// <summary>`replay`: stored history judged again under another plan: what would have alarmed and been blocked, beside what did.</summary>
static class ReplayVerb
{
    public static Command Create(TimeProvider clock)
    {
        var plan = CommonOptions.Plan();
        var from = CommonOptions.DateNamed("--from", "First business date. Default: 89 days before the last.");
        var to = CommonOptions.DateNamed("--to", "Last business date. Default: yesterday in the plan's time zone.");
        var historyOf = new Option<string?>("--history-of") { Description = "Name of the plan that the numbers are stored under. Default: the plan's own." };
        var later = new Option<bool>("--later-decisions") { Description = "Count what people accepted or rejected later as if it had been said at once." };
        var csv = new Option<FileInfo?>("--csv") { Description = "Write every series that was or would have been told to this file." };
        var html = new Option<FileInfo?>("--html") { Description = "Write a page with the days to this file." };
        var command = new Command("replay", "Judge stored history again under this plan: what would have alarmed and been blocked, beside what did. Changes nothing.")
        {
            plan, from, to, historyOf, later, csv, html,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = PlanOption.Open(parsed.GetValue(plan)!, clock);
            var last = session.DateOr(parsed.GetValue(to)?.Date);
            var first = parsed.GetValue(from)?.Date ?? last.AddDays(-89);
            if (first > last)
                throw new UsageException($"--from {first:yyyy-MM-dd} is after --to {last:yyyy-MM-dd}.");
            var name = parsed.GetValue(historyOf) ?? session.Plan.Name;
            var replay = new Replay(session.Plan, session.Store, name) { KnowsLaterDecisions = parsed.GetValue(later) };
            var days = await Watching.DatesAsync("Judging again", progress => replay.JudgeAsync(first, last, progress, cancellationToken));
            if (days.Count == 0)
                throw new UsageException($"Nothing of \"{name}\" is stored from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}. Look at --from, --to and --history-of.");
            ReplayTable.Show(days);
            if (parsed.GetValue(csv) is { } csvFile)
                await WholeFile.WriteAsync(csvFile.FullName, ReplayCsv.Of(days), cancellationToken);
            if (parsed.GetValue(html) is { } htmlFile)
                await WholeFile.WriteAsync(htmlFile.FullName, ReplayReport.Render(days, name, Path.GetFileName(session.Plan.File), Options(session)), cancellationToken);
            return (int)ResultLine.Write("replay", ExitCode.Open, line => Tell(line, days));
        });
        return command;
    }

    static ReportOptions Options(PlanSession session) => new() { MadeAt = session.Clock.GetUtcNow(), Zone = session.Plan.Timezone };

    static void Tell(JsonObject line, IReadOnlyList<ReplayedDay> days)
    {
        var stages = days.SelectMany(day => day.Stages).ToList();
        line["days"] = days.Count;
        line["did"] = Of(ReplayTotals.Of(stages.Select(stage => stage.Did).OfType<StageOutcome>()));
        line["would"] = Of(ReplayTotals.Of(stages.Select(stage => stage.Would)));
        line["gates_differ"] = stages.Count(stage => stage.GateDiffers);

        static JsonObject Of(ReplayTotals totals) => new() { ["closed"] = totals.Closed, ["incidents"] = totals.Incidents, ["told"] = totals.Told };
    }
}

/// <summary>A replay on the terminal: the days on which something was told or would have been, and the sums.</summary>
static class ReplayTable
{
    public static void Show(IReadOnlyList<ReplayedDay> days)
    {
        var console = ErrorConsole.Open();
        var table = new Table().Border(TableBorder.Simple).AddColumns("Date", "Stage", "Did", "Would");
        foreach (var day in days)
        {
            foreach (var stage in day.Stages.Where(stage => stage.Did is { Told.Count: > 0 } or { IsOpen: false } || stage.Would.Told.Count > 0 || !stage.Would.IsOpen))
                table.AddRow($"{day.Date:yyyy-MM-dd}", ErrorConsole.Escaped(stage.Stage), Of(stage.Did), Of(stage.Would));
        }
        var stages = days.SelectMany(day => day.Stages).ToList();
        table.AddRow("[bold]all[/]", $"{days.Count} days", Sum(stages.Select(stage => stage.Did).OfType<StageOutcome>()), Sum(stages.Select(stage => stage.Would)));
        console.Write(table);
    }

    static string Of(StageOutcome? outcome)
    {
        if (outcome is null)
            return "not judged";
        var more = outcome.Incidents.Count > 1 ? $" (and {outcome.Incidents.Count - 1} more)" : "";
        var title = outcome.Incidents.Count > 0 ? $": {ErrorConsole.Escaped(outcome.Incidents[0].Title)}{more}" : "";
        return outcome.IsOpen ? $"[green]open[/]{title}" : $"[red]closed ({(int)outcome.Exit})[/]{title}";
    }

    static string Sum(IEnumerable<StageOutcome> outcomes)
    {
        var totals = ReplayTotals.Of(outcomes);
        return $"[bold]{totals.Closed} gates closed, {totals.Incidents} incidents, {totals.Told} series told[/]";
    }
}
