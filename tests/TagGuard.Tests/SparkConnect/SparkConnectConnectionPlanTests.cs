using TagGuard.Adapters.SparkConnect;

namespace TagGuard.Tests.SparkConnect;

/// <summary>`type: spark-connect` in the plan.</summary>
public sealed class SparkConnectConnectionPlanTests
{
    [Fact]
    public void EveryKeyIsRead()
    {
        var plan = new SparkConnectConnectionPlan
        {
            Host = "spark1",
            Port = 443,
            User = "z",
            Token = "geheim",
            TlsCa = "ca.pem",
            ConnectTimeout = TimeSpan.FromSeconds(5),
            ReadTimeout = TimeSpan.FromMinutes(1),
        };

        Assert.Empty(plan.Mistakes());
        Assert.Equal(
            new SparkServer("spark1:443", "z", Tls: true, "/etc/tagguard/ca.pem", TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)),
            plan.Server("/etc/tagguard"));
        Assert.DoesNotContain("geheim", plan.ToString() + plan.Server("/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("spark1", null, null, false)]
    [InlineData("spark1", "geheim", null, true)]
    [InlineData("10.0.0.1", "geheim", null, true)]
    [InlineData("localhost.example", "geheim", null, true)]
    [InlineData("localhost", "geheim", null, false)]
    [InlineData("127.0.0.1", "geheim", null, false)]
    [InlineData("::1", "geheim", null, false)]
    [InlineData("spark1", "geheim", false, false)]
    [InlineData("127.0.0.1", "geheim", true, true)]
    public void ATokenLeavesThisMachineInPlainTextOnlyWhenAskedTo(string host, string? token, bool? tls, bool isEncrypted) =>
        Assert.Equal(isEncrypted, new SparkConnectConnectionPlan { Host = host, Token = token, Tls = tls }.Server("/").Tls);

    [Fact]
    public void WhatCannotBeIsAMistakeAtItsKey()
    {
        Assert.Equal(["host"], Keys(new() { Host = "sc://spark1:15002" }));
        Assert.Equal(["tls_ca"], Keys(new() { Host = "h", TlsCa = "ca.pem" }));
        Assert.Equal(["token"], Keys(new() { Host = "h", Token = "a\nb" }));
        Assert.Equal(["read_timeout"], Keys(new() { Host = "h", ReadTimeout = TimeSpan.Zero }));
        Assert.Equal(["connect_timeout"], Keys(new() { Host = "h", ConnectTimeout = TimeSpan.FromDays(2) }));
        Assert.Equal(["tags"], Keys(new() { Host = "h", Tags = ["a,b"] }));
        Assert.Equal(["tags"], Keys(new() { Host = "h", Tags = [""] }));
    }

    [Fact]
    public void AnAddressOfVersionSixIsInBrackets() => Assert.Equal("[::1]:15002", new SparkConnectConnectionPlan { Host = "::1" }.Address);

    static IEnumerable<string?> Keys(SparkConnectConnectionPlan plan) => plan.Mistakes().Select(mistake => mistake.Key);
}
