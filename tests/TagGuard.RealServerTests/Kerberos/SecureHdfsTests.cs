using TagGuard.Adapters.Kerberos;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Kerberos;

/// <summary>HDFS that wants a ticket, over SPNEGO.</summary>
[Collection(typeof(Secure)), Trait("cluster", "secure")]
public sealed class SecureHdfsTests(SecureCluster cluster)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheTicketOfKinitOpens()
    {
        await cluster.HdfsAsync();
        await using var source = SecureCluster.Hdfs(new KerberosPlan());

        Assert.StartsWith("HDFS 3.", await source.ProbeAsync(Token), StringComparison.Ordinal);
        Assert.True((await source.FindAsync("/user/hive/warehouse", Token))!.IsFolder);
        Assert.Contains("/user", (await source.ListAsync("/", Token))!.Select(entry => entry.Path));
        Assert.Null(await source.FindAsync("/none", Token));
    }

    [Fact]
    public async Task AKeytabOpensWhereNobodyTypedKinit()
    {
        await cluster.HdfsAsync();
        await using var first = SecureCluster.Hdfs(new KerberosPlan { Keytab = SecureCluster.Keytab });
        await using var named = SecureCluster.Hdfs(
            new KerberosPlan { Keytab = SecureCluster.Keytab, Principal = "tagguard", Service = "HTTP/_HOST@" + SecureCluster.Realm });

        Assert.NotNull(await first.FindAsync("/tmp", Token));
        Assert.NotNull(await named.FindAsync("/tmp", Token));
    }

    [Fact]
    public async Task WhoComesWithoutATicketIsToldWhatToAdd()
    {
        await cluster.HdfsAsync();
        await using var source = SecureCluster.Hdfs(null);

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/tmp", Token));

        Assert.Contains("`kerberos: {}`", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsAbsent || fault.IsTransient);
    }

    [Fact]
    public async Task TheTicketsOwnerIsWhoMayLookOrNot()
    {
        await cluster.HdfsAsync();
        await SecureCluster.MakeFolderAsync("/secret", "700");
        var (principal, keytab) = await cluster.PrincipalAsync(TimeSpan.FromHours(1));
        await using var source = SecureCluster.Hdfs(new KerberosPlan { Keytab = keytab });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/secret/none", Token));

        Assert.Contains($"the user of the ticket may not look: Permission denied: user={principal}", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsAbsent);
    }

    [Fact]
    public async Task ADelegationTokenOpensWhereThereIsNoTicket()
    {
        await cluster.HdfsAsync();
        await using var source = SecureCluster.Hdfs(null, await SecureCluster.DelegationTokenAsync());

        // A token opens the files and not /jmx, which tells the release.
        Assert.Equal("HDFS of untold version: http://localhost:9870 answers", await source.ProbeAsync(Token));
        Assert.Contains("/user", (await source.ListAsync("/", Token))!.Select(entry => entry.Path));
        Assert.Null(await source.FindAsync("/none", Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ATokenThatIsNoLongerOrNeverWasOneIsRefusedWithTheCure(bool wasOne)
    {
        await cluster.HdfsAsync();
        var token = await SecureCluster.DelegationTokenAsync();
        if (wasOne)
            await SecureCluster.CancelAsync(token);
        await using var source = SecureCluster.Hdfs(null, wasOne ? token : "garbage");

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/none", Token));

        Assert.Contains("Get a new delegation token", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, fault.ToString(), StringComparison.Ordinal);
        Assert.False(fault.IsAbsent || fault.IsTransient);
    }
}
