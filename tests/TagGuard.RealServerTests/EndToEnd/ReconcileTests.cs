using TagGuard.Adapters.DuckDb;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>`tagguard reconcile` of a Hive-layout table against MySQL and of an exported file, by the built program.</summary>
public sealed class ReconcileTests(MariaDb mariaDb)
{
    const int Users = 400;

    [Fact]
    public async Task WhatTheSyncLostIsNamedDownToItsUsersAndWrittenToAFile()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await SyncedAsync(database, "u not in (7, 8)");

        var run = (await small.Tagguard.RunAsync("reconcile", "--date", "2026-01-01")).Expect(1);

        var incident = Assert.Single(run.Line["stages"]![0]!["incidents"]!.AsArray())!.ToString();
        Assert.Equal(
            "userprofile_mysql: service holds 398, warehouse 400: 2 fewer (0.5%), allowed 0. By key: 2 missing there (u7, u8), 0 extra there, 0 "
                + "different. "
                + "All of them are in diff/20260101.csv",
            incident);
        Assert.Equal(
            ["difference,key", "missing there,u7", "missing there,u8"],
            await File.ReadAllLinesAsync(Path.Combine(small.Folder, "diff", "20260101.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TheFileOfLostUsersStaysOnceTheyAreThereForAReportNamesIt()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await SyncedAsync(database, "u <> 7");
        var lost = Path.Combine(small.Folder, "diff", "20260101.csv");
        (await small.Tagguard.RunAsync("reconcile", "--date", "2026-01-01")).Expect(1);
        var named = await File.ReadAllTextAsync(lost, TestContext.Current.CancellationToken);
        await database.Server.RunAsync($"insert into {database.Name}.users values ('2026-01-01', 'u7')");

        (await small.Tagguard.RunAsync("reconcile", "--date", "2026-01-01")).Expect(0);

        Assert.Equal(named, await File.ReadAllTextAsync(lost, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AKeyThatIsNullHereAndEmptyThereIsAVerdictLikeAnyOther()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await SyncedAsync(database, "true");
        await small.EditPlanAsync("drill:", "compare: rows\n        drill:");
        await database.Server.RunAsync($"update {database.Name}.users set userid = '' where userid = 'u7'");
        using (var duckDb = new DuckDbDatabase(null, new Dictionary<string, string>()))
        {
            var file = Path.Combine(small.FolderOf("tags", SmallWarehouse.First), "part-0.parquet");
            var half = Path.Combine(small.Folder, "half.parquet");
            duckDb.Execute(
                $"copy (select nullif(userid, 'u7') as userid, tagmap from '{file}') to '{half}' (format parquet)",
                TestContext.Current.CancellationToken);
            File.Move(half, file, overwrite: true);
        }

        var run = (await small.Tagguard.RunAsync("run", "--date", "2026-01-01")).Expect(1);

        Assert.Contains("1 missing there ((null)), 1 extra there ((empty)), 0 different.", run.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["difference,key", "missing there,(null)", "extra there,(empty)"],
            await File.ReadAllLinesAsync(Path.Combine(small.Folder, "diff", "20260101.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task EqualSidesOpenTheGate()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await SyncedAsync(database, "true");

        (await small.Tagguard.RunAsync("reconcile", "--date", "2026-01-01")).Expect(0);
    }

    [Fact]
    public async Task ADryRunPrintsTheSqlOfBothSidesAndAsksNobody()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = await SyncedAsync(database, "true");
        await database.Server.RunAsync($"drop table {database.Name}.users");

        var run = (await small.Tagguard.RunAsync("reconcile", "--dry-run", "--date", "2026-01-01")).Expect(0);

        Assert.Contains(
            "service: select count(*) from `users` where `day` = @value  -- @value = 2026-01-01",
            run.Output + run.Error,
            StringComparison.Ordinal);
        Assert.Contains("warehouse: select count(*) from read_parquet(", run.Output + run.Error, StringComparison.Ordinal);
    }

    /// <summary>One date in the warehouse, and what a condition on user `u` leaves of it in MySQL and in the export.</summary>
    static async Task<SmallWarehouse> SyncedAsync(MariaDbDatabase database, string keep)
    {
        var server = database.Server;
        await server.RunAsync($"create table {database.Name}.users (day date, userid varchar(20), primary key (day, userid))");
        await server.RunAsync(
            $"insert into {database.Name}.users select '2026-01-01', concat('u', u) from (select seq as u from "
                + $"{database.Name}.seq_0_to_{Users - 1}) s where {keep}");
        var small = new SmallWarehouse(
            $$"""
            name: small
            connections:
              warehouse: { type: duckdb, path: warehouse }
              service: { type: mysql, socket: "{{server.Socket}}", database: {{database.Name}},
                user: {{MariaDbServer.User}}, password: "${file:password}" }
              exports: { type: files, path: exports }
              store: { type: sqlite, path: tagguard.db }
            stages:
              sync:
                - name: userprofile_mysql
                  equal:
                    left: { connection: warehouse, table: dw.tags, partition: data_date, key: userid }
                    right: { connection: service, table: users, partition: day, partition_value: "{date:yyyy-MM-dd}", key: userid }
                    drill: { export: "diff/{date:yyyyMMdd}.csv" }
                - name: call centre export
                  export:
                    connection: exports
                    file: "users_{date:yyyyMMdd}.csv"
                    header: [userid]
                    key: userid
                    compare: { connection: warehouse, table: dw.tags, partition: data_date }
            """).Write(SmallWarehouse.First, 1);
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "password"), MariaDbServer.Password);
        var exports = Directory.CreateDirectory(Path.Combine(small.Folder, "exports")).FullName;
        await File.WriteAllLinesAsync(
            Path.Combine(exports, "users_20260101.csv"),
            Enumerable.Range(0, Users).Select(user => $"u{user}").Prepend("userid"));
        (await small.Tagguard.RunAsync("init")).Expect(0);
        return small;
    }
}
