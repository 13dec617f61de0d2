using TagGuard.Adapters.Hive;
using TagGuard.RealServerTests.Hive;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.Commands;

/// <summary>A plan whose warehouse is reached by beeline only, through the built program.</summary>
public sealed class CommandPlanTests(Engines engines)
{
    [Fact]
    public async Task APlanThatAsksBeelineRunsAsOnAnyOtherWarehouse()
    {
        await engines.UpAsync("hdfs", "spark");
        using var small = new SmallWarehouse();
        var database = $"tagguard_command_{Environment.ProcessId}";
        var spark = new HiveConnectionPlan { Host = "127.0.0.1", User = "root" };
        await HiveStatements.RunAsync(
            spark,
            $"create database {database}",
            $"create view {database}.tags as select concat('u', id) as userid, map('A_1', '1', if(id % 2 = 0, 'A_2', '标签'), '1') as tagmap, "
                + "'20260102' as data_date from range(100)");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(small.Folder, "cluster.yaml"), $$"""
                name: cluster
                timezone: UTC
                connections:
                  warehouse:
                    type: command
                    command: [{{Engines.Script}}, beeline, --silent=true, --outputformat=tsv2, -e, "{sql}"]
                    dialect: spark
                    environment: { TAGGUARD_HIVE_URL: "jdbc:hive2://127.0.0.1:10000/{{database}}" }
                    timeout: 2m
                  cut:
                    type: command
                    command: [./cut, "{sql}"]
                    dialect: spark
                  store: { type: sqlite, path: cluster.db }
                stages:
                  tags:
                    - name: user tags
                      volume: { connection: warehouse, table: tags, partition: data_date, user: userid, tags: tagmap }
                      judge: { on_unknown: report }
                    - name: rows
                      count: { connection: warehouse, table: tags, partition: data_date, where: "userid <> 'u1'", rule: { expect: { at_least: 99 } } }
                  sync:
                    - name: cut rows
                      count: { connection: cut, table: tags, partition: data_date, rule: { expect: { at_least: 1 } } }
                """, TestContext.Current.CancellationToken);

            (await small.Tagguard.RunAsync("init", "--plan", "cluster.yaml")).Expect(0);
            var dry = (await small.Tagguard.RunAsync("tags", "--plan", "cluster.yaml", "--date", "2026-01-02", "--dry-run")).Expect(0);
            var run = (await small.Tagguard.RunAsync("tags", "--plan", "cluster.yaml", "--date", "2026-01-02")).Expect(0);
            var explained = (await small.Tagguard.RunAsync("explain", "rows", "--all", "--plan", "cluster.yaml", "--date", "2026-01-02")).Expect(0);
            var tomorrow = await small.Tagguard.RunAsync("tags", "--plan", "cluster.yaml", "--date", "2026-01-03");
            var doctor = (await small.Tagguard.RunAsync("doctor", "--plan", "cluster.yaml")).Expect(3);
            var cut = (await small.Tagguard.RunAsync("reconcile", "--plan", "cluster.yaml", "--date", "2026-01-02")).Expect(2);

            Assert.Contains("with tagged as (", dry.Error + dry.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Fail", run.Output, StringComparison.Ordinal);
            Assert.Contains("99 rows", explained.Error + explained.Output, StringComparison.Ordinal);
            Assert.Equal(1, tomorrow.Exit);
            Assert.Contains("20260103", tomorrow.Error, StringComparison.Ordinal);
            Assert.Contains("Spark, asked by", doctor.Error, StringComparison.Ordinal);
            Assert.Contains("/cut is not there", doctor.Error, StringComparison.Ordinal);
            Assert.Contains("/cut is not there", cut.Error, StringComparison.Ordinal);
        }
        finally
        {
            await HiveStatements.RunAsync(spark, $"drop database {database} cascade");
        }
    }
}
