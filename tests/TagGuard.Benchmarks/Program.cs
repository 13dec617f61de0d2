using System.Globalization;
using TagGuard.Benchmarks;
using TagGuard.Benchmarks.Detect;

// Each benchmark prints its figures as ratios to a named alternative in the same run.
return args switch
{
    ["volume", "tags", .. var rest] => await StageBenchmark.TagsAsync(Millions(rest, 1), rest.ElementAtOrDefault(1) ?? "detect"),
    ["volume", "rows", .. var rest] => await StageBenchmark.RowsAsync(Millions(rest, 20), rest.ElementAtOrDefault(1) ?? "detect"),
    ["volume", .. var rest] => await VolumeBenchmark.RunAsync(rest),
    ["mysql-store", .. var rest] => await MySqlStoreBenchmark.RunAsync(rest),
    ["store", .. var rest] => await StoreBenchmark.RunAsync(rest),
    ["morning", .. var rest] => await MorningBenchmark.RunAsync(rest),
    ["morning-of", var path, var tags] => await MorningBenchmark.JudgeAsync(path, int.Parse(tags, CultureInfo.InvariantCulture)),
    ["report", .. var rest] => await ReportBenchmark.RunAsync(rest),
    ["detect", .. var rest] => DetectBenchmark.Run(rest),
    ["replay", .. var rest] => await ReplayBenchmark.RunAsync(rest),
    ["reconcile", .. var rest] => await ReconcileBenchmark.RunAsync(rest),
    ["footers", .. var rest] => await FootersBenchmark.RunAsync(rest),
    ["hbase", .. var rest] => await HBaseBenchmark.RunAsync(rest),
    ["spark", .. var rest] => await SparkBenchmark.RunAsync(rest),
    ["pages", .. var rest] => await PagesBenchmark.RunAsync(rest),
    ["gate", ..] => await GateBenchmark.RunAsync(),
    _ => Usage(),
};

static double Millions(string[] rest, double usual) => rest.Length > 0 ? double.Parse(rest[0], CultureInfo.InvariantCulture) : usual;

static int Usage()
{
    Console.Error.WriteLine(
        "Benchmarks: volume [MILLIONS …] | volume tags|rows [MILLIONS [RULE]] | store | morning [TAGS DAYS] | mysql-store | report | gate | "
            + "replay [DAYS TAGS] | reconcile [MILLIONS] | footers [MILLIONS FILES] | hbase [MILLIONS …] [drill] | spark [MILLIONS] | "
            + "pages [MILLIONS] | detect DIR [--split dev] [--json FILE]");
    return 3;
}
