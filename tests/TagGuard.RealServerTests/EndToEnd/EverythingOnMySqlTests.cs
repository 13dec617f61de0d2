using TagGuard.RealServerTests.MySql;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The built program with its tables, its logs and a service's table on MySQL.</summary>
public sealed class EverythingOnMySqlTests(MariaDb mariaDb)
{
    const string Date = "2026-01-01";
    const string Finished = "select 1 from t_sys_log where task_name like '%job_dw_user%' and task_stat = 2 and date(task_sign) = @date";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryVerbWorks()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await WarehouseAsync(database);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        var early = (await small.Tagguard.RunAsync("upstream", "--date", Date)).Expect(75);
        await database.Server.RunAsync($"insert into {database.Name}.t_sys_log values ('job_dw_user', 2, '2026-01-01 23:20:00')");

        (await small.Tagguard.RunAsync("upstream", "--date", Date)).Expect(0);
        (await small.Tagguard.RunAsync("gate", "--stage", "upstream", "--date", Date)).Expect(0);
        var reconciled = (await small.Tagguard.RunAsync("reconcile", "--date", Date)).Expect(1);
        (await small.Tagguard.RunAsync("gate", "--stage", "sync", "--date", Date)).Expect(1);
        (await small.Tagguard.RunAsync("gate", "--stage", "sync", "--date", Date, "--open", "--by", "李伟", "--why", "known 😀")).Expect(0);
        var explained = (await small.Tagguard.RunAsync("explain", "userprofile_mysql", "--all", "--date", Date)).Expect(0);
        (await small.Tagguard.RunAsync("report", "--date", Date, "--out", "report.html")).Expect(0);
        var probed = (await small.Tagguard.RunAsync("doctor")).Expect(0);

        Assert.Contains("The row that is waited for is missing", early.Error, StringComparison.Ordinal);
        Assert.Contains("2 missing there (u7, u8), 0 extra there, 0 different", reconciled.Error, StringComparison.Ordinal);
        Assert.Contains("2 missing there (u7, u8)", explained.Output + explained.Error, StringComparison.Ordinal);
        Assert.Contains("userprofile_mysql: equal, measured in ", explained.Output, StringComparison.Ordinal);
        Assert.Contains("asked: select count(*) from `", explained.Output, StringComparison.Ordinal);
        Assert.Contains("select count(*)", (string)Assert.Single(explained.Line["checks"]!.AsArray())!["asked"]!, StringComparison.Ordinal);
        Assert.Contains("ok     store: MySQL", probed.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["difference,key", "missing there,u7", "missing there,u8"],
            await File.ReadAllLinesAsync(Path.Combine(small.Folder, "diff", "20260101.csv"), Token));
        await using var connection = await database.OpenAsync();
        Assert.Equal(
            ["2026-01-01", "userprofile_mysql", 400L, 398L],
            Assert.Single(await connection.RowsAsync("select cast(date as char), service_type, hive_count, hbase_count from tag_email_monitor")));
        Assert.Equal("李伟: known 😀", await connection.ScalarAsync("select concat(opened_by, ': ', why) from override"));
    }

    [Theory]
    [InlineData("select 1; set session transaction read write; delete from users", "Only one statement is run")]
    [InlineData("select 1; set session transaction read write; update tag_stage_state set state = 1", "Only one statement is run")]
    [InlineData("select 1 /*!; delete from users */", "A comment that servers run")]
    [InlineData("delete from users", "`sql` must be one SELECT")]
    public async Task ACheckWhoseSqlDoesMoreThanReadIsRefusedWithItsLine(string sql, string told)
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await WarehouseAsync(database, sql);

        var refused = await small.Tagguard.RunAsync("upstream", "--date", Date);

        Assert.NotEqual(0, refused.Exit);
        Assert.Matches(@"tagguard\.yaml:9:\d+: ", refused.Error);
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        await using var connection = await database.OpenAsync();
        Assert.Equal(398L, await connection.ScalarAsync("select count(*) from users"));
    }

    [Fact]
    public async Task ACertificateThatIsNotTrustedIsToldOnceWithItsCure()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await WarehouseAsync(database, authority: database.Server.StrangerFile);

        var refused = await small.Tagguard.RunAsync("upstream", "--date", Date);
        var probed = await small.Tagguard.RunAsync("doctor");

        Assert.NotEqual(0, refused.Exit);
        Assert.NotEqual(0, probed.Exit);
        foreach (var said in new[] { refused.Error, probed.Error })
        {
            Assert.Contains("not signed by an authority that is trusted", said, StringComparison.Ordinal);
            Assert.Contains(database.Server.StrangerFile, said, StringComparison.Ordinal);
            Assert.DoesNotContain("firewalls", said, StringComparison.Ordinal);
            Assert.DoesNotContain("again", said, StringComparison.Ordinal);
        }
    }

    /// <summary>A date with 400 users of whom MySQL lacks two, a log table without the row that is waited for, and the plan.</summary>
    static async Task<SmallWarehouse> WarehouseAsync(MariaDbDatabase database, string sql = Finished, string? authority = null)
    {
        var server = database.Server;
        await server.RunAsync($"create table {database.Name}.users (day date, userid varchar(20), primary key (day, userid))");
        await server.RunAsync(
            $"insert into {database.Name}.users select '{Date}', concat('u', seq) from {database.Name}.seq_0_to_399 where seq not in (7, 8)");
        await server.RunAsync($"create table {database.Name}.t_sys_log (task_name varchar(40), task_stat int, task_sign datetime)");
        var place = $"type: mysql, host: 127.0.0.1, port: {server.Port}, database: {database.Name}, tls_ca: \"{authority ?? server.AuthorityFile}\"";
        var connection = $"{place}, user: {MariaDbServer.User}, password: \"${{file:password}}\"";
        var small = new SmallWarehouse($$"""
            name: small
            connections:
              warehouse: { type: duckdb, path: warehouse }
              service: { {{connection}} }
              store: { {{connection}} }
            stages:
              upstream:
                - name: dw user job finished
                  rows: { connection: service, sql: "{{sql}}", equals: 1 }
              sync:
                - name: userprofile_mysql
                  equal:
                    left: { connection: warehouse, table: dw.tags, partition: data_date, key: userid }
                    right: { connection: service, table: users, partition: day, partition_value: "{date:yyyy-MM-dd}", key: userid }
                    drill: { export: "diff/{date:yyyyMMdd}.csv" }
            """).Write(SmallWarehouse.First, 1);
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "password"), MariaDbServer.Password, Token);
        return small;
    }
}
