using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Gates;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Runs;

namespace TagGuard.Jobs.Verbs;

/// <summary>`gate`: what a scheduler calls before the next step. Shows, checks or overrides a stage's flag.</summary>
static class GateVerb
{
    public static Command Create(TimeProvider clock)
    {
        var (plan, date) = (new PlanOption(), CommonOptions.Date());
        var stage = new Option<string?>("--stage") { Description = "The stage. Without it every stage of the plan must be open." };
        var open = new Option<bool>("--open") { Description = "Open the gate although it is closed; needs --stage, --by and --why." };
        var revoke = new Option<bool>("--revoke") { Description = "Take back an override; needs --stage and --by." };
        var by = new Option<string?>("--by") { Description = "Who decides." };
        var why = new Option<string?>("--why") { Description = "Why: shown in every report of the date." };
        var lasts = CommonOptions.Duration("--for", "How long the override holds.", TimeSpan.FromHours(12));
        var command = new Command("gate", "May the next step start? Exit 0 when the gate is open, 1, 2 or 75 when it is closed.")
        {
            date,
            stage,
            open,
            revoke,
            by,
            why,
            lasts,
        };
        plan.AddTo(command);
        // Not async, and no LINQ over structs: this is called before every step of a pipeline,
        // and compiling those at the start takes longer than the rest.
        command.SetAction(parsed =>
        {
            var session = plan.OpenHead(parsed, clock);
            var day = CommonOptions.DayOf(session, parsed.GetValue(date));
            var name = parsed.GetValue(stage);
            if (name is not null)
                _ = StagesOption.Known(session, name);
            if (parsed.GetValue(open))
                OpenAsync(session, day, name, parsed.GetValue(by), parsed.GetValue(why), parsed.GetValue(lasts)!.Length, CancellationToken.None)
                    .GetAwaiter()
                    .GetResult();
            if (parsed.GetValue(revoke))
                RevokeAsync(session, day, name, parsed.GetValue(by), CancellationToken.None).GetAwaiter().GetResult();
            return (int)Show(session, day, name, opened: parsed.GetValue(open));
        });
        return command;
    }

    /// <param name="session">The plan and its store.</param>
    /// <param name="day">The business date.</param>
    /// <param name="stage">The stage that is asked for; null for all of the plan.</param>
    /// <param name="opened">Whether a person has just opened it: then what stays closed behind it is told as well.</param>
    static ExitCode Show(PlanSession session, DateOnly day, string? stage, bool opened)
    {
        var date = day.ToString("yyyy-MM-dd");
        var stages = new JsonArray();
        var all = session.GatesAsync(day, CancellationToken.None).GetAwaiter().GetResult();
        var gates = stage is null ? all : all.Only([stage]);
        foreach (var answer in gates.Answers)
        {
            var told = StageLines.Gate(answer.IsOpen, answer.Stage, day, answer.ReasonIn(Spoken.Book));
            (answer.IsOpen ? ErrorConsole.Aside : Console.Error).WriteLine(told);
            stages.Add((JsonNode)LineOf(answer, session.Plan.Timezone));
        }
        var behind = opened ? ClosedBehind(all, stage!) : [];
        foreach (var answer in behind)
            Console.Error.WriteLine(StaysClosed(answer, date));
        foreach (var line in OtherPlan.Lines(session.Plan, all))
            Console.Error.WriteLine(line);
        return ResultLine.Write("gate", (ExitCode)gates.Exit, line =>
        {
            line["plan"] = session.Plan.Name;
            line["date"] = date;
            line["open"] = gates.IsOpen;
            line["stages"] = stages;
            if (opened)
                line["still_closed"] = new JsonArray([.. behind.Select(JsonNode? (answer) => answer.Stage)]);
        });
    }

    static List<GateAnswer> ClosedBehind(GateReading all, string stage) =>
        [.. all.Answers.SkipWhile(answer => answer.Stage != stage).Skip(1).Where(answer => !answer.IsOpen)];

    /// <summary>A stage that waits for nobody any more is offered; one that others hold, or with faults of its own, says so.</summary>
    static string StaysClosed(GateAnswer answer, string date) => answer switch
    {
        { HeldBy.Count: > 0 } => Spoken.Say("console.stays_behind", ("stage", answer.Stage), ("by", string.Join(", ", answer.HeldBy))),
        { Standing: GateStanding.Held } => Spoken.Say(
            "console.stays_held",
            ("stage", answer.Stage),
            ("by", answer.Why["stages"]),
            ("command", $"tagguard gate --open --stage {answer.Stage} --date {date} --by \"…\" --why \"…\"")),
        _ => Spoken.Say("console.stays_closed", ("stage", answer.Stage), ("reason", answer.ReasonIn(Spoken.Book))),
    };

    static JsonObject LineOf(GateAnswer answer, TimeZoneInfo zone)
    {
        var line = new JsonObject
        {
            ["stage"] = answer.Stage,
            ["open"] = answer.IsOpen,
            ["standing"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(answer.Standing.ToString()),
            ["exit"] = (int)answer.Exit,
            ["reason"] = answer.Reason,
        };
        if (answer.Standing == GateStanding.Held)
        {
            var stages = new JsonArray();
            foreach (var stage in answer.HeldBy)
                stages.Add((JsonNode)stage);
            line["held_by"] = stages;
        }
        if (answer is { ByOverride: true, State.Override: { } given })
            line["override"] = new JsonObject
            {
                ["by"] = given.By,
                ["why"] = given.Why,
                ["until"] = TimeZoneInfo.ConvertTime(given.Until, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz"),
            };
        return line;
    }

    static async Task OpenAsync(
        PlanSession session,
        DateOnly day,
        string? stage,
        string? by,
        string? why,
        TimeSpan lasts,
        CancellationToken cancellationToken)
    {
        if (stage is null || string.IsNullOrWhiteSpace(by) || string.IsNullOrWhiteSpace(why) || lasts <= TimeSpan.Zero)
            throw new UsageException("An override needs who and why: gate --open --stage tags --by \"Li Wei\" --why \"known campaign\" --for 12h.");
        var now = session.Clock.GetUtcNow();
        await session.Store.OverrideAsync(session.Plan.Name, day, stage, new Override(by, why, now, now + lasts), cancellationToken);
    }

    static async Task RevokeAsync(PlanSession session, DateOnly day, string? stage, string? by, CancellationToken cancellationToken)
    {
        if (stage is null || string.IsNullOrWhiteSpace(by))
            throw new UsageException("Taking back an override needs who: gate --revoke --stage tags --by \"Li Wei\".");
        var revoked = await session.Store.RevokeAsync(session.Plan.Name, day, stage, by, session.Clock.GetUtcNow(), cancellationToken);
        Spoken.Aside(revoked == 0 ? "console.no_override" : "console.override_revoked", ("stage", stage));
    }
}
