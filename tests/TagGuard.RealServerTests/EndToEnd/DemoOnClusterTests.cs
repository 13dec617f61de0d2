using System.Text.RegularExpressions;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.Sqlite;
using TagGuard.RealServerTests.Hive;
using TagGuard.RealServerTests.SparkConnect;
using TagGuard.RealServerTests.Support;
using TagGuard.RealServerTests.WebHdfs;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The demo's plan on a cluster in place of DuckDB: only the line of the connection changes, and every number is the same.</summary>
public sealed partial class DemoOnClusterTests(Demo demo, Engines engines) : IAsyncDisposable
{
    const string Good = "2011-11-15", Lost = "2011-11-21", Repeated = "2011-11-22";

    static readonly string[] Tables =
        ["dw.order_fact", "dw.dw_cookie_user_login", "dw.profile_tag_user", "dw.user_group_crowd", "app.reader_tag"];

    /// <summary>What a run leaves behind, without what differs from run to run: times, ids, and how it was asked.</summary>
    static readonly string[] Stored =
    [
        "select json_array(date, check_name, tagid, tag_count, tag_total_per, tag_dau_per, dimension, accepted) from tag_data_day",
        "select json_array(date, check_name, metric, series_key, value, share_of_total, share_of_active, missed_reason, is_absent) "
            + "from measurement",
        "select json_array(date, service_type, hive_count, hbase_count, ok) from tag_email_monitor",
        "select json_array(date, stage, exit_code, reason) from run_stage",
        "select json_array(date, s.stage, check_name, metric, series_key, rule, verdict, finding, sentence, value, expected, low, high, blocking) "
            + "from verdict join run_stage s on s.id = run_stage_id",
        "select json_array(date, s.stage, check_name, verdict, finding, blocking, title, size, sentence) "
            + "from incident join run_stage s on s.id = run_stage_id",
    ];

    readonly HdfsFolder _hdfs = new();
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-test-").FullName;

    /// <summary>A cluster's names are for everybody on it.</summary>
    readonly string _prefix = $"tagguard_demotest_{Environment.ProcessId}_";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <remarks>HiveServer2 is asked about one day, for it takes a minute, and about none on which users repeat: it counts the families of such a
    /// user once, and not once a row.</remarks>
    [Theory]
    [InlineData("hive", "type: hive, host: 127.0.0.1, user: root, settings: { spark.sql.session.timeZone: UTC }", Good, Lost, Repeated)]
    [InlineData("spark", "type: spark-connect, host: 127.0.0.1, user: root", Good, Lost, Repeated)]
    [InlineData("real hive", "type: hive, host: 127.0.0.1, port: 10010, user: root, settings: { mapreduce.task.io.sort.mb: 10 }", Lost)]
    public async Task EveryMeasurementAndVerdictIsTheSameToTheLastRow(string engine, string cluster, params string[] dates)
    {
        await engines.UpAsync("hdfs", engine == "real hive" ? "hive" : "spark");
        Copy(dates);
        var statements = await PutAsync(engine == "spark" ? "spark" : "hive", dates);
        var server = new HiveConnectionPlan { Host = "127.0.0.1", Port = engine == "real hive" ? 10010 : 10000, User = "root" };
        try
        {
            if (engine == "spark")
                await Spark.RunAsync(statements);
            else
                await HiveStatements.RunAsync(server, [.. statements]);

            var here = await RunAsync("here", "type: duckdb, path: warehouse", dates);
            var there = await RunAsync("there", cluster, dates);

            Assert.True(here.Count > 200 * dates.Length, $"{here.Count} rows");
            Assert.DoesNotContain(there, row => row.Contains("127.0.0.1", StringComparison.Ordinal));
            Assert.Equal(here, there);
        }
        finally
        {
            // Of the tests' Hive a database cannot be dropped: a library is missing there.
            await HiveStatements.RunAsync(server, [.. Tables.Select(table => $"drop table if exists {_prefix}{table}")]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _hdfs.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    static string FolderOf(string table, string date) =>
        Path.Combine(table.Replace(".", ".db/", StringComparison.Ordinal), $"data_date={date.Replace("-", "", StringComparison.Ordinal)}");

    /// <summary>The days from the demo's folder, with the databases called as on the cluster.</summary>
    void Copy(string[] dates)
    {
        foreach (var (table, date) in Tables.SelectMany(_ => dates, (table, date) => (table, date)))
        {
            var from = demo.Of("warehouse", FolderOf(table, date));
            foreach (var name in new[] { "", _prefix })
            {
                var to = Directory.CreateDirectory(Path.Combine(_folder, "warehouse", name + FolderOf(table, date))).FullName;
                foreach (var file in Directory.GetFiles(from))
                {
                    File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
                    File.SetLastWriteTimeUtc(Path.Combine(to, Path.GetFileName(file)), File.GetLastWriteTimeUtc(file));
                }
            }
        }
        File.Copy(demo.Of("service.duckdb"), Path.Combine(_folder, "service.duckdb"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "exports"), demo.Of("exports"));
    }

    /// <returns>The statements that make tables of the files.</returns>
    async Task<IReadOnlyList<string>> PutAsync(string kind, string[] dates)
    {
        foreach (var (table, date) in Tables.SelectMany(_ => dates, (table, date) => (table, date)))
        {
            var part = Path.Combine(FolderOf(table, date), "data_0.parquet");
            await _hdfs.WriteAsync($"{_hdfs.Root}/{part}", await File.ReadAllBytesAsync(demo.Of("warehouse", part), Token));
        }
        var lines = await File.ReadAllLinesAsync(Path.Combine(Tagguard.Root, "jobs", "demo", "cluster", $"{kind}.sql"), Token);
        var script = string.Join('\n', lines.SkipWhile(line => line.StartsWith("--", StringComparison.Ordinal)))
            .Replace("{databases}", _prefix, StringComparison.Ordinal)
            .Replace("{root}", _hdfs.Root, StringComparison.Ordinal);
        return
        [
            $"create database if not exists {_prefix}dw",
            $"create database if not exists {_prefix}app",
            .. script.Split(";", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            .. Tables.Select(table => $"msck repair table {_prefix}{table}"),
        ];
    }

    /// <summary>Runs the demo's plan for the dates, and gives all that is stored then, in an order of its own.</summary>
    async Task<IReadOnlyList<string>> RunAsync(string name, string warehouse, string[] dates)
    {
        var plan = await File.ReadAllTextAsync(Path.Combine(Tagguard.Root, "jobs", "demo", "plan.yaml"), Token);
        var told = Databases().Replace(plan, _prefix + "$0").Replace("tagguard.db", $"{name}.db", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, $"{name}.yaml"), WarehouseLine().Replace(told, $"  warehouse: {{ {warehouse} }}"), Token);
        var tagguard = new Tagguard(_folder);
        (await tagguard.RunAsync("init", "--plan", $"{name}.yaml")).Expect(0);
        // Where rows repeat, the service has fewer: DuckDB then looks for the keys, and Spark Connect only counts.
        foreach (var date in dates)
            await tagguard.RunAsync(date == Repeated ? "tags" : "run", "--plan", $"{name}.yaml", "--date", date);
        using var store = SqliteDatabase.Open(Path.Combine(_folder, $"{name}.db"), Access.Read, TimeSpan.FromSeconds(5));
        return [.. Stored.SelectMany(sql => Rows(store, sql))];
    }

    static List<string> Rows(SqliteDatabase store, string sql)
    {
        using var query = store.Prepare(sql);
        var rows = new List<string>();
        while (query.Read())
            rows.Add(query.Text(0));
        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    [GeneratedRegex(@"\b(dw|app)\.(?!db/)(?=\w)")]
    private static partial Regex Databases();

    [GeneratedRegex("^  warehouse:.*", RegexOptions.Multiline)]
    private static partial Regex WarehouseLine();
}
