using System.Data.Common;
using System.Globalization;
using TagGuard.RealServerTests.MySql;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd.Crashes;

/// <summary>A site that is killed: a warehouse, and a server with the schedulers' log
/// tables, the table of a service and the monitoring tables.</summary>
/// <remarks>
/// The log answers slowly, so that a server often dies while it is read. Two checks have
/// something to tell every day, so that there are incidents to be doubled.
/// </remarks>
sealed class CrashSite : IAsyncDisposable
{
    /// <summary>Stages of the plan, in their order.</summary>
    public static readonly IReadOnlyList<string> Stages = ["upstream", "tags", "sync"];

    /// <summary>Days that were judged before the first date that is killed.</summary>
    const int Before = 10;

    readonly MariaDbDatabase _database;
    readonly SmallWarehouse _small;

    CrashSite(MariaDbServer server, MariaDbDatabase database)
    {
        Server = server;
        _database = database;
        _small = new SmallWarehouse(Plan(database));
    }

    public MariaDbServer Server { get; }

    public Tagguard Tagguard => _small.Tagguard;

    /// <summary>A connection beside the program's: over the unix socket, where the program uses the network.</summary>
    public async Task<DbConnection> LookAsync() => await _database.PlanOnSocket().ConnectAsync("/", TestContext.Current.CancellationToken);

    /// <summary>Builds it all.</summary>
    /// <param name="mariaDb">Starts the server.</param>
    /// <param name="dates">How many dates there will be to run.</param>
    public static async Task<CrashSite> BuildAsync(MariaDb mariaDb, int dates)
    {
        var server = await mariaDb.StartAsync("--innodb-flush-log-at-trx-commit=1");
        try
        {
            var site = new CrashSite(server, await server.DatabaseAsync());
            await File.WriteAllTextAsync(Path.Combine(site._small.Folder, "password"), MariaDbServer.Password);
            await site.FillAsync(Before + dates);
            site._small.Write(SmallWarehouse.First, Before + dates);
            await site._small.BackfilledAsync(SmallWarehouse.First.AddDays(Before - 1));
            return site;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The dates to run, numbered from 0.</summary>
    public static string DateOf(int number) => SmallWarehouse.First.AddDays(Before + number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Where a run writes the report of a date.</summary>
    public string ReportOf(string date) => Path.Combine(_small.Folder, "reports", $"small-{date}.html");

    public async ValueTask DisposeAsync()
    {
        _small.Dispose();
        await Server.DisposeAsync();
    }

    static string Plan(MariaDbDatabase database)
    {
        var server =
            $"type: mysql, host: 127.0.0.1, port: {database.Server.Port}, database: {database.Name}, tls_ca: \"{database.Server.AuthorityFile}\"";
        return $$"""
            name: small
            connections:
              warehouse: { type: duckdb, path: warehouse }
              marks: { type: files, path: warehouse }
              zydb: { {{server}}, user: {{MariaDbServer.User}}, password: "${file:password}" }
              store: { {{server}}, user: {{MariaDbServer.User}}, password: "${file:password}" }
            stages:
              upstream:
                - name: dw user job finished
                  rows:
                    connection: zydb
                    sql: >-
                      select task_stat, sleep(0.2) from t_sys_log
                      where task_name like '%job_dw_user%' and task_stat = 2 and date(task_sign) = @date
                    equals: 1
                - name: steps of the load
                  rows:
                    connection: zydb
                    table: t_step_log
                    where: { data_date: "{date:yyyy-MM-dd}" }
                    expect: [ { step: load_dw, remark: done }, { step: load_login, remark: done } ]
                - name: a job that never comes
                  rows: { connection: zydb, sql: "select 1 from t_sys_log where task_stat = 9 and date(task_sign) = @date", equals: 1 }
                  judge: { blocking: false }
                - name: orders landed
                  path: { connection: marks, path: "dw.db/orders/data_date={date:yyyyMMdd}/_SUCCESS" }
                - name: orders are whole
                  count: { connection: warehouse, table: dw.orders, partition: data_date, rule: { change: { avg_last: 7d, fail: -30% } } }
              tags:
                - name: user tags
                  volume: { connection: warehouse, table: dw.tags, partition: data_date, user: userid, tags: tagmap }
                  judge: { baseline: { season: 1d, min_users: 20 } }
              sync:
                - name: userprofile_mysql
                  equal:
                    left: { connection: warehouse, table: dw.tags, partition: data_date, key: userid }
                    right: { connection: zydb, table: users, partition: day, partition_value: "{date:yyyy-MM-dd}", key: userid }
                    compare: rows
                - name: userprofile_short
                  equal:
                    left: { connection: warehouse, table: dw.tags, partition: data_date, key: userid }
                    right:
                      { connection: zydb, table: users, partition: day, partition_value: "{date:yyyy-MM-dd}",
                        where: "userid not in ('u7', 'u8')", key: userid }
                  judge: { blocking: false }
            """;
    }

    /// <summary>What the schedulers log and what the sync leaves in the service's table, for each date of the warehouse.</summary>
    async Task FillAsync(int days)
    {
        var (dates, day) = ($"seq_0_to_{days - 1} d", $"date_add('{SmallWarehouse.First:yyyy-MM-dd}', interval d.seq day)");
        var users = $"seq_0_to_{SmallWarehouse.FirstUsers + days} u on u.seq < {SmallWarehouse.FirstUsers} + d.seq";
        await using var connection = await LookAsync();
        await connection.RunAsync("create table t_sys_log (task_name varchar(99), task_stat int, task_sign datetime, key (task_sign))");
        await connection.RunAsync($"insert into t_sys_log select 'etl.job_dw_user.v2', 2, timestamp({day}, '03:12:44') from {dates}");
        await connection.RunAsync("create table t_step_log (data_date date, step varchar(99), remark varchar(99), key (data_date))");
        await connection.RunAsync(
            $"insert into t_step_log select {day}, step, 'done' from {dates} join (select 'load_dw' as step union select 'load_login') s");
        await connection.RunAsync("create table users (day date, userid varchar(20), primary key (day, userid))");
        await connection.RunAsync($"insert into users select {day}, concat('u', u.seq) from {dates} join {users}");
    }
}
