using TagGuard.Adapters.Hive;
using TagGuard.Adapters.ZooKeeper;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Hive;

/// <summary>A HiveServer2 that registers itself in the ZooKeeper of HBase.</summary>
[Collection(typeof(BrokenCluster))]
public sealed class HiveDiscoveryTests(Engines engines) : IAsyncLifetime
{
    const string Registers = "--hiveconf hive.server2.support.dynamic.service.discovery=true --hiveconf hive.zookeeper.quorum=127.0.0.1 "
        + "--hiveconf hive.zookeeper.client.port=12181 --hiveconf hive.server2.zookeeper.namespace=tagguard_hs2 "
        + "--hiveconf hive.server2.thrift.bind.host=127.0.0.1";

    public async ValueTask InitializeAsync()
    {
        await engines.UpAsync("hdfs", "hbase");
        await engines.RestartAsync("hive", ("TAGGUARD_HIVE_ARGS", Registers));
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Engines.Script))
            await engines.RestartAsync("hive");
    }

    [Fact]
    public async Task AServerIsFoundWhereItRegisteredAndWhereNoneIsThatIsTold()
    {
        Assert.StartsWith("Apache Hive 4.0.1", await RegisteredAsync(), StringComparison.Ordinal);

        var fault = await Assert.ThrowsAsync<SourceException>(() => ProbeAsync("elsewhere"));
        Assert.Contains("ZooKeeper has no /elsewhere: check `namespace`", fault.Message, StringComparison.Ordinal);
        Assert.Contains("zookeeper://127.0.0.1:1,127.0.0.1:12181/elsewhere", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Hive answers before it has registered.</summary>
    static async Task<string> RegisteredAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await ProbeAsync("tagguard_hs2");
            }
            catch (SourceException) when (tries < 60)
            {
                await Task.Delay(500, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The first ZooKeeper is not there.</summary>
    static async Task<string> ProbeAsync(string path)
    {
        var plan = new HiveConnectionPlan
        {
            Zookeeper = new ZooKeeperPlan { Hosts = ["127.0.0.1:1", "127.0.0.1:12181"], Namespace = path },
            User = "root",
        };
        await using var source = (ICountSource)plan.Open("warehouse", "/", TimeProvider.System);
        return await source.ProbeAsync(TestContext.Current.CancellationToken);
    }
}
