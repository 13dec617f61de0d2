using TagGuard.Benchmarks;

// Each benchmark prints its figures as ratios to a named alternative in the same run.
return args switch
{
    ["volume", .. var rest] => await VolumeBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Benchmarks: volume [MILLIONS …]");
    return 3;
}
