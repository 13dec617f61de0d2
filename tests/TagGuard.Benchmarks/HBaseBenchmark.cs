using System.Diagnostics;
using System.Globalization;
using System.Text;
using TagGuard.Adapters.HBase;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Sources;

namespace TagGuard.Benchmarks;

/// <summary>
/// A table of 4 regions in the real HBase: counted by us through one REST server, by HBase's own client (its RPC, regions side by side), and by the
/// distributed RowCounter, with its start-up (as long as it takes for an empty table) and without. Then 10 million rows compared with MySQL, of
/// which 100 are missing, 50 extra and 50 different. Needs `engines up hdfs hbase rest`, mariadbd and TAGGUARD_SHARED.
/// </summary>
static class HBaseBenchmark
{
    const int Rounds = 2, Missing = 100, Extra = 50, Different = 50;
    const string Empty = "tagguard_bench_empty", Full = "tagguard_bench_20260105", Key = "u%09d";

    static readonly HBaseRestConnectionPlan Plan = new() { Urls = ["http://127.0.0.1:18080"] };

    /// <param name="args">Millions of rows, several in turn. Default 1 and 10. `drill` compares the last.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (!EngineTools.IsThere)
        {
            Console.Error.WriteLine("Set TAGGUARD_SHARED to the folder that has engines/, and start: engines up hdfs hbase rest");
            return 3;
        }
        using var tool = new HBaseTool();
        var millions = args.Where(arg => arg != "drill").Select(arg => int.Parse(arg, CultureInfo.InvariantCulture)).ToArray();
        Console.WriteLine(
            "rows (million) | TagGuard s | HBase's client s | RowCounter s | its start-up s | RowCounter/ours | without start-up | client/ours");
        foreach (var rows in (millions is [] ? [1, 10] : millions).Select(count => count * 1_000_000L))
        {
            Fill(tool, rows);
            await CountAsync(tool, rows);
            if (args.Contains("drill"))
                await DrillAsync(tool, rows);
        }
        foreach (var table in new[] { Empty, Full })
            tool.Run("drop", table);
        return 0;
    }

    static void Fill(HBaseTool tool, long rows)
    {
        foreach (var table in new[] { Empty, Full })
        {
            tool.Run("drop", table);
            tool.Run("create", table, $"{int.MaxValue}", string.Join(',', Enumerable.Range(1, 3).Select(part => Base64(KeyOf(rows * part / 4)))));
        }
        tool.Run("fill", Full, "0", $"{rows}", Key, "f:name", "v%d", "-");
        tool.Run("flush", Full);
    }

    static async Task CountAsync(HBaseTool tool, long rows)
    {
        var (ours, theirs) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            ours = Math.Min(ours, await TimeAsync(async () =>
            {
                await using var hbase = (ICountSource)Plan.Open("hbase", "/", TimeProvider.System);
                Need(rows, (await hbase.CountAsync(new TablePart(Full, null, null, null), CancellationToken.None)).Rows);
            }));
            var (counted, seconds) = tool.Count(Full);
            Need(rows, counted);
            theirs = Math.Min(theirs, seconds);
        }
        var start = await TimeAsync(() => RowCounterAsync(Empty, 0));
        var job = await TimeAsync(() => RowCounterAsync(Full, rows));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows / 1e6,14:0} | {ours,10:0.00} | {theirs,16:0.00} | {job,12:0.0} | {start,14:0.0} | {job / ours,15:0.0} | "
                + $"{(job - start) / ours,16:0.00} | {theirs / ours,11:0.00}"));
    }

    static async Task RowCounterAsync(string table, long rows)
    {
        var told = await BenchmarkServer.OutputAsync(
            "sh", "-c", $"'{EngineTools.Script}' hbase org.apache.hadoop.hbase.mapreduce.RowCounter {table} 2>&1");
        // A counter of 0 is not told.
        if (rows > 0 && !told.Contains($"ROWS={rows}", StringComparison.Ordinal))
            throw new InvalidOperationException($"RowCounter did not find {rows} rows:\n{told}");
    }

    static async Task DrillAsync(HBaseTool tool, long rows)
    {
        using var folder = new TemporaryFolder("hbase");
        await using var server = await BenchmarkServer.StartAsync(folder.Of("server"), "--innodb-buffer-pool-size=1G", "--innodb-log-file-size=512M");
        await server.RunAsync($"""
            create database bench; create user bench@'%' identified by 'bench'; grant all on bench.* to bench@'%'; use bench;
            create table left_20260105 (id varchar(20) character set utf8mb4 not null, value varchar(20) character set utf8mb4 not null);
            insert into left_20260105 select concat('u', lpad(seq, 9, '0')), concat('v', seq) from seq_0_to_{rows - 1};
            """);
        var step = rows / 200;
        for (var i = 0; i < Missing; i++)
            tool.Run("delete", Full, $"{i * step}", $"{(i * step) + 1}", Key);
        tool.Run("fill", Full, "0", $"{Extra}", "u%09dx", "f:name", "x", "-");
        for (var i = Missing; i < Missing + Different; i++)
            tool.Run("fill", Full, $"{i * step}", $"{(i * step) + 1}", Key, "f:name", "other%d", "-");
        var measure = new EqualMeasure
        {
            Left = new() { Connection = "mysql", Table = new DatePattern("left_{date:yyyyMMdd}"), Key = "id", Columns = ["value"] },
            Right = new() { Connection = "hbase", Table = new DatePattern("tagguard_bench_{date:yyyyMMdd}"), Key = "rowkey", Columns = ["f:name"] },
            Compare = Compare.Rows,
        };
        await using var systems = new BenchmarkSystems(
            server.Plan("bench").Open("mysql", folder.Path, TimeProvider.System), Plan.Open("hbase", "/", TimeProvider.System));
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
        var seconds = await TimeAsync(() => systems.CompareAsync(measure, rows, Missing, Extra, Different));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"drill-down of {rows / 1e6:0} million rows with MySQL: {seconds:0.0} s, peak {BenchmarkSystems.PeakBytes() / 1e6:0} MB, all "
                + $"{Missing + Extra + Different} found"));
    }

    static void Need(long rows, long counted)
    {
        if (rows != counted)
            throw new InvalidOperationException($"{counted} rows were counted of {rows}.");
    }

    static async Task<double> TimeAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    static string KeyOf(long number) => string.Create(CultureInfo.InvariantCulture, $"u{number:D9}");

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
