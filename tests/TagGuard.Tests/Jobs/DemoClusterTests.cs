using TagGuard.Jobs;
using TagGuard.Jobs.Demo;

namespace TagGuard.Tests.Jobs;

/// <summary>Where `demo --warehouse` finds its cluster.</summary>
public sealed class DemoClusterTests
{
    static readonly string Plan = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "demo", "plan.yaml"));

    [Fact]
    public void DuckDbNeedsNoCluster() => Assert.Null(DemoCluster.Of("duckdb", null));

    [Theory]
    [InlineData("hive://etl@hs2:10010", "type: hive, host: \"hs2\", port: 10010, user: \"etl\"", "http://hs2", "/user/etl/tagguard_demo_hive")]
    [InlineData("spark://etl@gate/mine_", "type: spark-connect, host: \"gate\", port: 15002, user: \"etl\"", "http://gate", "/user/etl/mine_spark")]
    public void AnAddressNamesServerUserAndPrefix(string address, string connection, string hdfs, string root)
    {
        var cluster = DemoCluster.Of(address, null)!;

        Assert.Contains(connection, cluster.Connection, StringComparison.Ordinal);
        Assert.Equal((hdfs + ":9870/", root), (cluster.Hdfs.AbsoluteUri, cluster.Root));
    }

    [Fact]
    public void OnlyTheConnectionAndTheNamesOfDatabasesChangeInThePlan()
    {
        var cluster = DemoCluster.Of("hive://etl@hs2/mine_", "http://nn:9870")!;

        var changed = Plan.Split('\n').Zip(cluster.WriteInto(Plan).Split('\n')).Where(line => line.First != line.Second).ToList();

        Assert.Equal($"  warehouse: {cluster.Connection}", changed[0].Second);
        Assert.All(changed[1..], line => Assert.Equal(
            line.First.Replace(" dw.", " mine_dw.", StringComparison.Ordinal).Replace(" app.", " mine_app.", StringComparison.Ordinal), line.Second));
        Assert.True(changed.Count > 6);
    }

    [Theory]
    [InlineData("mysql://hs2", "is not a place")]
    [InlineData("hs2:10000", "is not a place")]
    [InlineData("hive://etl:secret@hs2", "without a password")]
    [InlineData("hive://hs2/a-b", "letters, digits and _")]
    [InlineData("hive://hs2/x;drop", "letters, digits and _")]
    public void WhatIsNoAddressIsRefusedWithTheRightForm(string address, string told) =>
        Assert.Contains(told, Assert.Throws<UsageException>(() => DemoCluster.Of(address, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void HdfsIsAskedForOnlyBesideACluster() => Assert.Throws<UsageException>(() => DemoCluster.Of("duckdb", "http://nn:9870"));
}
