using System.Diagnostics;
using System.Globalization;
using TagGuard.Keys;
using TagGuard.Measurements;

namespace TagGuard.Benchmarks;

/// <summary>
/// `equal` with `compare: rows` on two MySQL tables, of which one lacks 100 rows, has 50 of its own and 50 with another value, against reladiff on
/// the same server, taking turns. Needs mariadbd, python3-venv, and TAGGUARD_SHARED for reladiff's wheels.
/// </summary>
static class ReconcileBenchmark
{
    const int Missing = 100;
    const int Extra = 50;
    const int Different = 50;
    const int Rounds = 2;

    /// <param name="args">Millions of rows. Default 10.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (PythonTools.Wheels is not { } wheels)
        {
            Console.Error.WriteLine("Set TAGGUARD_SHARED to the folder that has engines/peers, for reladiff.");
            return 3;
        }
        var rows = (args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10) * 1_000_000L;
        using var folder = new TemporaryFolder("reconcile");
        var reladiff = Path.Combine(await PythonTools.InstallAsync(folder.Path, wheels, "reladiff", "mysql-connector-python"), "reladiff");
        await using var server = await BenchmarkServer.StartAsync(
            folder.Of("server"), "--innodb-buffer-pool-size=2G", "--innodb-log-file-size=512M", "--innodb-flush-log-at-trx-commit=0");
        await FillAsync(server, rows);
        var (ours, theirs, peak) = (double.MaxValue, double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
            ours = Math.Min(ours, await TimedAsync(() => OursAsync(server, folder.Path, rows)));
            peak = Math.Max(peak, BenchmarkSystems.PeakBytes());
            theirs = Math.Min(theirs, await TimedAsync(() => TheirsAsync(reladiff, server)));
        }
        Console.WriteLine("rows (million) | TagGuard s | reladiff s | ratio | TagGuard peak MB | found");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rows / 1e6,14:0} | {ours,10:0.0} | {theirs,10:0.0} | {theirs / ours,5:0.0} | {peak / 1e6,16:0} | "
                    + $"{Missing + Extra + Different} of {Missing + Extra + Different}"));
        return 0;
    }

    static async Task OursAsync(BenchmarkServer server, string folder, long rows)
    {
        await using var systems = new BenchmarkSystems(server.Plan("bench").Open("mysql", folder, TimeProvider.System));
        var side = new SidePlan { Connection = "mysql", Key = "id", Columns = ["value"] };
        var measure = new EqualMeasure
        {
            Left = side with { Table = new DatePattern("left_{date:yyyyMMdd}") },
            Right = side with { Table = new DatePattern("right_{date:yyyyMMdd}") },
            Compare = Compare.Rows,
        };
        await systems.CompareAsync(measure, rows, Missing, Extra, Different);
    }

    /// <summary>Lines of `+` and `-`: a different row has one of each.</summary>
    static async Task TheirsAsync(string reladiff, BenchmarkServer server)
    {
        var start = new ProcessStartInfo(
            reladiff,
            [$"mysql://bench:bench@127.0.0.1:{server.Port}/bench", "left_20260105", "right_20260105", "-k", "id", "-c", "value"]
        )
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        if (lines.Length != Missing + Extra + (2 * Different))
            throw new InvalidOperationException($"reladiff found {lines.Length} lines of {Missing + Extra + (2 * Different)}.");
    }

    /// <summary>Keys with gaps; values of 8 to 40 letters.</summary>
    static async Task FillAsync(BenchmarkServer server, long rows)
    {
        await server.RunAsync("create database bench; create user bench@'%' identified by 'bench'; grant all on bench.* to bench@'%'");
        var step = rows / 400;
        await server.RunAsync($"""
            use bench;
            create table left_20260105 (id bigint not null primary key, value varchar(64) character set utf8mb4 not null);
            create table right_20260105 like left_20260105;
            insert into left_20260105 select seq * 3, left(concat(md5(seq), md5(seq + 1)), 8 + seq % 33) from seq_1_to_{rows};
            insert into right_20260105 select * from left_20260105;
            delete from right_20260105 where id in (select seq * {step} * 3 from seq_1_to_{Missing});
            insert into right_20260105 select seq * {step} * 3 + 1, 'extra' from seq_151_to_{150 + Extra};
            update right_20260105 set value = concat(value, '!') where id in (select seq * {step} * 3 from seq_301_to_{300 + Different});
            analyze table left_20260105, right_20260105;
            """);
    }

    static async Task<double> TimedAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
