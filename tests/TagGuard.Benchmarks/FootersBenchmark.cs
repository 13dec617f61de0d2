using System.Diagnostics;
using System.Globalization;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.WebHdfs;
using TagGuard.Sources;

namespace TagGuard.Benchmarks;

/// <summary>A partition's rows from the footers of its files on the real HDFS, against `count(*)` of the same on Spark's Thrift Server.</summary>
static class FootersBenchmark
{
    const string Root = "/tagguard_footers_benchmark";
    const int Rounds = 3;

    static readonly HiveConnectionPlan Spark = new() { Host = "127.0.0.1", User = "root" };

    /// <param name="args">Millions of rows, then files. Default 10 and 200.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (Environment.GetEnvironmentVariable("TAGGUARD_SHARED") is not { } shared)
        {
            Console.Error.WriteLine("Set TAGGUARD_SHARED to the folder that has engines/, and start: engines up hdfs spark");
            return 3;
        }
        var (millions, files) = (Number(args, 0, 10), Number(args, 1, 200));
        Console.WriteLine("format | files | rows (million) | footers s | count(*) s | ratio");
        foreach (var format in new[] { "parquet", "orc" })
            await RoundAsync(Path.Combine(shared, "engines", "engines"), format, millions, files);
        return 0;
    }

    static async Task RoundAsync(string engines, string format, int millions, int files)
    {
        var table = $"tagguard_footers_{format}";
        Run(engines, $"drop table if exists {table}", Clean(engines));
        Run(engines, string.Create(CultureInfo.InvariantCulture, $"""
            create table {table} using {format} partitioned by (data_date) location '{Root}/{table}' as
            select /*+ repartition({files}) */ id, concat('U', id) userid, map('a', id, 'b', 1) tags, '20260203' data_date
            from range({millions}000000)
            """));
        await using var hdfs = (IFooterSource)new WebHdfsConnectionPlan { Urls = ["http://127.0.0.1:9870"], User = "root" }
            .Open("hdfs", "/", TimeProvider.System);
        await using var spark = (ICountSource)Spark.Open("spark", "/", TimeProvider.System);
        var (ours, theirs) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            ours = Math.Min(ours, await TimeAsync(millions, () =>
                hdfs.CountFootersAsync($"{Root}/{table}/data_date=20260203", CancellationToken.None)));
            theirs = Math.Min(theirs, await TimeAsync(millions, () =>
                spark.CountAsync(new TablePart(table, "data_date", "20260203", null), CancellationToken.None)));
        }
        Run(engines, $"drop table {table}", Clean(engines));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{format,7} | {files,5} | {millions,14} | {ours,9:0.00} | {theirs,10:0.00} | {ours / theirs,5:0.00}"));
    }

    static async Task<double> TimeAsync(int millions, Func<Task<Counted>> count)
    {
        var began = Stopwatch.GetTimestamp();
        var counted = await count();
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return counted.Rows == millions * 1_000_000L ? took : throw new InvalidOperationException($"Counted {counted.Rows} rows.");
    }

    static string[] Clean(string engines) => [engines, "hdfs", "org.apache.hadoop.fs.FsShell", "-rm", "-r", "-f", "-skipTrash", Root];

    static void Run(string engines, string sql, params string[] then)
    {
        foreach (var command in new[] { [engines, "beeline", "-e", sql], then }.Where(command => command.Length > 0))
        {
            var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{string.Join(' ', command)}: exit {process.ExitCode}\n{output.Result}\n{errors}");
        }
    }

    static int Number(string[] args, int at, int usual) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : usual;
}
