using System.Net;
using System.Text;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.Sqlite;
using TagGuard.RealServerTests.Hive;
using TagGuard.RealServerTests.Support;
using TagGuard.RealServerTests.WebHdfs;

namespace TagGuard.RealServerTests.HBase;

/// <summary>The demo's tags in Hive on HDFS, synced into HBase and MySQL, and a slice of them lost.</summary>
[Collection("HBase")]
public sealed class LostSliceTests(Engines engines, Demo demo, MariaDb mariaDb) : HBaseTables(engines)
{
    const string Date = "2011-11-15", Day = "20111115";

    static readonly HiveConnectionPlan Hive = new() { Host = "127.0.0.1", Port = 10010, User = "root" };

    readonly Engines _engines = engines;
    readonly HdfsFolder _hdfs = new();
    readonly string _table = $"tagguard_slice_{Environment.ProcessId}";

    [Fact]
    public async Task TheSliceThatBothServicesLackIsToldOnceWithItsCauseAndClosesTheGate()
    {
        await _engines.UpAsync("hdfs", "hive");
        var users = File.ReadLines(demo.Of("exports", $"userprofile_call_centre_{Day}.csv"))
            .Skip(1).Select(line => line.Split(',')[0]).Order(StringComparer.Ordinal).ToList();
        var lost = users[200..350];
        await FillHiveAsync();
        await using var database = await mariaDb.DatabaseAsync();
        using var small = new SmallWarehouse(Plan(database));
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "password"), MariaDbServer.Password, Token);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        await Tool.CreateAsync($"{Table}_{Day}", users[users.Count / 2]);
        try
        {
            foreach (var user in users.Except(lost))
                await Tool.PutAsync($"{Table}_{Day}", Encoding.UTF8.GetBytes(user));
            await database.Server.RunAsync($"""
                create table {database.Name}.profile (day date, userid varchar(20), primary key (day, userid));
                insert into {database.Name}.profile values {string.Join(", ", users.Except(lost).Select(user => $"('{Date}', '{user}')"))};
                """);

            var run = (await small.Tagguard.RunAsync("run", "--date", Date)).Expect(1);
            var gate = (await small.Tagguard.RunAsync("gate", "--date", Date, "--stage", "sync")).Expect(1);
            var report = WebUtility.HtmlDecode(await File.ReadAllTextAsync((string)run.Line["report"]!, Token));

            var keys = $"{lost[0]} … {lost[^1]}";
            Assert.Contains($"hbase holds {users.Count - 150:N0}, warehouse {users.Count:N0}: 150 fewer", gate.Output, StringComparison.Ordinal);
            Assert.Contains($"A slice was not synced: hbase has none of the keys {keys}", report, StringComparison.Ordinal);
            Assert.Contains($"which lacks the keys {keys} as well", report, StringComparison.Ordinal);
            Assert.Equal(
                [$"userprofile_offline {users.Count} {users.Count - 150}", $"userprofile_stream {users.Count} {users.Count - 150}"],
                Monitored(small));
        }
        finally
        {
            await Tool.RunAsync("drop", $"{Table}_{Day}");
            await HiveStatements.RunAsync(Hive, $"drop table if exists {_table}");
        }
    }

    async Task FillHiveAsync()
    {
        var part = Path.Combine("dw.db", "profile_tag_user", $"data_date={Day}", "data_0.parquet");
        await _hdfs.WriteAsync($"{_hdfs.Root}/data_date={Day}/data_0.parquet", await File.ReadAllBytesAsync(demo.Of("warehouse", part), Token));
        await HiveStatements.RunAsync(
            Hive,
            $"create external table {_table} (userid string, tagmap map<string, string>) partitioned by (data_date string) "
                + $"stored as parquet location '{_hdfs.Root}'",
            $"msck repair table {_table}");
    }

    static List<string> Monitored(SmallWarehouse small)
    {
        using var store = SqliteDatabase.Open(Path.Combine(small.Folder, "tagguard.db"), Access.Read, TimeSpan.FromSeconds(5));
        using var query = store.Prepare("select service_type || ' ' || hive_count || ' ' || hbase_count from tag_email_monitor order by 1");
        var rows = new List<string>();
        while (query.Read())
            rows.Add(query.Text(0));
        return rows;
    }

    string Plan(MariaDbDatabase database) => $$"""
        name: synced
        timezone: UTC
        connections:
          warehouse: { type: hive, host: 127.0.0.1, port: 10010, user: root, settings: { mapreduce.task.io.sort.mb: 10 } }
          hbase: { type: hbase-rest, urls: ["{{Gateway}}"] }
          zydb: { type: mysql, socket: "{{database.Server.Socket}}", database: {{database.Name}},
            user: {{MariaDbServer.User}}, password: "${file:password}" }
          store: { type: sqlite, path: tagguard.db }
        stages:
          sync:
            - name: userprofile
              owner: service team
              equal:
                left: { connection: warehouse, table: {{_table}}, partition: data_date, key: userid }
                services:
                  userprofile_offline: { connection: hbase, table: "{{Table}}_{date:yyyyMMdd}", key: rowkey }
                  userprofile_stream: { connection: zydb, table: profile, partition: day, partition_value: "{date:yyyy-MM-dd}", key: userid,
                    tolerance: 1 }
        """;

    public override async ValueTask DisposeAsync()
    {
        await _hdfs.DisposeAsync();
        await base.DisposeAsync();
    }
}
