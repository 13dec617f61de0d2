using TagGuard.Adapters.Kerberos;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Kerberos;

/// <summary>What is wrong with a ticket, and what to type.</summary>
[Collection(typeof(Secure)), Trait("cluster", "secure")]
public sealed class TicketFaultTests(SecureCluster cluster)
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static async Task<SourceException> FaultAsync(KerberosPlan kerberos)
    {
        await using var source = SecureCluster.Hdfs(kerberos);
        var fault = await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/none", Token));
        Assert.False(fault.IsAbsent);
        return fault;
    }

    static async Task ToldAsync(KerberosPlan kerberos, params string[] said)
    {
        var fault = await FaultAsync(kerberos);
        Assert.All(said, text => Assert.Contains(text, fault.Message, StringComparison.Ordinal));
        Assert.False(fault.IsTransient, fault.Message);
    }

    [Fact]
    public async Task NoTicket()
    {
        await cluster.HdfsAsync();
        var cache = cluster.NoCache();

        await ToldAsync(
            new KerberosPlan { TicketCache = cache, Principal = "tagguard" }, "There is no Kerberos ticket", $"`kinit -c {cache} tagguard`");
    }

    [Fact]
    public async Task AnExpiredTicketUntilKinitIsTypedAgain()
    {
        await cluster.HdfsAsync();
        var cache = await cluster.CacheAsync(null, null, "tagguard", "-l", "1s");
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        var plan = new KerberosPlan { TicketCache = cache };

        await ToldAsync(plan, "has expired", $"`kinit -c {cache} ");

        await cluster.CacheAsync(cache);
        await using var source = SecureCluster.Hdfs(plan);
        Assert.NotNull(await source.FindAsync("/tmp", Token));
    }

    [Fact]
    public async Task AClockThatTheKdcDoesNotShare()
    {
        await cluster.HdfsAsync();
        var cache = await cluster.CacheAsync();
        await SecureCluster.MoveClockAsync(cache);

        await ToldAsync(new KerberosPlan { TicketCache = cache }, "clocks are more than 5 minutes apart", "chronyc makestep");
    }

    [Fact]
    public async Task AClockThatTheServerDoesNotShare()
    {
        await cluster.HdfsAsync();
        var cache = await cluster.CacheAsync();
        await SecureCluster.RunAsync("kvno", "-c", cache, "HTTP/localhost");
        await SecureCluster.MoveClockAsync(cache);

        await ToldAsync(new KerberosPlan { TicketCache = cache }, "The server refuses the ticket", "clocks are more than 5 minutes apart");
    }

    [Fact]
    public async Task AServiceThatIsNotThere()
    {
        await cluster.HdfsAsync();

        await ToldAsync(
            new KerberosPlan { Service = "web/_HOST" }, "Server web/localhost@TAGGUARD.TEST not found", "`kvno web/localhost`", "`service`");
    }

    [Fact]
    public async Task ATicketForAnotherService()
    {
        await cluster.HdfsAsync();

        await ToldAsync(new KerberosPlan { Service = "hive/_HOST" }, "refuses the ticket for hive/localhost", "`service`");
    }

    [Fact]
    public async Task ATicketOfSomebodyElse()
    {
        await cluster.HdfsAsync();
        var cache = await cluster.CacheAsync();

        await ToldAsync(new KerberosPlan { TicketCache = cache, Principal = "other" }, "no ticket of other", $"`kinit -c {cache} other`");
    }

    [Fact]
    public async Task AKeytabThatIsNotThereOrIsOfSomebodyElse()
    {
        await cluster.HdfsAsync();
        var keytab = SecureCluster.Keytab;

        await ToldAsync(new KerberosPlan { Keytab = "/none.keytab" }, "/none.keytab", "correct `keytab`");
        await ToldAsync(new KerberosPlan { Keytab = keytab, Principal = "other" }, $"`kinit -k -t {keytab} other`", $"`klist -k {keytab}`");
    }

    [Fact]
    public async Task AKeytabWhosePasswordWasChanged()
    {
        await cluster.HdfsAsync();
        var (principal, keytab) = await cluster.PrincipalAsync(TimeSpan.FromHours(1));
        await SecureCluster.RunAsync("/usr/sbin/kadmin.local", "-q", $"cpw -randkey {principal}");

        await ToldAsync(new KerberosPlan { Keytab = keytab, Principal = principal }, $"`kinit -k -t {keytab} {principal}`");
    }

    [Fact]
    public async Task AKdcThatIsDownMayBeUpAgain()
    {
        await cluster.HdfsAsync();
        var (principal, keytab) = await cluster.PrincipalAsync(TimeSpan.FromHours(1));
        await SecureCluster.KillKdcAsync();
        try
        {
            var fault = await FaultAsync(new KerberosPlan { Keytab = keytab, Principal = principal });

            Assert.Contains("Cannot contact any KDC", fault.Message, StringComparison.Ordinal);
            Assert.True(fault.IsTransient);
        }
        finally
        {
            await Engines.RunAsync("up", "kdc");
        }
    }
}
