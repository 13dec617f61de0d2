using System.Diagnostics;
using TagGuard.Adapters.Hive;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Hive;

/// <summary>The other ways to speak with the same server: without SASL, over HTTP, encrypted. It is started anew for each.</summary>
[Collection(typeof(BrokenCluster))]
public sealed class HiveVariantsTests(Engines engines) : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-hive-").FullName;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await engines.RestartAsync("spark");
    }

    static async Task<object?> OneAsync(HiveConnectionPlan plan, string folder = "/")
    {
        await using var source = (IRowsSource)plan.Open("warehouse", folder, TimeProvider.System);
        return (await source.RowsAsync("select 1L", new DateOnly(2026, 1, 2), TestContext.Current.CancellationToken)).First;
    }

    static async Task<SourceException> FaultAsync(HiveConnectionPlan plan, string folder = "/") =>
        await Assert.ThrowsAsync<SourceException>(() => OneAsync(plan, folder));

    static HiveConnectionPlan Plan => new() { Host = "127.0.0.1", User = "root", ConnectTimeout = TimeSpan.FromSeconds(5) };

    [Fact]
    public async Task AServerWithoutSaslIsAskedWithoutAndWhoGreetsItIsToldSo()
    {
        await engines.RestartAsync("spark", ("TAGGUARD_SPARK_CONF", "--conf spark.hadoop.hive.server2.authentication=NOSASL"));

        Assert.Equal(1L, await OneAsync(Plan with { Auth = HiveAuth.Nosasl }));
        Assert.True((await FaultAsync(Plan)).IsTransient);
    }

    [Fact]
    public async Task AServerOverHttpIsAskedOverHttp()
    {
        await engines.RestartAsync(
            "spark", ("TAGGUARD_SPARK_PORT", "10001"), ("TAGGUARD_SPARK_ARGS", "--hiveconf hive.server2.transport.mode=http"));

        Assert.Equal(1L, await OneAsync(Plan with { Transport = HiveTransport.Http }));
        Assert.Equal(1L, await OneAsync(Plan with { Host = null, Hosts = ["127.0.0.1:1", "127.0.0.1:10001"], Transport = HiveTransport.Http }));
        var wrong = await FaultAsync(Plan with { Transport = HiveTransport.Http, HttpPath = "elsewhere" });
        Assert.False(wrong.IsAbsent);
    }

    [Fact]
    public async Task AnEncryptedLineIsTrustedOnlyByTheAuthorityThatSignedIt()
    {
        await KeytoolAsync("-genkeypair", "-alias", "hs2", "-keyalg", "RSA", "-dname", "CN=127.0.0.1", "-ext", "san=ip:127.0.0.1", "-validity", "30");
        await KeytoolAsync("-exportcert", "-alias", "hs2", "-rfc", "-file", Path.Combine(_folder, "ca.pem"));
        await engines.RestartAsync("spark", ("TAGGUARD_SPARK_ARGS", "--hiveconf hive.server2.use.SSL=true "
            + $"--hiveconf hive.server2.keystore.path={_folder}/keys.p12 --hiveconf hive.server2.keystore.password=geheim"));

        Assert.Equal(1L, await OneAsync(Plan with { Tls = true, TlsCa = "ca.pem" }, _folder));
        Assert.Contains("No TLS came about", (await FaultAsync(Plan with { Tls = true })).Message, StringComparison.Ordinal);
        Assert.Contains("`tls_ca`", (await FaultAsync(Plan with { Tls = true, TlsCa = "none.pem" }, _folder)).Message, StringComparison.Ordinal);
    }

    async Task KeytoolAsync(params string[] arguments)
    {
        string[] store = ["-keystore", Path.Combine(_folder, "keys.p12"), "-storetype", "PKCS12", "-storepass", "geheim"];
        using var keytool = Process.Start(new ProcessStartInfo("keytool", [.. arguments, .. store]) { RedirectStandardError = true })!;
        var errors = await keytool.StandardError.ReadToEndAsync();
        await keytool.WaitForExitAsync();
        Assert.True(keytool.ExitCode == 0, errors);
    }
}
