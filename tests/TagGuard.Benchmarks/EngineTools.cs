using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace TagGuard.Benchmarks;

/// <summary>The real HDFS and Spark of `engines`, which must be up: `engines up hdfs spark`. Needs TAGGUARD_SHARED.</summary>
static class EngineTools
{
    public const string NameNode = "http://127.0.0.1:9870";

    const string Hdfs = "hdfs://127.0.0.1:9000";

    static readonly string Folder = Path.Combine(Environment.GetEnvironmentVariable("TAGGUARD_SHARED") ?? "", "engines");

    public static string Script => Path.Combine(Folder, "engines");

    public static bool IsThere => File.Exists(Script);

    /// <summary>The tag-volume job as the field writes it, by `spark-submit`; what it prints.</summary>
    public static Task<string> CommonScriptAsync(string tags, string active) =>
        BenchmarkServer.OutputAsync(Script, "pyspark", Path.Combine(Folder, "common_script.py"), Hdfs + tags, Hdfs + active);

    /// <summary>Hive's own JDBC client; its rows go nowhere.</summary>
    /// <returns>The seconds that it says the rows took.</returns>
    public static Task<string> BeelineAsync(string sql) =>
        BenchmarkServer.OutputAsync(
            "sh", "-c", $"'{Script}' beeline --incremental=true --outputformat=tsv2 -e \"$1\" 2>&1 >/dev/null", "beeline", sql);

    /// <summary>Puts a file on HDFS.</summary>
    public static async Task PutAsync(string file, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(10) };
        using var told = await client.PutAsync(new Uri($"{NameNode}/webhdfs/v1{path}?op=CREATE&overwrite=true&noredirect=true&user.name=root"), null);
        var node = (await told.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Location").GetString()!;
        await using var body = File.OpenRead(file);
        using var content = new StreamContent(body);
        (await client.PutAsync(new Uri(node), content)).EnsureSuccessStatusCode().Dispose();
    }

    public static async Task RemoveAsync(string path)
    {
        using var client = new HttpClient();
        (await client.DeleteAsync(new Uri($"{NameNode}/webhdfs/v1{path}?op=DELETE&recursive=true&user.name=root"))).Dispose();
    }

    /// <summary>Best of some rounds, in seconds, and the first.</summary>
    public static async Task<(double First, double Best)> TimeAsync(int rounds, Func<Task> work)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await work();
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
        return (times[0], times.Min());
    }
}
