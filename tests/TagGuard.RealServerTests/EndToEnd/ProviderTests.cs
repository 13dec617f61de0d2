using TagGuard.Adapters.MySql;
using TagGuard.RealServerTests.MySql;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The built program with its tables, its logs and a service's table on MySQL, all over a provider from the folder that TAGGUARD_PROVIDERS names.</summary>
public sealed class ProviderTests(MariaDb mariaDb)
{
    const string Date = "2026-01-01";

    static readonly string Dropped = Path.Combine(AppContext.BaseDirectory, "providers");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryVerbWorksOnAProviderThatTheProgramWasNotBuiltAgainst()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await WarehouseAsync(database, Dropped);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        var early = (await small.Tagguard.RunAsync("upstream", "--date", Date)).Expect(75);
        await database.Server.RunAsync($"insert into {database.Name}.t_sys_log values ('job_dw_user', 2, '2026-01-01 23:20:00')");

        (await small.Tagguard.RunAsync("upstream", "--date", Date)).Expect(0);
        (await small.Tagguard.RunAsync("gate", "--stage", "upstream", "--date", Date)).Expect(0);
        var reconciled = (await small.Tagguard.RunAsync("reconcile", "--date", Date)).Expect(1);
        (await small.Tagguard.RunAsync("gate", "--stage", "sync", "--date", Date)).Expect(1);
        (await small.Tagguard.RunAsync("gate", "--stage", "sync", "--date", Date, "--open", "--by", "李伟", "--why", "known 😀")).Expect(0);
        var explained = (await small.Tagguard.RunAsync("explain", "userprofile_mysql", "--date", Date)).Expect(0);
        (await small.Tagguard.RunAsync("report", "--date", Date, "--out", "report.html")).Expect(0);
        var probed = (await small.Tagguard.RunAsync("doctor")).Expect(0);

        Assert.Contains("The row that is waited for is missing", early.Error, StringComparison.Ordinal);
        Assert.Contains("2 missing there (u7, u8), 0 extra there, 0 different", reconciled.Error, StringComparison.Ordinal);
        Assert.Contains("2 missing there (u7, u8)", explained.Output + explained.Error, StringComparison.Ordinal);
        Assert.Contains("ok     store: MySQL", probed.Error, StringComparison.Ordinal);
        Assert.Equal(["difference,key", "missing there,u7", "missing there,u8"], await File.ReadAllLinesAsync(Path.Combine(small.Folder, "diff", "20260101.csv"), Token));
        await using var connection = await database.OpenAsync();
        Assert.Equal(["2026-01-01", "userprofile_mysql", 400L, 398L], Assert.Single(await connection.RowsAsync("select cast(date as char), service_type, hive_count, hbase_count from tag_email_monitor")));
        Assert.Equal("李伟: known 😀", await connection.ScalarAsync("select concat(opened_by, ': ', why) from override"));
    }

    [Theory]
    [InlineData("System.Security.Permissions.dll", "needs System.Security.Permissions.dll, which is not in")]
    [InlineData("MySql.Data.dll", "MySql.Data.dll is not there: copy MySql.Data.dll with all that it needs into that folder")]
    public async Task AProviderWithoutAllThatItNeedsIsToldWithWhatIsMissing(string missing, string told)
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var half = new SmallWarehouse();
        foreach (var file in Directory.EnumerateFiles(Dropped).Where(file => Path.GetFileName(file) != missing))
            File.Copy(file, Path.Combine(half.Folder, Path.GetFileName(file)));
        using var small = await WarehouseAsync(database, half.Folder);

        var refused = await small.Tagguard.RunAsync("init");

        Assert.NotEqual(0, refused.Exit);
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        Assert.Contains(half.Folder, refused.Error, StringComparison.Ordinal);
    }

    /// <summary>A date with 400 users of whom MySQL lacks two, a log table without the row that is waited for, and a plan over the provider.</summary>
    static async Task<SmallWarehouse> WarehouseAsync(MariaDbDatabase database, string providers)
    {
        var server = database.Server;
        await server.RunAsync($"create table {database.Name}.users (day date, userid varchar(20), primary key (day, userid))");
        await server.RunAsync($"insert into {database.Name}.users select '{Date}', concat('u', seq) from {database.Name}.seq_0_to_399 where seq not in (7, 8)");
        await server.RunAsync($"create table {database.Name}.t_sys_log (task_name varchar(40), task_stat int, task_sign datetime)");
        var connection = $"type: mysql, host: 127.0.0.1, port: {server.Port}, database: {database.Name}, user: {MariaDbServer.User}, password: \"${{file:password}}\", tls: required, provider: \"{OtherProviders.MySqlData}\"";
        var small = new SmallWarehouse($$"""
            name: small
            connections:
              warehouse: { type: duckdb, path: warehouse }
              service: { {{connection}} }
              store: { {{connection}} }
            stages:
              upstream:
                - name: dw user job finished
                  rows: { connection: service, sql: "select 1 from t_sys_log where task_name like '%job_dw_user%' and task_stat = 2 and date(task_sign) = @date", equals: 1 }
              sync:
                - name: userprofile_mysql
                  equal:
                    left: { connection: warehouse, table: dw.tags, partition: data_date, key: userid }
                    right: { connection: service, table: users, partition: day, partition_value: "{date:yyyy-MM-dd}", key: userid }
                    drill: { export: "diff/{date:yyyyMMdd}.csv" }
            """).Write(SmallWarehouse.First, 1);
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "password"), MariaDbServer.Password, Token);
        small.Tagguard.Variables[ProviderFolder.Variable] = providers;
        return small;
    }
}
