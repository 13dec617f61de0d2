using System.Net;
using System.Net.Sockets;
using System.Text;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>Through a proxy that ends TLS, as sites put one before Spark: the token arrives there, and nowhere in plain text.</summary>
[Collection(Spark.Collection)]
public sealed class SparkTlsTests : IAsyncLifetime
{
    const string Secret = "hunter2-geheim";

    public async ValueTask InitializeAsync() => await Spark.UpAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task TheTokenArrivesOverAVerifiedLine()
    {
        await using var proxy = new TlsProxy("localhost");
        await using var source = Spark.Source(
            Spark.Plan with { Host = "localhost", Port = proxy.Port, Tls = true, TlsCa = proxy.Ca, Token = Secret });

        Assert.Equal(3, (await source.RowsAsync("select id from range(3)", new DateOnly(2026, 1, 2), Spark.Token)).Rows);

        Assert.Contains($"Bearer {Secret}", proxy.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", false)]
    [InlineData("another.example", true)]
    public async Task AServerThatIsNotTheOneIsToldNothing(string name, bool isTrusted)
    {
        await using var proxy = new TlsProxy(name);
        await using var source = Spark.Source(
            Spark.Plan with { Host = "localhost", Port = proxy.Port, Tls = true, TlsCa = isTrusted ? proxy.Ca : null, Token = Secret });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Spark.Token));

        Assert.False(fault.IsTransient, fault.Message);
        Assert.Contains("The certificate must be valid, be issued for the `host`", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, proxy.Heard + fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenIsNotToldToWhoeverHasNoTls()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var source = Spark.Source(
            Spark.Plan with
            {
                Host = "localhost",
                Port = ((IPEndPoint)listener.LocalEndpoint).Port,
                Tls = true,
                Token = Secret,
                ConnectTimeout = TimeSpan.FromSeconds(2),
            });
        var asking = source.ProbeAsync(Spark.Token);
        using var client = await listener.AcceptTcpClientAsync(Spark.Token);
        var heard = new byte[65536];
        var read = await client.GetStream().ReadAsync(heard, Spark.Token);

        await Assert.ThrowsAsync<SourceException>(() => asking);

        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(heard, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASparkWithoutTlsIsToldAsThat()
    {
        await using var source = Spark.Source(Spark.Plan with { Tls = true, ConnectTimeout = TimeSpan.FromSeconds(5) });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Spark.Token));

        Assert.Contains("a Spark without TLS needs `tls: false`", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere/ca.pem", "The file of `tls_ca`, /nowhere/ca.pem, cannot be read")]
    [InlineData("/etc/hostname", "The file of `tls_ca`, /etc/hostname, holds no certificate")]
    public async Task AFileOfAuthoritiesThatIsNoneIsAnError(string file, string expected)
    {
        await using var source = Spark.Source(Spark.Plan with { Tls = true, TlsCa = file });

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.ProbeAsync(Spark.Token));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
