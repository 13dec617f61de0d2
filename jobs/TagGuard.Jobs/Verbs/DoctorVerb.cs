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
        var plan = new PlanOption();
        var command = new Command("doctor", "Reach the store and every source of the plan, and say what is wrong. Exit 0, or 3.");
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var sick = new List<string>();
            foreach (var name in session.Plan.Connections.Keys)
            {
                var (isWell, told) = await ProbeAsync(session, name, cancellationToken);
                Spoken.Line(isWell ? "console.well" : "console.sick", ("connection", name), ("answer", told));
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
        ? Spoken.Say("console.calendar_well", ("date", until))
        : Spoken.Say("console.calendar_ends", ("year", $"{until.Year}"));

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
            return (false, Spoken.Say("console.no_answer", ("seconds", Patience.TotalSeconds)));
        }
    }
}
