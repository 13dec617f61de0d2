using System.CommandLine;
using TagGuard.Application;
using TagGuard.Application.Trials;
using TagGuard.Facts;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Measurements;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Jobs.Verbs;

/// <summary>`doctor`: reaches every system of the plan, asks every question cheaply, tries every right, and says what is wrong.</summary>
static class DoctorVerb
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static readonly TimeSpan CheckPatience = TimeSpan.FromMinutes(2);

    public static Command Create(TimeProvider clock)
    {
        var plan = new PlanOption();
        var command = new Command("doctor", "Reach the store and every source of the plan, ask every question, and say what is wrong. Exit 0, or 3.");
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var sick = new List<string>();
            foreach (var name in session.Plan.Connections.Keys)
            {
                var (isWell, told) = await ProbeAsync(session, name, cancellationToken);
                if (isWell)
                    Spoken.Aside("console.well", ("connection", name), ("answer", told));
                else
                    Spoken.Line("console.sick", ("connection", name), ("answer", told));
                if (!isWell)
                    sick.Add(name);
            }
            await TryWritingAsync(session, sick, cancellationToken);
            var wrong = await TryChecksAsync(session, sick, cancellationToken);
            var found = await new FoundLines(session, wrong, sick).WriteAsync(cancellationToken);
            if (session.Plan.Calendar.Days.KnownUntil is { } until)
                Console.Error.WriteLine(CalendarLine(until, BusinessDay.DueAt(clock.GetUtcNow(), session.Plan.Timezone)));
            return (int)ResultLine.Write("doctor", sick.Count + wrong.Count == 0 ? ExitCode.Open : ExitCode.NotStarted, line =>
            {
                line["plan"] = session.Plan.Name;
                line["connections"] = session.Plan.Connections.Count;
                line["faults"] = string.Join(", ", sick);
                line["checks"] = session.Plan.StageList.Sum(stage => stage.Checks.Count);
                line["faulty_checks"] = string.Join(", ", wrong);
                line["found"] = found;
            });
        });
        return command;
    }

    /// <summary>What a run writes: the store, and the folders of the report and of keys that differ.</summary>
    static async Task TryWritingAsync(PlanSession session, List<string> sick, CancellationToken cancellationToken)
    {
        var due = session.DateOr(null);
        if (!sick.Contains("store")
            && await FaultOfAsync(
                session, Patience, token => session.Store.TryWritingAsync(session.Plan.Name, due, token), cancellationToken) is { } fault)
        {
            Spoken.Line("console.sick", ("connection", "store"), ("answer", fault));
            sick.Add("store");
        }
        string[] files =
        [
            ReportFile.DefaultFor(session, due),
            .. session.Plan.StageList.SelectMany(stage => stage.Checks)
                .Select(check => (check.Measure as EqualMeasure ?? (check.Measure as CompareMeasure)?.Sides)?.Drill.Export?.For(due))
                .OfType<string>().Select(file => Path.GetFullPath(file, session.Folder)),
        ];
        foreach (var folder in files.Select(file => Path.GetDirectoryName(file)!).Distinct())
        {
            // A mount may hang.
            string? refused = null;
            refused = await FaultOfAsync(
                session, Patience, token => Task.Run(() => refused = WritableFolder.FaultOf(folder), token), cancellationToken) ?? refused;
            if (refused is null)
                continue;
            Spoken.Line("console.sick", ("connection", folder), ("answer", refused));
            sick.Add(folder);
        }
    }

    /// <summary>Asks every question of the plan in its cheapest form; the names of the checks that cannot be asked.</summary>
    static async Task<List<string>> TryChecksAsync(PlanSession session, List<string> sick, CancellationToken cancellationToken)
    {
        var (trial, due, wrong) = (new CheckTrial(session), session.DateOr(null), new List<string>());
        foreach (var check in session.Plan.StageList.SelectMany(stage => stage.Checks))
        {
            if (check.Measure.Needs.Any(need => sick.Contains(need.Connection)))
                continue;
            TrialResult? tried = null;
            var fault = await FaultOfAsync(
                session, CheckPatience, async token => tried = await trial.RunAsync(check, due, token), cancellationToken) ?? tried!.Fault;
            if (fault is not null)
                wrong.Add(check.Name);
            Spoken.Line(
                fault is not null ? "console.check_sick"
                    : tried!.Found is null ? "console.check_unseen"
                    : tried.Found == due ? "console.check_well"
                    : "console.check_behind",
                ("check", check.Name), ("fault", fault), ("date", due), ("found", tried?.Found), ("absent", tried?.Absent));
        }
        return wrong;
    }

    /// <summary>Why something failed, or took longer than it may; null when it did not.</summary>
    /// <param name="session">The plan, whose sources are left behind when they do not even stop.</param>
    /// <param name="most">How long it may take.</param>
    /// <param name="work">What is tried.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<string?> FaultOfAsync(
        PlanSession session, TimeSpan most, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(most);
        try
        {
            await Bounded.AskAsync(
                async token =>
                {
                    await work(token);
                    return true;
                },
                session.Sources.Abandon,
                session.Clock,
                patience.Token);
            return null;
        }
        catch (Exception fault) when (fault is SourceException or StoreException)
        {
            return fault.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Spoken.Say("console.no_answer", ("seconds", most.TotalSeconds));
        }
    }

    static string CalendarLine(DateOnly until, DateOnly due) => until >= due
        ? Spoken.Say("console.calendar_well", ("date", until))
        : Spoken.Say("console.calendar_ends", ("year", $"{until.Year}"));

    static async Task<(bool IsWell, string Told)> ProbeAsync(PlanSession session, string name, CancellationToken cancellationToken)
    {
        var told = "";
        var fault = await FaultOfAsync(
            session,
            Patience,
            async token => told = await (name == "store" ? session.Store.ProbeAsync(token) : session.Sources.Get<ISource>(name).ProbeAsync(token)),
            cancellationToken);
        return (fault is null, fault ?? told);
    }
}
