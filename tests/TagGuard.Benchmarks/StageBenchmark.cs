using System.Diagnostics;
using System.Globalization;
using TagGuard.Adapters.DuckDb;

namespace TagGuard.Benchmarks;

/// <summary>
/// The built program's `tags` on a warehouse that is large in one way, on its first day: measured, judged, saved; with its peak memory, against
/// DuckDB's bare count of users by tag on the same files. Needs ./setup build.
/// </summary>
static class StageBenchmark
{
    const string Date = "2026-01-01";
    const string Files = "warehouse/dw.db/tags/data_date=20260101";

    /// <summary>So many million different tags, in maps of five of two million users for each million.</summary>
    public static Task<int> TagsAsync(double millions, string rule) =>
        RunAsync(
            $"{millions} million tags, {rule}",
            rule,
            $"""
            select 'U' || i as userid, map_from_entries(list_transform(range(5), lambda j: struct_pack(
              k := printf('A%03dU%05d_%02d', 100 + (i * 5 + j) % 10, ((i * 5 + j) % {Rows(millions)} // 1000)::int,
                ((i * 5 + j) % {Rows(millions)} // 10 % 100)::int), v := ''))) as tagmap
            from range({Rows(2 * millions)}) t(i)
            """,
            "unnest(map_keys(tagmap))");

    /// <summary>So many million rows of a user and a tag, in no order: 20 tags a user out of 3,000.</summary>
    public static Task<int> RowsAsync(double millions, string rule) =>
        RunAsync(
            $"{millions} million rows, {rule}",
            rule,
            $"""
            select printf('user-%012d', (i * 7919) % {Rows(millions / 20)}) as userid,
              printf('A%03dU001_%03d', 100 + (i // {Rows(millions / 20)})::int, (hash(i) % 150)::int) as tagmap
            from range({Rows(millions)}) t(i)
            """,
            "tagmap");

    static string Rows(double millions) => ((long)(millions * 1_000_000)).ToString(CultureInfo.InvariantCulture);

    static async Task<int> RunAsync(string shape, string rule, string select, string tag)
    {
        var program = Path.Combine(Directory.GetCurrentDirectory(), "artifacts", "publish", "TagGuard.Jobs", "release", "tagguard.dll");
        if (!File.Exists(program))
        {
            Console.Error.WriteLine("Run ./setup build in the repository first, and this from there.");
            return 3;
        }
        using var folder = new TemporaryFolder("stage");
        Directory.CreateDirectory(folder.Of(Files));
        Generate(folder.Of(Files, "part-0.parquet"), select);
        await File.WriteAllTextAsync(folder.Of("tagguard.yaml"), $$"""
            name: large
            connections:
              warehouse: { type: duckdb, path: warehouse }
              store: { type: sqlite, path: tagguard.db }
            stages:
              tags:
                - name: user tags
                  volume: { connection: warehouse, table: dw.tags, partition: data_date, user: userid, tags: tagmap }
                  judge: { {{rule}}: {} }
            """);
        await RunAsync(program, folder.Path, "init");
        var (seconds, peak) = await RunAsync(program, folder.Path, "tags", "--date", Date);
        var bare = Bare(
            $"select k, count(distinct userid) from (select userid, {tag} as k from read_parquet('{folder.Of(Files)}/*.parquet')) group by k");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{shape}: tags {seconds:0.0} s, peak {peak / 1e6:0} MB; bare query {bare:0.0} s, ratio {seconds / bare:0.0}; store "
                    + $"{new FileInfo(folder.Of("tagguard.db")).Length / 1e6:0} MB"));
        return 0;
    }

    static void Generate(string file, string select)
    {
        using var database = new DuckDbDatabase(
            null,
            new Dictionary<string, string> { ["memory_limit"] = "2GB", ["preserve_insertion_order"] = "false" });
        database.Execute($"copy ({select}) to '{file}' (format parquet)", CancellationToken.None);
    }

    /// <summary>Seconds of DuckDB alone, with twice the memory: with the default it may not get through.</summary>
    static double Bare(string sql)
    {
        using var database = new DuckDbDatabase(null, new Dictionary<string, string> { ["memory_limit"] = "4GB" });
        var began = Stopwatch.GetTimestamp();
        database.Execute(sql, CancellationToken.None);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    static async Task<(double Seconds, long Peak)> RunAsync(string program, string folder, params string[] args)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, .. args])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, ProcessMemory.PeakOf(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(50));
        }
        Console.Error.WriteLine($"{string.Join(' ', args)}: {(await output).TrimEnd().Split('\n')[^1]}\n{(await error).TrimEnd()}");
        return (Stopwatch.GetElapsedTime(began).TotalSeconds, peak);
    }
}
