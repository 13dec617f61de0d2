using System.Diagnostics;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.Kerberos;

/// <summary>The built program with a plan whose connections show tickets.</summary>
[Collection(typeof(Secure)), Trait("cluster", "secure")]
public sealed class SecurePlanTests(SecureCluster cluster) : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-secure-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await cluster.HiveAsync();
        File.Copy(SecureCluster.Keytab, Path.Combine(_folder, "tagguard.keytab"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "tagguard.yaml"), """
            name: secure
            timezone: UTC
            connections:
              hdfs: { type: webhdfs, urls: ["http://localhost:9870"], kerberos: {} }
              warehouse:
                type: hive
                host: localhost
                port: 10010
                kerberos: { keytab: tagguard.keytab, principal: tagguard@TAGGUARD.TEST, service: hive/_HOST@TAGGUARD.TEST }
              store: { type: sqlite, path: tagguard.db }
            stages:
              upstream:
                - name: orders
                  path: { connection: hdfs, path: "/orders/{date:yyyyMMdd}" }
                - name: one
                  rows: { connection: warehouse, sql: "select 1", equals: 1 }

            """, Token);
        (await Run("init")).Expect(0);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task TicketsOpenTheGate()
    {
        var doctor = (await Run("doctor")).Expect(0);
        Assert.Contains("HDFS 3.", doctor.Error, StringComparison.Ordinal);
        Assert.Contains("Apache Hive 4", doctor.Error, StringComparison.Ordinal);

        await SecureCluster.MakeFolderAsync("/orders/20261120", "755");
        (await Run("upstream", "--date", "2026-11-20")).Expect(0);
    }

    [Fact]
    public async Task WithoutTheLibraryItsPackageIsNamed()
    {
        const string Hidden = "mount --bind /dev/null \"$(readlink -f /usr/lib/*/libgssapi_krb5.so.2)\" && exec dotnet \"$0\" doctor";
        using var process = Process.Start(new ProcessStartInfo("unshare", ["--mount", "sh", "-c", Hidden, Tagguard.Program])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

        var told = (await Tagguard.EndOfAsync(process)).Expect(3);

        Assert.Contains("apt-get install libgssapi-krb5-2", told.Error, StringComparison.Ordinal);
    }

    Task<Outcome> Run(params string[] args) => new Tagguard(_folder).RunAsync(args);
}
