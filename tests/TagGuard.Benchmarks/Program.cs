using TagGuard.Benchmarks;

return args switch
{
    ["report", .. var rest] => await ReportBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Name a benchmark: report");
    return 3;
}
