using TagGuard.Adapters.Hive;
using TagGuard.Adapters.Kerberos;
using TagGuard.Adapters.WebHdfs;
using TagGuard.Keys;

namespace TagGuard.Tests.Kerberos;

/// <summary>`kerberos` in the plan.</summary>
public sealed class KerberosPlanTests
{
    [Theory]
    [InlineData(null, "HTTP/namenode1")]
    [InlineData("HTTP/_HOST@EXAMPLE.COM", "HTTP/namenode1@EXAMPLE.COM")]
    [InlineData("web/gateway@EXAMPLE.COM", "web/gateway@EXAMPLE.COM")]
    public void TheServersPrincipalHasItsNameInThePlan(string? service, string principal)
    {
        var login = new KerberosPlan { Service = service, Keytab = "k.keytab" }.LoginAt("HTTP", "NameNode1", "/etc/tagguard");

        Assert.Equal((principal, "/etc/tagguard/k.keytab"), (login.Service, login.Keytab));
    }

    [Fact]
    public void WhatContradictsItselfIsRefused()
    {
        Assert.Empty(new KerberosPlan().Mistakes());
        Assert.Equal("ticket_cache", Wrong(new KerberosPlan { Keytab = "k", TicketCache = "c" }.Mistakes()));
        Assert.Equal("principal", Wrong(new KerberosPlan { Principal = " " }.Mistakes()));
        Assert.Equal("service", Wrong(new KerberosPlan { Service = "hive@EXAMPLE.COM" }.Mistakes()));
        var hdfs = new WebHdfsConnectionPlan { Urls = ["http://n1:9870"], Kerberos = new KerberosPlan() };
        Assert.Empty(hdfs.Mistakes());
        Assert.Equal("kerberos", Wrong((hdfs with { User = "etl" }).Mistakes()));
        Assert.Equal("kerberos", Wrong((hdfs with { Token = "t" }).Mistakes()));
        var hive = new HiveConnectionPlan { Host = "hs2", Kerberos = new KerberosPlan() };
        Assert.Empty(hive.Mistakes());
        Assert.Equal("kerberos", Wrong((hive with { User = "etl" }).Mistakes()));
        Assert.Equal("kerberos", Wrong((hive with { Auth = HiveAuth.Nosasl }).Mistakes()));
        Assert.Equal("kerberos", Wrong((hive with { Password = "p" }).Mistakes()));
    }

    static string? Wrong(IEnumerable<KeyMistake> mistakes) => Assert.Single(mistakes).Key;
}
