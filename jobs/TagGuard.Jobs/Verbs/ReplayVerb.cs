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
        var plan = new PlanOption();
        var from = CommonOptions.DateNamed("--from", "First business date. Default: 89 days before the last.");
        var to = CommonOptions.DateNamed("--to", "Last business date. Default: yesterday in the plan's time zone.");
        var historyOf = new Option<string?>("--history-of")
        {
            Description = "Name of the plan that the numbers are stored under. Default: the plan's own.",
        };
        var later = new Option<bool>("--later-decisions")
        {
            Description = "Count what people accepted or rejected later as if it had been said at once.",
        };
        var csv = new Option<FileInfo?>("--csv") { Description = "Write every series that was or would have been told to this file." };
        var html = new Option<FileInfo?>("--html") { Description = "Write a page with the days to this file." };
        var command = new Command(
            "replay",
            "Judge stored history again under this plan: what would have alarmed and been blocked, beside what did. Changes nothing.")
        {
            from, to, historyOf, later, csv, html,
        };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var last = CommonOptions.DayOf(session, parsed.GetValue(to));
            var first = parsed.GetValue(from)?.In(session) ?? last.AddDays(-89);
            if (first > last)
                throw new UsageException($"--from {first:yyyy-MM-dd} is after --to {last:yyyy-MM-dd}.");
            var name = parsed.GetValue(historyOf) ?? session.Plan.Name;
            var replay = new Replay(session.Plan, session.Store, name) { KnowsLaterDecisions = parsed.GetValue(later) };
            var days = await Watching.DatesAsync(
                Spoken.Say("console.judging_again"), progress => replay.JudgeAsync(first, last, progress, cancellationToken));
            if (days.Count == 0)
                throw new UsageException($"Nothing of \"{name}\" is stored from {first:yyyy-MM-dd} to {last:yyyy-MM-dd}. Look at --from, --to and "
                    + "--history-of.");
            ReplayTable.Show(days);
            if (parsed.GetValue(csv) is { } csvFile)
                await WholeFile.WriteAsync(csvFile.FullName, ReplayCsv.Of(days), cancellationToken);
            if (parsed.GetValue(html) is { } htmlFile)
            {
                var page = ReplayReport.Render(days, name, Path.GetFileName(session.Plan.File), Options(session));
                await WholeFile.WriteAsync(htmlFile.FullName, page, cancellationToken);
            }
            return (int)ResultLine.Write("replay", ExitCode.Open, line => Tell(line, days));
        });
        return command;
    }

    static ReportOptions Options(PlanSession session) =>
        new() { MadeAt = session.Clock.GetUtcNow(), Zone = session.Plan.Timezone, Language = session.Language };

    static void Tell(JsonObject line, IReadOnlyList<ReplayedDay> days)
    {
        var stages = days.SelectMany(day => day.Stages).ToList();
        line["days"] = days.Count;
        line["did"] = Of(ReplayTotals.Of(stages.Select(stage => stage.Did).OfType<StageOutcome>()));
        line["would"] = Of(ReplayTotals.Of(stages.Select(stage => stage.Would)));
        line["gates_differ"] = stages.Count(stage => stage.GateDiffers);

        static JsonObject Of(ReplayTotals totals) => new() { ["closed"] = totals.Closed, ["incidents"] = totals.Incidents, ["told"] = totals.Alerts };
    }
}

/// <summary>A replay on the terminal: the days on which something was told or would have been, and the sums.</summary>
static class ReplayTable
{
    public static void Show(IReadOnlyList<ReplayedDay> days)
    {
        var console = ErrorConsole.Open();
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            Spoken.Say("replay.date"), Spoken.Say("replay.stage"), Spoken.Say("replay.did"), Spoken.Say("replay.would"));
        foreach (var day in days)
        {
            foreach (var stage in day.Stages.Where(IsWorthALine))
                table.AddRow($"{day.Date:yyyy-MM-dd}", ErrorConsole.Escaped(stage.Stage), Of(stage.Did), Of(stage.Would));
        }
        var stages = days.SelectMany(day => day.Stages).ToList();
        table.AddRow(
            $"[bold]{Spoken.Say("replay.all")}[/]",
            Spoken.Say("replay.days", ("days", days.Count)),
            Sum(stages.Select(stage => stage.Did).OfType<StageOutcome>()),
            Sum(stages.Select(stage => stage.Would)));
        console.Write(table);
    }

    static bool IsWorthALine(ReplayedStage stage) =>
        stage.Did is { Alerts.Count: > 0 } or { IsOpen: false } || stage.Would.Alerts.Count > 0 || !stage.Would.IsOpen;

    static string Of(StageOutcome? outcome)
    {
        if (outcome is null)
            return Spoken.Say("replay.not_judged");
        var title = outcome.Incidents switch
        {
            [] => "",
            [var only] => $": {ErrorConsole.Escaped(Spoken.Book.Say(only.What))}",
            [var first, ..] => ": "
                + ErrorConsole.Escaped(Spoken.Say("replay.title_and_more", ("title", first.What), ("count", outcome.Incidents.Count - 1))),
        };
        return outcome.IsOpen
            ? $"[green]{Spoken.Say("replay.open")}[/]{title}"
            : $"[red]{Spoken.Say("replay.closed", ("exit", (int)outcome.Exit))}[/]{title}";
    }

    static string Sum(IEnumerable<StageOutcome> outcomes)
    {
        var totals = ReplayTotals.Of(outcomes);
        return $"[bold]{Spoken.Say("replay.sum", ("closed", totals.Closed), ("incidents", totals.Incidents), ("series", totals.Alerts))}[/]";
    }
}
