using TagGuard.RealServerTests.MySql;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>`upstream` on a scheduler's log tables in MySQL, with the store on the same server.</summary>
public sealed class UpstreamOnMySqlTests(MariaDb mariaDb)
{
    const string Date = "2026-11-20";

    const string Steps = "insert into t_step_log values ('2026-11-20', 'load_dw', 'done'), ('2026-11-20', 'load_login', 'done')";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachConditionHasItsVerdictAndWhatIsMissingIsNamed()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var logs = await LogsAsync(database);
        await using var connection = await database.OpenAsync();
        await connection.RunAsync(
            "insert into t_step_log values ('2026-11-20', 'load_dw', 'done'), ('2026-11-19', 'load_login', 'done'), ('2026-11-20', 'load_login', "
                + "'failed')");
        await connection.RunAsync(
            "insert into t_sys_log values ('etl.job_dw_user.v2', 2, '2026-11-20 03:12:44'), ('etl.job_tags', 3, '2026-11-20 03:30:00')");

        var outcome = (await logs.Tagguard.RunAsync("upstream", "--date", Date)).Expect(1);

        Assert.Contains(
            "t_step_log has no row with data_date = 2026-11-20, step = load_login, remark = done",
            outcome.Error,
            StringComparison.Ordinal);
        Assert.Contains("no job failed: 1 row, at most 0 allowed: 1 too many", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(
            [
                "job_dw_user is done|Pass|Normal",
                "no job failed|Fail|Rise",
                "step = load_dw, remark = done|Pass|Normal",
                "step = load_login, remark = done|Fail|NotReady",
            ],
            (await connection.RowsAsync("select metric, verdict, finding from verdict order by metric")).Select(row => string.Join('|', row)));
    }

    [Fact]
    public async Task AServerThatIsStartedAnewDoesNotEndTheWait()
    {
        await using var server = await mariaDb.StartAsync("--innodb-flush-log-at-trx-commit=2");
        await using var database = await server.DatabaseAsync();
        using var logs = await LogsAsync(database);
        await server.RunAsync($"insert into {database.Name}.t_sys_log values ('job_dw_user', 2, '2026-11-20 03:12:44')");
        using var process = logs.Tagguard.Start("upstream", "--date", Date, "--wait", "3m", "--poll", "1s");
        await process.StandardError.ReadLineUntilAsync(line => line.StartsWith("waiting for 2, at most", StringComparison.Ordinal));

        await server.KillAsync();
        await process.StandardError.ReadLineUntilAsync(line => line.Contains("(3 of 3)", StringComparison.Ordinal));
        await server.RestartAsync();
        await using (var connection = await database.OpenAsync())
            await connection.RunAsync(Steps);

        (await Tagguard.EndOfAsync(process)).Expect(0);
        (await logs.Tagguard.RunAsync("gate", "--date", Date)).Expect(0);
    }

    static async Task<SmallWarehouse> LogsAsync(MariaDbDatabase database)
    {
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t_step_log (data_date varchar(10), step varchar(40), remark varchar(40))");
        await connection.RunAsync("create table t_sys_log (task_name varchar(40), task_stat int, task_sign datetime)");
        var server =
            $"type: mysql, host: 127.0.0.1, port: {database.Server.Port}, database: {database.Name}, user: {MariaDbServer.User}, password: "
                + $"\"${{file:password}}\", tls_ca: \"{database.Server.AuthorityFile}\"";
        var logs = new SmallWarehouse(
            $$"""
            name: logs
            connections:
              zydb: { {{server}} }
              store: { {{server}} }
            stages:
              upstream:
                - name: steps of the load
                  rows:
                    connection: zydb
                    table: t_step_log
                    where: { data_date: "{date:yyyy-MM-dd}" }
                    expect: [ { step: load_dw, remark: done }, { step: load_login, remark: done } ]
                - name: jobs of the warehouse
                  rows:
                    connection: zydb
                    all:
                      - name: job_dw_user is done
                        sql: "select 1 from t_sys_log where task_name like '%job_dw_user%' and task_stat = 2 and date(task_sign) = @date"
                        equals: 1
                      - { name: no job failed, sql: "select 1 from t_sys_log where task_stat = 3 and date(task_sign) = @date", at_most: 0 }
            """);
        await File.WriteAllTextAsync(Path.Combine(logs.Folder, "password"), MariaDbServer.Password, Token);
        (await logs.Tagguard.RunAsync("init")).Expect(0);
        return logs;
    }
}
