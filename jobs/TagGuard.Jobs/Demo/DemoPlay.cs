using TagGuard.Adapters.MySql;
using TagGuard.Application;
using TagGuard.Jobs.Options;
using TagGuard.Runs;

namespace TagGuard.Jobs.Demo;

/// <summary>Builds the demo, and judges its days one after the other.</summary>
static class DemoPlay
{
    public static async Task<IReadOnlyList<DemoDay>> RunAsync(
        string folder,
        DemoStore store,
        DemoCluster? cluster,
        TimeProvider clock,
        IDemoProgress progress,
        CancellationToken cancellationToken)
    {
        var assets = Path.Combine(AppContext.BaseDirectory, "demo");
        Clear(folder);
        if (store.IsOwn)
            progress.Tell("Starting MariaDB");
        await using var server = store.IsOwn ? await DemoServer.StartAsync(folder, cancellationToken) : null;
        var plan = Path.Combine(folder, "plan.yaml");
        var text = store.WriteInto(await File.ReadAllTextAsync(Path.Combine(assets, "plan.yaml"), cancellationToken));
        await File.WriteAllTextAsync(plan, cluster?.WriteInto(text) ?? text, cancellationToken);
        await using var session = PlanOption.Shown(PlanSession.Open(plan, clock, abandoned: () => ProcessEnd.IsAbrupt = true));
        var warehouse = new DemoWarehouse(assets, folder);
        var service = session.Plan.Connections["service"] is MySqlConnectionPlan mysql ? new DemoService(warehouse, mysql, folder) : null;
        using var tables = cluster is null
            ? null
            : new DemoTables(warehouse, cluster, session.Plan.Connections["warehouse"], folder, clock);
        // Before the minute that the warehouse takes, so that a server that cannot be reached is told at once.
        if (tables is not null)
            await tables.CreateAsync(cancellationToken);
        if (service is not null)
            await service.CreateAsync(cancellationToken);
        await session.Store.InitAsync(cancellationToken);
        await Task.Run(() => warehouse.Build(progress.Tell, cancellationToken), cancellationToken);
        if (service is not null)
            await service.SyncAsync(null, cancellationToken);
        if (tables is not null)
        {
            progress.Tell($"Putting the tables on HDFS: {cluster!.Root}");
            await tables.FillAsync(cancellationToken);
        }

        var days = new List<DemoDay>();
        for (var date = DemoWarehouse.First; date <= DemoWarehouse.Last; date = date.AddDays(1))
        {
            var fault = DemoFault.All.FirstOrDefault(fault => fault.Date == date);
            progress.Tell(fault is null ? $"Judging {date:yyyy-MM-dd}" : $"Judging {date:yyyy-MM-dd}: {fault.Planted}");
            if (fault is not null)
                await PlantAsync(session, warehouse, service, tables, fault, cancellationToken);
            var told = DemoFault.All.FirstOrDefault(fault => fault.Told == date);
            var isShown = told is not null || date == DemoWarehouse.Good;
            var request = new RunRequest("demo", date, [.. session.Plan.Stages.Keys], new Patience(TimeSpan.Zero))
            {
                Report = isShown ? ReportFile.DefaultFor(session, date) : null,
            };
            var outcome = await StageRun.ExecuteAsync(session, request, new Watchers(), cancellationToken);
            // A run goes on without its report; a demo is for the reports.
            if (outcome.Undelivered is [var first, ..])
                throw new IOException(first.Reason);
            if (isShown)
            {
                var name = MailIds.NameOf(session.Plan, date);
                var mail = await ReportMail.WriteAsync(session, date, cancellationToken);
                await MailPreview.WriteAsync(mail, Path.GetDirectoryName(outcome.Report!)!, name, cancellationToken);
                days.Add(DemoDay.Of(date, told, outcome.Stages, outcome.Report!));
            }
        }
        return days;
    }

    /// <summary>The service's database is one file: whoever reads it lets go of it while the fault is written.</summary>
    static async Task PlantAsync(
        PlanSession session,
        DemoWarehouse warehouse,
        DemoService? service,
        DemoTables? tables,
        DemoFault fault,
        CancellationToken cancellationToken)
    {
        await session.Sources.CloseAsync();
        await Task.Run(() => warehouse.Plant(fault, cancellationToken), cancellationToken);
        if (service is not null)
            await service.SyncAsync(fault.Date, cancellationToken);
        if (tables is not null)
            await tables.PutAsync(cancellationToken);
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
