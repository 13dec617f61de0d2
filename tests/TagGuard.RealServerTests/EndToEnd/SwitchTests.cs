using System.Globalization;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>A service with a table a day, behind a view in a real MariaDB: the table is checked before the view is switched to it, and the view
/// afterwards.</summary>
public sealed class SwitchTests(MariaDb mariaDb)
{
    static readonly DateOnly Date = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheNewTableIsEqualBeforeTheSwitchAndTheServiceReadsItAfterwards()
    {
        await using var database = await mariaDb.DatabaseAsync();
        using var small = new SmallWarehouse(Plan(database)).Write(Date, 1);
        await File.WriteAllTextAsync(Path.Combine(small.Folder, "password"), MariaDbServer.Password, Token);
        (await small.Tagguard.RunAsync("init")).Expect(0);
        var users = SmallWarehouse.FirstUsers + Date.DayNumber - SmallWarehouse.First.DayNumber;
        await RunAsync($"create table {Table(-2)} (userid int)", $"create table {Table(-1)} (userid int)", $"create table {Table(0)} (userid int)");
        await RunAsync($"insert into {Table(0)} select seq from seq_1_to_{users - 1}", View(-1));

        var fewer = (await StageAsync("sync")).Expect(1);
        await RunAsync($"insert into {Table(0)} values (0)");
        (await StageAsync("sync")).Expect(0);
        var waits = (await StageAsync("switched")).Expect(75);
        await RunAsync(View(0));
        (await StageAsync("switched")).Expect(0);
        var again = (await StageAsync("sync")).Expect(0);
        await RunAsync(View(-2));
        var stuck = (await StageAsync("sync")).Expect(1);

        Assert.Contains("1 fewer", fewer.Error, StringComparison.Ordinal);
        Assert.Contains($"It reads {Table(-1)}, and not {Table(0)}.", waits.Error, StringComparison.Ordinal);
        Assert.Contains($"It reads {Table(0)} already", again.Error, StringComparison.Ordinal);
        Assert.Contains($"It reads {Table(-2)}, and not {Table(-1)}.", stuck.Error, StringComparison.Ordinal);

        Task<Outcome> StageAsync(string stage) => small.Tagguard.RunAsync("run", "--stage", stage, "--date", $"{Date:yyyy-MM-dd}");

        Task RunAsync(params string[] statements) =>
            database.Server.RunAsync(string.Join(";\n", statements.Prepend($"use {database.Name}")));
    }

    static string Table(int days) => "userprofile_" + Date.AddDays(days).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    static string View(int days) => $"create or replace view userprofile as select * from {Table(days)}";

    static string Plan(MariaDbDatabase database) => $$"""
        name: switched
        timezone: UTC
        connections:
          warehouse: { type: duckdb, path: warehouse }
          zydb: { type: mysql, socket: "{{database.Server.Socket}}", database: {{database.Name}},
            user: {{MariaDbServer.User}}, password: "${file:password}" }
          store: { type: sqlite, path: tagguard.db }
        stages:
          sync:
            - name: userprofile
              equal:
                left: { connection: warehouse, table: dw.tags, partition: data_date }
                right: { connection: zydb, table: "userprofile_{date:yyyyMMdd}" }
            - name: userprofile before the switch
              reads:
                connection: zydb
                sql: select view_definition from information_schema.views where table_schema = database() and table_name = 'userprofile'
                table: "userprofile_{date:yyyyMMdd}"
                behind: 1
          switched:
            - name: userprofile is switched
              reads:
                connection: zydb
                sql: select view_definition from information_schema.views where table_schema = database() and table_name = 'userprofile'
                table: "userprofile_{date:yyyyMMdd}"
        """;
}
