using System.CommandLine;
using TagGuard.Application;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>`upstream`, `tags`, `crowds`, `reconcile`: one stage of the plan, measured, judged and stored. Any other stage by `--stage`.</summary>
static class StageVerb
{
    public static Command Create(string verb, string help, TimeProvider clock, string? stage = null, bool waitsForStage = false)
    {
        var (plan, date, dryRun, waits) = (new PlanOption(), CommonOptions.Date(), CommonOptions.DryRun(), new WaitOptions(waitsForStage));
        var future = CommonOptions.Future();
        var name = new Option<string>("--stage") { Description = "The stage of the plan to judge.", DefaultValueFactory = _ => stage ?? verb };
        var command = new Command(verb, help) { date, future, dryRun, name };
        plan.AddTo(command);
        waits.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var asked = StagesOption.Known(session, parsed.GetValue(name)!);
            var day = CommonOptions.DayOf(session, parsed.GetValue(date));
            var patience = waits.Of(parsed, asked);
            if (parsed.GetValue(dryRun))
                return (int)DryRun.Write(session, verb, day, [asked]);
            CommonOptions.RefuseFuture(session, "--date", day, parsed.GetValue(future));
            var request = new RunRequest(verb, day, [asked], patience);
            var outcome = await Watching.DuringAsync(watchers => StageRun.ExecuteAsync(session, request, watchers, cancellationToken));
            return (int)RunLine.Write(session, request, outcome);
        });
        return command;
    }
}
