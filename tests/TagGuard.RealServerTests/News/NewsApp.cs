using MySqlConnector;
using TagGuard.Adapters.DuckDb;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.News;

/// <summary>The news app of jobs/plans/news.yaml with 61 dates judged, to plant faults into the 62nd: made once for all tests.</summary>
public sealed class NewsApp(MariaDb mariaDb) : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-news-").FullName;
    MariaDbDatabase? _database;

    internal MariaDbDatabase Database => _database!;

    internal string Folder => _folder;

    internal Tagguard Tagguard { get; private set; } = null!;

    /// <summary>How the 61 dates were judged.</summary>
    internal Outcome Past { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await mariaDb.DatabaseAsync();
        Tagguard = new Tagguard(_folder) { Variables = { ["NEWS_DB_PASSWORD"] = MariaDbServer.Password } };
        var plan = await File.ReadAllTextAsync(Path.Combine(Tagguard.Root, "jobs", "plans", "news.yaml"));
        const string place = "host: 127.0.0.1, port: 3306, database: news, user: tagguard";
        Assert.Contains(place, plan, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "tagguard.yaml"), plan
            .Replace(
                place,
                $"host: 127.0.0.1, port: {Database.Server.Port}, database: {Database.Name}, user: {MariaDbServer.User}",
                StringComparison.Ordinal)
            .Replace("tls_ca: ca.pem", $"tls_ca: \"{Database.Server.AuthorityFile}\"", StringComparison.Ordinal));
        await RunSqlAsync("create table job_log (ds varchar(8), job varchar(40), state varchar(10), primary key (ds, job))");
        await RunSqlAsync("create table reader_profile (day date, userid varchar(20) character set utf8mb4 collate utf8mb4_bin, key (day))");
        using (var database = NewsData.Open())
        {
            for (var date = NewsData.First; date <= NewsData.Last; date = date.AddDays(1))
                await WriteAsync(database, date);
        }
        await SyncAsync();
        (await Tagguard.RunAsync("init")).Expect(0);
        var (from, to) = ($"{NewsData.First:yyyy-MM-dd}", $"{NewsData.Last.AddDays(-1):yyyy-MM-dd}");
        Past = await Tagguard.RunAsync("backfill", "--stage", "upstream", "--stage", "tags", "--from", from, "--to", to);
        File.Copy(Path.Combine(_folder, "tagguard.db"), Path.Combine(_folder, "judged.db"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Plants a fault, judges the last date, and takes the fault away again.</summary>
    internal async Task<Outcome> JudgeAsync(NewsFault fault)
    {
        File.Copy(Path.Combine(_folder, "judged.db"), Path.Combine(_folder, "tagguard.db"), overwrite: true);
        foreach (var log in new[] { "-wal", "-shm" })
            File.Delete(Path.Combine(_folder, "tagguard.db" + log));
        try
        {
            using (var database = NewsData.Open())
            {
                foreach (var (table, select) in fault.Tables)
                    Copy(database, table, NewsData.Last, select(Of(table)));
            }
            await SyncAsync();
            if (fault.Service is not null)
                await RunSqlAsync(fault.Service);
            fault.Files?.Invoke(_folder);
            return await Tagguard.RunAsync("run", "--date", $"{NewsData.Last:yyyy-MM-dd}");
        }
        finally
        {
            fault.Undo?.Invoke(_folder);
            using var database = NewsData.Open();
            await WriteAsync(database, NewsData.Last);
        }
    }

    /// <summary>The partition as it should be, as a table of DuckDB.</summary>
    static string Of(string table) => $"({(table == "event" ? NewsData.Events(NewsData.Last) : NewsData.Tags(NewsData.Last))})";

    internal string PartitionOf(string table, DateOnly date) => Path.Combine(_folder, "warehouse", "app.db", table, "ds=" + NewsData.Ds(date));

    async Task WriteAsync(DuckDbDatabase database, DateOnly date)
    {
        Copy(database, "reader_tag", date, NewsData.Tags(date));
        Copy(database, "event", date, NewsData.Events(date));
        var marker = Path.Combine(PartitionOf("event", date), "_SUCCESS");
        await File.WriteAllBytesAsync(marker, []);
        // 02:30 in Shanghai.
        File.SetLastWriteTimeUtc(marker, date.ToDateTime(new TimeOnly(18, 30), DateTimeKind.Utc));
        await RunSqlAsync($"replace into job_log values ('{NewsData.Ds(date)}', 'reader_tag', 'SUCCESS')");
    }

    void Copy(DuckDbDatabase database, string table, DateOnly date, string select)
    {
        var folder = Directory.CreateDirectory(PartitionOf(table, date)).FullName;
        database.Execute($"copy ({select}) to '{folder}/part-0.parquet' (format parquet)", CancellationToken.None);
    }

    /// <summary>What the nightly sync does: the service's table and the export hold each reader of the last partition once.</summary>
    async Task SyncAsync()
    {
        var exports = Directory.CreateDirectory(Path.Combine(_folder, "exports")).FullName;
        var file = Path.Combine(exports, $"push_{NewsData.Ds(NewsData.Last)}.csv");
        using (var database = NewsData.Open())
            database.Execute(
                $"copy (select userid, any_value(os) as os, any_value(city) as city from '{PartitionOf("reader_tag", NewsData.Last)}/part-0.parquet' "
                    + $"where userid is not null group by userid order by userid) to '{file}' (header)",
                CancellationToken.None);
        await RunSqlAsync("truncate table reader_profile");
        var readers = (await File.ReadAllLinesAsync(file)).Skip(1).Select(line => line.Split(',')[0]);
        foreach (var some in readers.Chunk(5000))
            await RunSqlAsync(
                $"insert into reader_profile values {string.Join(",", some.Select(reader => $"('{NewsData.Last:yyyy-MM-dd}','{reader}')"))}");
    }

    internal async Task RunSqlAsync(string sql)
    {
        await using var connection = await Database.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
