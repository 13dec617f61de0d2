using TagGuard.RealServerTests.SparkConnect;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>A plan whose warehouse is a Spark, through the built program.</summary>
[Collection(Spark.Collection)]
public sealed class SparkConnectTests : IAsyncLifetime
{
    const string Date = "2026-11-20";

    readonly string _database = $"tagguard_connect_{Guid.NewGuid():n}";

    public async ValueTask InitializeAsync()
    {
        await Spark.UpAsync();
        await Spark.RunAsync(
            $"create database {_database}",
            $"create table {_database}.orders (n bigint) using parquet partitioned by (data_date string)",
            $"create table {_database}.t_step_log using parquet as select '2026-11-20' as data_date, 'load' as step");
        await Spark.RunAsync($"insert into {_database}.orders partition (data_date = '20261120') select id from range(1000)");
    }

    public async ValueTask DisposeAsync() => await Spark.RunAsync($"drop database if exists {_database} cascade");

    [Fact]
    public async Task CountsAndRowsOfSparkAreJudged()
    {
        using var site = Site();
        (await site.Tagguard.RunAsync("init")).Expect(0);

        Assert.Contains("Spark 3.5.7", (await site.Tagguard.RunAsync("doctor")).Expect(0).Error, StringComparison.Ordinal);
        var dry = (await site.Tagguard.RunAsync("run", "--date", Date, "--dry-run")).Expect(0);
        Assert.Contains($"from `{_database}`.`orders` where `data_date` = :value  -- :value = 20261120", dry.Output, StringComparison.Ordinal);
        (await site.Tagguard.RunAsync("run", "--date", Date)).Expect(0);
        // The partition of the next date is not there.
        (await site.Tagguard.RunAsync("run", "--date", "2026-11-21")).Expect(1);
    }

    SmallWarehouse Site() => new(
        $$"""
        name: spark
        connections:
          warehouse: { type: spark-connect, host: 127.0.0.1, tags: [tagguard, spark] }
          store: { type: sqlite, path: tagguard.db }
        stages:
          upstream:
            - name: orders
              count: { connection: warehouse, table: {{_database}}.orders, partition: data_date, rule: { expect: { at_least: 1000 } } }
            - name: load
              rows: { connection: warehouse, sql: "select step from {{_database}}.t_step_log where data_date = @date", equals: 1 }
        """);
}
