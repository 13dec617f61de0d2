using TagGuard.Adapters.DuckDb;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>`tagguard reconcile` against a .duckdb file: a sync that did not run is told as missing, and one that wrote no users as empty.</summary>
public sealed class MissingSyncTests
{
    [Fact]
    public async Task ADateThatWasNotSyncedIsMissingAndNotEmpty()
    {
        using var small = await SyncedAsync("insert into users values (date '2025-12-31', 'u1')");

        var run = (await small.Tagguard.RunAsync("reconcile", "--date", "2026-01-01")).Expect(1);

        var incident = Assert.Single(run.Line["stages"]![0]!["incidents"]!.AsArray())!.ToString();
        Assert.Contains("users has no rows with day = 2026-01-01", incident, StringComparison.Ordinal);
        Assert.DoesNotContain("service holds 0", incident, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADateWhoseRowsTheConditionLeavesOutIsEmpty()
    {
        using var small = await SyncedAsync("insert into users values (date '2026-01-01', 'test1')");

        var run = (await small.Tagguard.RunAsync("reconcile", "--date", "2026-01-01")).Expect(1);

        Assert.Contains("service holds 0", Assert.Single(run.Line["stages"]![0]!["incidents"]!.AsArray())!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Nothing is within every upper limit: a date that is not there must not pass for one with few rows.</summary>
    [Fact]
    public async Task ADateThatWasNotSyncedDoesNotOpenAGateThatOnlyLimitsRows()
    {
        using var small = await SyncedAsync("insert into users values (date '2025-12-31', 'u1')", """
            count: { connection: service, table: users, partition: day, partition_value: "{date:yyyy-MM-dd}" }
                  judge: { expect: { at_most: 5000 } }
            """);

        (await small.Tagguard.RunAsync("reconcile", "--date", "2026-01-01")).Expect(1);
        (await small.Tagguard.RunAsync("gate", "--date", "2026-01-01", "--stage", "sync")).Expect(1);
        (await small.Tagguard.RunAsync("reconcile", "--date", "2025-12-31")).Expect(0);
    }

    const string Compared = """
        equal:
                      left: { connection: warehouse, table: dw.tags, partition: data_date, key: userid }
                      right:
                        { connection: service, table: users, partition: day, partition_value: "{date:yyyy-MM-dd}",
                          where: "userid not like 'test%'", key: userid }
        """;

    static async Task<SmallWarehouse> SyncedAsync(string insert, string check = Compared)
    {
        var small = new SmallWarehouse($$"""
            name: small
            connections:
              warehouse: { type: duckdb, path: warehouse }
              service: { type: duckdb, path: service.duckdb }
              store: { type: sqlite, path: tagguard.db }
            stages:
              sync:
                - name: users
                  {{check}}
            """).Write(SmallWarehouse.First, 1);
        using (var service = new DuckDbDatabase(Path.Combine(small.Folder, "service.duckdb"), new Dictionary<string, string>()))
        {
            service.Execute("create table users (day date, userid varchar)", TestContext.Current.CancellationToken);
            service.Execute(insert, TestContext.Current.CancellationToken);
        }
        (await small.Tagguard.RunAsync("init")).Expect(0);
        return small;
    }
}
