using TagGuard.Adapters.Kerberos;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Kerberos;

/// <summary>Runs that last longer than a ticket.</summary>
[Collection(typeof(Secure)), Trait("cluster", "secure")]
public sealed class RenewalTests(SecureCluster cluster)
{
    static readonly TimeSpan Life = TimeSpan.FromSeconds(2);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AKeytabGivesNewTicketsWhenTheOldAreOver()
    {
        await cluster.HdfsAsync();
        var (principal, keytab) = await cluster.PrincipalAsync(Life);
        await using var source = SecureCluster.Hdfs(new KerberosPlan { Keytab = keytab });
        var cache = await cluster.CacheAsync(null, keytab, principal);
        await using var once = SecureCluster.Hdfs(new KerberosPlan { TicketCache = cache });

        Assert.NotNull(await source.FindAsync("/tmp", Token));
        Assert.NotNull(await once.FindAsync("/tmp", Token));
        await Task.Delay(Life + TimeSpan.FromSeconds(1), Token);
        Assert.NotNull(await source.FindAsync("/tmp", Token));
        await Assert.ThrowsAsync<SourceException>(() => once.FindAsync("/tmp", Token));
    }
}
