using System.CommandLine;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>`init`: creates or upgrades the monitoring tables.</summary>
static class InitVerb
{
    public static Command Create(TimeProvider clock)
    {
        var plan = CommonOptions.Plan();
        var command = new Command("init", "Create the monitoring tables, or bring them up to date. Safe to repeat.") { plan };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = PlanOption.Open(parsed.GetValue(plan)!, clock);
            var applied = await session.Store.InitAsync(cancellationToken);
            Console.Error.WriteLine(applied.Count == 0 ? "The store is up to date." : $"Applied {string.Join(", ", applied)}.");
            return (int)ResultLine.Write("init", ExitCode.Open, line => line["applied"] = applied.Count);
        });
        return command;
    }
}
