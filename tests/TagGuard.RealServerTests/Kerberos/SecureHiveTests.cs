using TagGuard.Adapters.Hive;
using TagGuard.Adapters.Kerberos;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Kerberos;

/// <summary>Hive that wants a ticket: GSSAPI over TCP in each quality of protection, and SPNEGO over HTTP.</summary>
[Collection(typeof(Secure)), Trait("cluster", "secure")]
public sealed class SecureHiveTests(SecureCluster cluster)
{
    static async Task<SourceException> FaultAsync(HiveConnectionPlan plan) =>
        await Assert.ThrowsAsync<SourceException>(() => SecureCluster.AskAsync(plan, "select 1"));

    [Theory]
    [InlineData("auth", true)]
    [InlineData("auth-int", true)]
    [InlineData("auth-conf", false)]
    public async Task MessagesAreProtectedAsTheServerWantsIt(string protection, bool isReadable)
    {
        await cluster.HiveAsync(protection);
        await using var line = new ListenedLine(10010);
        var plan = SecureCluster.Hive() with { Port = line.Port };

        Assert.Equal("tagguard", await SecureCluster.AskAsync(plan, "select logged_in_user()"));
        Assert.Equal(new string('x', 300_000), await SecureCluster.AskAsync(plan, "select repeat('x', 300000)"));
        Assert.Equal(isReadable, line.Heard("logged_in_user"));
        Assert.Equal(isReadable, line.Heard("xxxxxxxxxxxx"));
        if (protection == "auth")
            return;
        line.SpoilAnswers();
        var spoilt = await FaultAsync(plan);
        Assert.Contains("was changed on the way", spoilt.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKeytabOpens()
    {
        await cluster.HiveAsync();
        var (principal, keytab) = await cluster.PrincipalAsync(TimeSpan.FromHours(1));

        var plan = SecureCluster.Hive(new KerberosPlan { Keytab = keytab, Service = "hive/_HOST@" + SecureCluster.Realm });

        Assert.Equal(principal, await SecureCluster.AskAsync(plan, "select logged_in_user()"));
    }

    [Fact]
    public async Task OverHttpATicketOpensToo()
    {
        await cluster.HiveAsync();
        var plan = SecureCluster.Hive() with { Port = SecureCluster.HttpPort, Transport = HiveTransport.Http };

        Assert.Equal("tagguard", await SecureCluster.AskAsync(plan, "select logged_in_user()"));
        Assert.Contains("There is no Kerberos ticket", (await FaultAsync(
            plan with { Kerberos = new KerberosPlan { TicketCache = cluster.NoCache() } })).Message, StringComparison.Ordinal);
        Assert.Contains("refuses the ticket for nn/localhost", (await FaultAsync(
            plan with { Kerberos = new KerberosPlan { Service = "nn/_HOST" } })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APasswordIsNoTicket()
    {
        await cluster.HiveAsync();

        Assert.False((await FaultAsync(SecureCluster.Hive() with { Kerberos = null })).IsAbsent);
    }

    [Fact]
    public async Task WhatIsWrongWithATicketIsToldWithTheCure()
    {
        await cluster.HiveAsync();
        var expired = await cluster.CacheAsync(null, null, "tagguard", "-l", "1s");
        var skewed = await cluster.CacheAsync();
        await SecureCluster.RunAsync("kvno", "-c", skewed, "hive/localhost");
        await SecureCluster.MoveClockAsync(skewed);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);

        await ToldAsync(new KerberosPlan { TicketCache = cluster.NoCache() }, "`kinit -c ");
        await ToldAsync(new KerberosPlan { TicketCache = expired }, "has expired");
        await ToldAsync(new KerberosPlan { TicketCache = skewed }, "refuses the ticket", "`date`");
        await ToldAsync(new KerberosPlan { Service = "web/_HOST" }, "`kvno web/localhost`");
        await ToldAsync(new KerberosPlan { Service = "HTTP/_HOST" }, "refuses the ticket for HTTP/localhost", "`service`");
    }

    static async Task ToldAsync(KerberosPlan kerberos, params string[] said)
    {
        var fault = await FaultAsync(SecureCluster.Hive(kerberos));
        Assert.All(said, text => Assert.Contains(text, fault.Message, StringComparison.Ordinal));
        Assert.False(fault.IsTransient || fault.IsAbsent, fault.Message);
    }
}
