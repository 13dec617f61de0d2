using System.Diagnostics;
using System.Globalization;
using TagGuard.Adapters.DuckDb;
using TagGuard.Sources;

namespace TagGuard.Benchmarks;

/// <summary>
/// The whole volume measurement against DuckDB's bare `unnest(map_keys)` + `group by`, on
/// the same files, in the same process and run; with peak memory.
/// </summary>
static class VolumeBenchmark
{
    /// <param name="args">Millions of users, each a round: `1 5 20`. Default 5.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var rounds = args.Length > 0 ? args.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray() : [5];
        Console.WriteLine("users (million) | tags | TagGuard s | bare query s | ratio | TagGuard peak MB");
        foreach (var millions in rounds)
            await RoundAsync(millions);
        return 0;
    }

    static async Task RoundAsync(int millions)
    {
        using var folder = new TemporaryFolder("volume");
        Generate(folder.Path, millions * 1_000_000L);
        var query = new VolumeQuery(
            new TablePart("dw.tags", "data_date", "20260101", null), "userid", "tagmap",
            new ActiveQuery(new TablePart("dw.active", "data_date", "20260101", null), "userid"));
        // Best of three for both, taking turns, so that neither profits from a warmer cache.
        var (ours, bare, tags, peak) = (double.MaxValue, double.MaxValue, 0, 0L);
        for (var round = 0; round < 3; round++)
        {
            await using var source = (IVolumeSource)
                new DuckDbConnectionPlan { Path = folder.Path }.Open("warehouse", folder.Path, TimeProvider.System);
            await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
            var began = Stopwatch.GetTimestamp();
            var volumes = await source.CountVolumesAsync(query, null, CancellationToken.None);
            ours = Math.Min(ours, Stopwatch.GetElapsedTime(began).TotalSeconds);
            peak = Math.Max(peak, PeakBytes());
            tags = volumes.Keys.Count;
            if (volumes.Rows != millions * 1_000_000L || volumes.DuplicateUsers != 0)
                throw new InvalidOperationException($"Counted {volumes.Rows} rows and {volumes.DuplicateUsers} duplicates.");

            using var database = new DuckDbDatabase(null, new Dictionary<string, string> { ["memory_limit"] = "1GB" });
            began = Stopwatch.GetTimestamp();
            database.Execute(
                "select k, count(*) from (select unnest(map_keys(tagmap)) as k from "
                    + $"read_parquet('{folder.Path}/dw.db/tags/data_date=20260101/*.parquet')) group by k",
                CancellationToken.None);
            bare = Math.Min(bare, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{millions,15} | {tags,4} | {ours,10:0.00} | {bare,12:0.00} | {ours / bare,5:0.00} | {peak / 1e6,16:0}"));
    }

    /// <summary>4 to 12 tags a user out of about 3,000 with very different volumes; 20% of the
    /// users active. The same files for the same number of users.</summary>
    public static void Generate(string folder, long users)
    {
        Directory.CreateDirectory($"{folder}/dw.db/tags/data_date=20260101");
        Directory.CreateDirectory($"{folder}/dw.db/active/data_date=20260101");
        using var database = new DuckDbDatabase(
            null,
            new Dictionary<string, string> { ["memory_limit"] = "2GB", ["preserve_insertion_order"] = "false" });
        database.Execute(
            $"""
            copy (
              select 'U' || lpad(cast(i as varchar), 10, '0') as userid,
                map_from_entries(list_transform(range((4 + hash(i) % 9)::bigint), lambda j: struct_pack(
                  k := printf('A%03dU%03d_%03d', 100 + j, (hash(i * 31 + j) % 25)::int,
                    floor(power((hash(i * 37 + j) % 1000000) / 1000000.0, 2) * 10)::int),
                  v := case when j % 2 = 0 then cast(hash(i + j) % 100 as varchar) else '' end))) as tagmap
              from range({users}) t(i)
            ) to '{folder}/dw.db/tags/data_date=20260101/part-0.parquet' (format parquet)
            """, CancellationToken.None);
        database.Execute($"""
            copy (select 'U' || lpad(cast(i as varchar), 10, '0') as userid, 101 as site_id from range({users}) t(i) where hash(i * 41) % 5 = 0)
            to '{folder}/dw.db/active/data_date=20260101/part-0.parquet' (format parquet)
            """, CancellationToken.None);
    }

    static long PeakBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
