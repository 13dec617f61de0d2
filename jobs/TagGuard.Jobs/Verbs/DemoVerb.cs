using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;
using TagGuard.Jobs.Demo;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>`demo`: a real shop's orders as a tag warehouse, a good day, and days that break as real pipelines break.</summary>
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
            Description = "What keeps the monitoring tables and the service's: sqlite (the service's then in DuckDB); mysql, the server that "
                + $"{DemoStore.Variable} names or else one that the demo starts; or mysql://user@host:3306/database. Its password is taken from "
                + $"{DemoStore.PasswordVariable}.",
            DefaultValueFactory = _ => "sqlite",
        };
        var warehouse = new Option<string>("--warehouse")
        {
            Description = "What holds the warehouse's tables: duckdb; hive, a HiveServer2 or Spark's Thrift Server at 127.0.0.1:10000 or where "
                + $"{DemoCluster.HiveVariable} says; spark, a Spark Connect server at 127.0.0.1:15002 or where {DemoCluster.SparkVariable} says; or "
                + "hive://user@host:port, spark://user@host:port. The files are put on HDFS.",
            DefaultValueFactory = _ => "duckdb",
        };
        var hdfs = new Option<string?>("--hdfs")
        {
            Description = "The NameNode's WebHDFS, for a warehouse on a cluster. Default: port 9870 of the warehouse's host.",
        };
        var command = new Command(
            "demo",
            "Show it all on real data: 60 days of history, a good day, and days with planted faults. Takes under a minute.")
        {
            folder, store, warehouse, hdfs,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var began = clock.GetTimestamp();
            var place = parsed.GetValue(folder)!.FullName;
            var tables = DemoStore.Of(parsed.GetValue(store)!, place);
            var cluster = DemoCluster.Of(parsed.GetValue(warehouse)!, parsed.GetValue(hdfs));
            var days = await DemoProgress.DuringAsync(
                progress => DemoPlay.RunAsync(place, tables, cluster, clock, progress, cancellationToken));
            foreach (var day in days)
            {
                ErrorConsole.Aside.WriteLine(day.Line);
                ErrorConsole.Aside.WriteLine($"        found: {day.Found}");
            }
            var failed = days.Count(day => !day.IsRight);
            var outcome = failed == 0
                ? "Everything that was planted was found, and the good day is quiet."
                : $"{failed} days did not go as they should.";
            ErrorConsole.Aside.WriteLine($"{outcome} Took {clock.GetElapsedTime(began).TotalSeconds:0} s.");
            ErrorConsole.Aside.WriteLine($"Open {days[^1].Report} in a browser; the plan is {Path.Combine(place, "plan.yaml")}.");
            if (cluster is not null)
                ErrorConsole.Aside.WriteLine(
                    $"Its tables stay in the databases {cluster.Databases}dw and {cluster.Databases}app, its files in {cluster.Root} on HDFS.");
            if (tables.IsOwn)
                ErrorConsole.Aside.WriteLine($"Its MariaDB is stopped; start it with: mariadbd --defaults-file={DemoServer.SettingsIn(place)}");
            return (int)ResultLine.Write("demo", failed == 0 ? ExitCode.Open : ExitCode.Failed, line =>
            {
                line["days"] = new JsonArray([.. days.Select(JsonNode? (day) => new JsonObject
                {
                    ["date"] = $"{day.Date:yyyy-MM-dd}", ["planted"] = day.Planted, ["exit"] = (int)day.Exit, ["found"] = day.Found,
                    ["right"] = day.IsRight, ["report"] = day.Report,
                })]);
            });
        });
        return command;
    }
}
