using TagGuard.Benchmarks;
using TagGuard.Benchmarks.Detect;

// Each benchmark prints its figures as ratios to a named alternative in the same run.
return args switch
{
    ["volume", .. var rest] => await VolumeBenchmark.RunAsync(rest),
    ["mysql-store", .. var rest] => await MySqlStoreBenchmark.RunAsync(rest),
    ["store", .. var rest] => await StoreBenchmark.RunAsync(rest),
    ["report", .. var rest] => await ReportBenchmark.RunAsync(rest),
    ["detect", .. var rest] => DetectBenchmark.Run(rest),
    ["replay", .. var rest] => await ReplayBenchmark.RunAsync(rest),
    ["reconcile", .. var rest] => await ReconcileBenchmark.RunAsync(rest),
    ["gate", ..] => await GateBenchmark.RunAsync(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Benchmarks: volume [MILLIONS …] | store | mysql-store | report | gate | replay [DAYS TAGS] | reconcile [MILLIONS] | detect DIR [--split dev] [--json FILE]");
    return 3;
}
