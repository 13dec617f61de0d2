using System.CommandLine;
using TagGuard.Application;
using TagGuard.Facts;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Jobs.Verbs;

/// <summary>`doctor`: reaches every system of the plan and says what is wrong.</summary>
static class DoctorVerb
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Command Create(TimeProvider clock)
    {
        var plan = CommonOptions.Plan();
        var command = new Command("doctor", "Reach the store and every source of the plan, and say what is wrong. Exit 0, or 3.") { plan };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = PlanOption.Open(parsed.GetValue(plan)!, clock);
            var sick = new List<string>();
            foreach (var name in session.Plan.Connections.Keys)
            {
                var (isWell, told) = await ProbeAsync(session, name, cancellationToken);
                Console.Error.WriteLine($"{(isWell ? "ok    " : "FAULT ")} {name}: {told}");
                if (!isWell)
                    sick.Add(name);
            }
            if (session.Plan.Calendar.Days.KnownUntil is { } until)
                Console.Error.WriteLine(CalendarLine(until, BusinessDay.DueAt(clock.GetUtcNow(), session.Plan.Timezone)));
            return (int)ResultLine.Write("doctor", sick.Count == 0 ? ExitCode.Open : ExitCode.NotStarted, line =>
            {
                line["plan"] = session.Plan.Name;
                line["connections"] = session.Plan.Connections.Count;
                line["faults"] = string.Join(", ", sick);
            });
        });
        return command;
    }

    static string CalendarLine(DateOnly until, DateOnly due) => until >= due
        ? $"ok     calendar: its files reach to {until:yyyy-MM-dd}"
        : $"NOTE   calendar: a file of it ends with {until.Year}, so later days are taken for ordinary ones. Add the days since, or make the file anew.";

    static async Task<(bool IsWell, string Told)> ProbeAsync(PlanSession session, string name, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return (true, await Bounded.AskAsync(
                token => name == "store" ? session.Store.ProbeAsync(token) : session.Sources.Get<ISource>(name).ProbeAsync(token),
                session.Sources.Abandon,
                session.Clock,
                patience.Token));
        }
        catch (Exception fault) when (fault is SourceException or StoreException)
        {
            return (false, fault.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, $"no answer within {Patience.TotalSeconds:0} s");
        }
    }
}
