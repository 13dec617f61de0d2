using System.CommandLine;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>`init`: creates or upgrades the monitoring tables.</summary>
static class InitVerb
{
    public static Command Create(TimeProvider clock)
    {
        var plan = new PlanOption();
        var command = new Command("init", "Create the monitoring tables, or bring them up to date. Safe to repeat.");
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var applied = await session.Store.InitAsync(cancellationToken);
            if (applied.Count == 0)
                Spoken.Aside("console.store_up_to_date");
            else
                Spoken.Aside("console.store_applied", ("scripts", string.Join(", ", applied)));
            return (int)ResultLine.Write("init", ExitCode.Open, line => line["applied"] = applied.Count);
        });
        return command;
    }
}
