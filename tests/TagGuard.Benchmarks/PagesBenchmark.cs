using System.Globalization;
using System.Text.RegularExpressions;
using TagGuard.Adapters.Hive;
using TagGuard.Sources;

namespace TagGuard.Benchmarks;

/// <summary>A long result of Spark's Thrift Server, every column decoded, against Hive's own JDBC client on the same server; and, recorded and
/// played back, so that no server takes part, against reading the same bytes from the same kind of socket.</summary>
static partial class PagesBenchmark
{
    const int Port = 10000;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!EngineTools.IsThere)
        {
            Console.Error.WriteLine("Set TAGGUARD_SHARED to the folder with engines/, and start hdfs and spark there.");
            return 3;
        }
        var rows = (long)((args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 1) * 1e6);
        var sql = "select id, concat('user', id) as name, id * 0.5 as half, id % 2 = 0 as even, "
            + $"case when id % 7 = 0 then null else cast(id % 1000 as int) end as some from range({rows})";
        var live = await EngineTools.TimeAsync(3, () => AskAsync(Port, sql, rows));
        var theirs = double.MaxValue;
        for (var round = 0; round < 2; round++)
        {
            var told = Seconds().Match(await EngineTools.BeelineAsync(sql)).Groups[1].Value;
            theirs = Math.Min(theirs, double.Parse(told, CultureInfo.InvariantCulture));
        }

        using var line = new RecordedLine();
        await Task.WhenAll(line.RecordAsync(Port), AskAsync(line.Port, sql, rows));
        var decoded = await EngineTools.TimeAsync(3, () => Task.WhenAll(line.ReplayAsync(), AskAsync(line.Port, sql, rows)));
        var read = await EngineTools.TimeAsync(3, () => Task.WhenAll(line.ReplayAsync(), line.ReadAsync()));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {rows:N0} rows of 5 columns, {line.Bytes / 1e6:0.0} MB
            the server and ours           {live.Best:0.00} s
            the server and Hive's beeline {theirs:0.00} s, {theirs / live.Best:0.0} times ours
            played back, ours             {decoded.Best:0.00} s, {rows / decoded.Best / 1e6:0.0} million rows a second
            played back, bytes only       {read.Best:0.00} s; ours takes {decoded.Best / read.Best:0.0} times as long
            """));
        return 0;
    }

    static async Task AskAsync(int port, string sql, long rows)
    {
        await using var source = (IRowsSource)new HiveConnectionPlan { Host = "127.0.0.1", Port = port, User = "root" }
            .Open("warehouse", "/", TimeProvider.System);
        var came = await source.RowsAsync(sql, new DateOnly(2026, 1, 1), CancellationToken.None);
        if (came.Rows != rows)
            throw new InvalidOperationException($"{came.Rows} rows came in place of {rows}.");
    }

    [GeneratedRegex(@"rows selected \(([\d.]+) seconds\)")]
    private static partial Regex Seconds();
}
