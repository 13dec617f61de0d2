using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using TagGuard.Adapters.MySql;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Jobs.Demo;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Jobs.Verbs;

/// <summary>`demo`: a real shop's orders as a tag warehouse, a good day, and six days that break as real pipelines break.</summary>
static class DemoVerb
{
    public static Command Create(TimeProvider clock)
    {
        var folder = new Option<DirectoryInfo>("--folder")
        {
            Description = "Where the demo is built; an earlier demo there is replaced.",
            DefaultValueFactory = _ => new DirectoryInfo("tagguard-demo"),
        };
        var store = new Option<string>("--store")
        {
            Description = $"What keeps the monitoring tables and the service's: sqlite (the service's then in DuckDB); mysql, the server that {DemoStore.Variable} names or else one that the demo starts; or mysql://user@host:3306/database. Its password is taken from {DemoStore.PasswordVariable}.",
            DefaultValueFactory = _ => "sqlite",
        };
        var command = new Command("demo", "Show it all on real data: 60 days of history, a good day, and days with planted faults. Takes under a minute.") { folder, store };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var began = clock.GetTimestamp();
            var place = parsed.GetValue(folder)!.FullName;
            var tables = DemoStore.Of(parsed.GetValue(store)!, place);
            var days = await DemoProgress.DuringAsync(progress => PlayAsync(place, tables, clock, progress, cancellationToken));
            foreach (var day in days)
            {
                Console.Error.WriteLine(day.Line);
                Console.Error.WriteLine($"        found: {day.Found}");
            }
            var failed = days.Count(day => !day.IsRight);
            Console.Error.WriteLine($"{(failed == 0 ? "Everything that was planted was found, and the good day is quiet." : $"{failed} days did not go as they should.")} Took {clock.GetElapsedTime(began).TotalSeconds:0} s.");
            Console.Error.WriteLine($"Open {days[^1].Report} in a browser; the plan is {Path.Combine(place, "plan.yaml")}.");
            if (tables.IsOwn)
                Console.Error.WriteLine($"Its MariaDB is stopped; start it with: mariadbd --defaults-file={DemoServer.SettingsIn(place)}");
            return (int)ResultLine.Write("demo", failed == 0 ? ExitCode.Open : ExitCode.Failed, line =>
            {
                line["days"] = new JsonArray([.. days.Select(JsonNode? (day) => new JsonObject
                {
                    ["date"] = $"{day.Date:yyyy-MM-dd}", ["planted"] = day.Planted, ["exit"] = (int)day.Exit, ["found"] = day.Found, ["right"] = day.IsRight, ["report"] = day.Report,
                })]);
            });
        });
        return command;
    }

    static async Task<IReadOnlyList<DemoDay>> PlayAsync(string folder, DemoStore store, TimeProvider clock, IDemoProgress progress, CancellationToken cancellationToken)
    {
        var assets = Path.Combine(AppContext.BaseDirectory, "demo");
        Clear(folder);
        if (store.IsOwn)
            progress.Tell("Starting MariaDB");
        await using var server = store.IsOwn ? await DemoServer.StartAsync(folder, cancellationToken) : null;
        var plan = Path.Combine(folder, "plan.yaml");
        await File.WriteAllTextAsync(plan, store.WriteInto(await File.ReadAllTextAsync(Path.Combine(assets, "plan.yaml"), cancellationToken)), cancellationToken);
        await using var session = Session.Open(new FileInfo(plan), clock);
        var warehouse = new DemoWarehouse(assets, folder);
        var service = session.Plan.Connections["service"] is MySqlConnectionPlan mysql ? new DemoService(warehouse, mysql, folder) : null;
        // Before the minute that the warehouse takes, so that a server that cannot be reached is told at once.
        if (service is not null)
            await service.CreateAsync(cancellationToken);
        await session.Store.InitAsync(cancellationToken);
        await Task.Run(() => warehouse.Build(progress.Tell, cancellationToken), cancellationToken);
        if (service is not null)
            await service.SyncAsync(null, cancellationToken);

        var days = new List<DemoDay>();
        for (var date = DemoWarehouse.First; date <= DemoWarehouse.Last; date = date.AddDays(1))
        {
            var fault = DemoFault.All.FirstOrDefault(fault => fault.Date == date);
            progress.Tell(fault is null ? $"Judging {date:yyyy-MM-dd}" : $"Judging {date:yyyy-MM-dd}: {fault.Planted}");
            if (fault is not null)
                await PlantAsync(session, warehouse, service, fault, cancellationToken);
            var results = await RunStages.ForAsync(session, "demo", date, [.. session.Plan.Stages.Keys], new Patience(TimeSpan.Zero), new SilentWatcher(), cancellationToken);
            if (fault is null && date != DemoWarehouse.Good)
                continue;
            var report = ReportFile.DefaultFor(session, date);
            await ReportFile.WriteAsync(session, date, report, cancellationToken);
            days.Add(DemoDay.Of(date, fault, results, report));
        }
        return days;
    }

    /// <summary>The service's database is one file: whoever reads it lets go of it while the fault is written.</summary>
    static async Task PlantAsync(Session session, DemoWarehouse warehouse, DemoService? service, DemoFault fault, CancellationToken cancellationToken)
    {
        await session.CloseAsync();
        await Task.Run(() => warehouse.Plant(fault, cancellationToken), cancellationToken);
        if (service is not null)
            await service.SyncAsync(fault.Date, cancellationToken);
    }

    /// <summary>An empty folder; what an earlier demo left in it is deleted, anything else is not.</summary>
    static void Clear(string folder)
    {
        const string marker = ".tagguard-demo";
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            if (!File.Exists(Path.Combine(folder, marker)))
                throw new UsageException($"{folder} is not empty and holds no demo. Choose another place with --folder.");
            Directory.Delete(folder, recursive: true);
        }
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, marker), "This folder belongs to `tagguard demo`, which deletes it when it starts again.\n");
    }
}

/// <summary>How one day of the demo went.</summary>
sealed record DemoDay(DateOnly Date, string Planted, GateExit Exit, string Found, bool IsRight, string Report)
{
    public string Line => $"{(IsRight ? "ok   " : "WRONG")} {Date:ddd yyyy-MM-dd}  exit {(int)Exit}  planted: {Planted}";

    /// <summary>A good day must be open with no incident; a bad one must be closed as bad data, with the fault found where it is.</summary>
    public static DemoDay Of(DateOnly date, DemoFault? fault, IReadOnlyList<StageResult> results, string report)
    {
        var exit = Gate.Worst(results.Select(result => result.Gate.Exit));
        var alarms = results.SelectMany(result => result.Incidents.Where(incident => incident.Blocking).Select(incident => (result.Stage, Incident: incident))).ToList();
        if (fault is null)
            return new DemoDay(date, "nothing, a good day", exit, alarms.Count == 0 ? "nothing" : alarms[0].Incident.Title, exit == GateExit.Open && alarms.Count == 0, report);
        var found = alarms.FirstOrDefault(alarm => alarm.Stage == fault.Stage && alarm.Incident.Finding == fault.Finding
            && (alarm.Incident.Check == fault.About || alarm.Incident.Title.Contains(fault.About, StringComparison.Ordinal))).Incident;
        var told = found ?? alarms.FirstOrDefault().Incident;
        return new DemoDay(date, fault.Planted, exit, told?.Title ?? "nothing", found is not null && exit == GateExit.BadData, report);
    }
}

/// <summary>Told what the demo is doing.</summary>
interface IDemoProgress
{
    void Tell(string line);
}

/// <summary>The demo's progress: a spinner on a terminal, a line a step elsewhere.</summary>
static class DemoProgress
{
    public static async Task<T> DuringAsync<T>(Func<IDemoProgress, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(new Lines());
        var console = ErrorConsole.Open();
        return await console.Status().StartAsync("Starting", context => work(new Spinning(context)));
    }

    sealed class Lines : IDemoProgress
    {
        public void Tell(string line) => Console.Error.WriteLine(line);
    }

    sealed class Spinning(StatusContext context) : IDemoProgress
    {
        public void Tell(string line) => context.Status(ErrorConsole.Escaped(line));
    }
}

/// <summary>For runs that are shown in another way.</summary>
sealed class SilentWatcher : IRunWatcher
{
    public void CheckStarted(string check)
    {
    }

    public void RowsRead(string check, long rows)
    {
    }

    public void AskedAgain(string check, AskedAgain again)
    {
    }

    public void Waiting(IReadOnlyList<Judgement> missing, TimeSpan left)
    {
    }

    public void StageEnded(DateOnly date, StageResult result)
    {
    }
}
