using System.Globalization;
using System.Text.RegularExpressions;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.SparkConnect;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Benchmarks;

/// <summary>The whole volume measurement on a real Spark, by its Thrift Server and by Spark Connect, against the job as the field writes it in
/// PySpark, on the same files and machine; beside both, a bare `explode` + `group by` that counts tags only.</summary>
static partial class SparkBenchmark
{
    const string Root = "/tagguard_benchmark";
    const string Database = "tagguard_benchmark";

    public static async Task<int> RunAsync(string[] args)
    {
        if (!EngineTools.IsThere)
        {
            Console.Error.WriteLine("Set TAGGUARD_SHARED to the folder with engines/, and start hdfs and spark there.");
            return 3;
        }
        var users = (long)((args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 2) * 1e6);
        var hive = new HiveConnectionPlan { Host = "127.0.0.1", User = "root" };
        await LoadAsync(hive, users);
        try
        {
            await CompareAsync(hive);
        }
        finally
        {
            await RunAsync(hive, $"drop database if exists {Database} cascade");
            await EngineTools.RemoveAsync(Root);
        }
        return 0;
    }

    static async Task CompareAsync(HiveConnectionPlan hive)
    {
        var told = await EngineTools.CommonScriptAsync(Root + "/tags/data_date=20260101", Root + "/active/data_date=20260101");
        var common = double.Parse(Total().Match(told).Groups[1].Value, CultureInfo.InvariantCulture);
        Console.WriteLine("way                      | first s | best s | times faster than the script: first, best");
        Line("the field's script", (common, common));
        ConnectionPlan[] ways = [hive, new SparkConnectConnectionPlan { Host = "127.0.0.1" }];
        foreach (var way in ways)
        {
            Line(way is HiveConnectionPlan ? "ours, Thrift Server" : "ours, Spark Connect", await EngineTools.TimeAsync(3, async () =>
            {
                await using var source = (IVolumeSource)way.Open("warehouse", "/", TimeProvider.System);
                var volumes = await source.CountVolumesAsync(Query, null, CancellationToken.None);
                if (volumes.DuplicateUsers != 0 || !told.Contains($"users {volumes.Rows} tags {volumes.Keys.Count}", StringComparison.Ordinal))
                    throw new InvalidOperationException($"Counted {volumes.Rows} rows and {volumes.Keys.Count} tags; the script: {told}");
            }));
        }
        await using var bare = (IRowsSource)hive.Open("warehouse", "/", TimeProvider.System);
        Line("a bare statement", await EngineTools.TimeAsync(3, () => bare.RowsAsync(
            $"select k, count(*) from {Database}.tags lateral view explode(map_keys(tagmap)) x as k where data_date = '20260101' group by k",
            new DateOnly(2026, 1, 1),
            CancellationToken.None)));

        void Line(string way, (double First, double Best) seconds) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{way,-24} | {seconds.First,7:0.0} | {seconds.Best,6:0.0} | {common / seconds.First,4:0.0}, {common / seconds.Best:0.0}"));
    }

    static VolumeQuery Query => new(
        new TablePart($"{Database}.tags", "data_date", "20260101", null),
        "userid",
        "tagmap",
        new ActiveQuery(new TablePart($"{Database}.active", "data_date", "20260101", null), "userid"));

    static async Task LoadAsync(HiveConnectionPlan hive, long users)
    {
        using var folder = new TemporaryFolder("spark");
        VolumeBenchmark.Generate(folder.Path, users);
        foreach (var table in new[] { "tags", "active" })
        {
            await EngineTools.PutAsync(
                folder.Of("dw.db", table, "data_date=20260101", "part-0.parquet"),
                $"{Root}/{table}/data_date=20260101/part-0.parquet");
        }
        await RunAsync(
            hive,
            $"drop database if exists {Database} cascade",
            $"create database {Database}",
            $"create external table {Database}.tags (userid string, tagmap map<string, string>) partitioned by (data_date string) stored as parquet "
                + $"location '{Root}/tags'",
            $"create external table {Database}.active (userid string, site_id int) partitioned by (data_date string) stored as parquet "
                + $"location '{Root}/active'",
            $"msck repair table {Database}.tags",
            $"msck repair table {Database}.active");
    }

    static Task RunAsync(HiveConnectionPlan hive, params string[] statements) =>
        HiveScripts.RunAsync(hive, "spark", "/", statements, TimeProvider.System, CancellationToken.None);

    [GeneratedRegex(@"total: ([\d.]+) s")]
    private static partial Regex Total();
}
