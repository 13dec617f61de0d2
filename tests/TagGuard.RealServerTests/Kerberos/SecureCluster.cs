using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TagGuard.Adapters.Hive;
using TagGuard.Adapters.Kerberos;
using TagGuard.Adapters.WebHdfs;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Kerberos;

/// <summary>Tests with the trait `cluster=secure`, one after another.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Secure : ICollectionFixture<SecureCluster>;

/// <summary>A KDC, and HDFS and Hive that let nobody in without its tickets.</summary>
/// <remarks>It has the ports of the other cluster, so ./test runs its tests apart, in a network of their own, with the variables that say where its
/// krb5.conf and its tickets are.</remarks>
public sealed class SecureCluster(Engines engines) : IDisposable
{
    public const string Realm = "TAGGUARD.TEST";
    public const int HttpPort = 10011;

    static readonly string State = Environment.GetEnvironmentVariable("TAGGUARD_ENGINES_STATE") ?? "";

    string? _protection;

    /// <summary>The keytab of the principal tagguard.</summary>
    public static string Keytab => Path.Combine(State, "krb", "tagguard.keytab");

    public string Folder { get; } = Directory.CreateTempSubdirectory("tagguard-kerberos-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task HdfsAsync()
    {
        if (Environment.GetEnvironmentVariable("TAGGUARD_ENGINES_KERBEROS") is null)
            Assert.Skip("There is no secure cluster: ./test starts it where TAGGUARD_SHARED has engines/ and a network of its own can be made.");
        if (!File.Exists("/usr/sbin/krb5kdc"))
            Assert.Skip("There is no KDC: apt-get install krb5-kdc krb5-admin-server krb5-user");
        await engines.UpAsync("kdc", "hdfs");
    }

    /// <summary>Hive over TCP and HTTP.</summary>
    /// <param name="protection">hive.server2.thrift.sasl.qop; null when any is right.</param>
    public async Task HiveAsync(string? protection = null)
    {
        await HdfsAsync();
        if (_protection is not null && (protection ?? _protection) == _protection)
            return;
        await Engines.RunAsync("down", "hive");
        _protection = protection ?? "auth";
        await Engines.RunAsync(
            ["up", "hive"],
            [("TAGGUARD_HIVE_ARGS", $"--hiveconf hive.server2.thrift.sasl.qop={_protection} --hiveconf hive.server2.transport.mode=all "
                + $"--hiveconf hive.server2.thrift.http.port={HttpPort}")]);
    }

    public static IPathSource Hdfs(KerberosPlan? kerberos, string? token = null) => (IPathSource)new WebHdfsConnectionPlan
    {
        Urls = ["http://localhost:9870"],
        Kerberos = kerberos,
        Token = token,
    }.Open("hdfs", "/", TimeProvider.System);

    public static HiveConnectionPlan Hive(KerberosPlan? kerberos = null) =>
        new() { Host = "localhost", Port = 10010, Kerberos = kerberos ?? new KerberosPlan() };

    public static async Task<object?> AskAsync(HiveConnectionPlan plan, string sql)
    {
        await using var source = (IRowsSource)plan.Open("warehouse", "/", TimeProvider.System);
        return (await source.RowsAsync(sql, new DateOnly(2026, 1, 2), Token)).First;
    }

    /// <summary>Makes a folder of the superuser.</summary>
    public static async Task MakeFolderAsync(string path, string permission)
    {
        var superuser = new KerberosPlan { Keytab = Path.Combine(State, "krb", "services.keytab"), Principal = "nn/localhost" };
        await SendAsync(superuser, HttpMethod.Put, $"{path}?op=MKDIRS&permission={permission}");
    }

    /// <summary>A delegation token of the user tagguard, as the server gives it to whoever has a ticket.</summary>
    public static async Task<string> DelegationTokenAsync()
    {
        using var answer = JsonDocument.Parse(await SendAsync(Tagguard, HttpMethod.Get, "/?op=GETDELEGATIONTOKEN"));
        return answer.RootElement.EnumerateObject().Single().Value.GetProperty("urlString").GetString()!;
    }

    public static Task CancelAsync(string token) => SendAsync(Tagguard, HttpMethod.Put, $"/?op=CANCELDELEGATIONTOKEN&token={token}");

    static KerberosPlan Tagguard => new() { Keytab = Keytab, Principal = "tagguard" };

    static async Task<string> SendAsync(KerberosPlan who, HttpMethod method, string what)
    {
        using var client = new HttpClient(new NegotiateHandler(host => who.LoginAt("HTTP", host, "/"), new SocketsHttpHandler()));
        using var request = new HttpRequestMessage(method, new Uri("http://localhost:9870/webhdfs/v1" + what));
        using var answer = await client.SendAsync(request, Token);
        var body = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(Token));
        Assert.True(answer.IsSuccessStatusCode, body);
        return body;
    }

    /// <summary>A path for tickets, where none are yet.</summary>
    public string NoCache() => Path.Combine(Folder, Guid.NewGuid().ToString("N"));

    /// <summary>Tickets of tagguard.</summary>
    public async Task<string> CacheAsync(string? cache = null, string? keytab = null, string principal = "tagguard", params string[] more)
    {
        cache ??= NoCache();
        await RunAsync("kinit", ["-c", cache, "-k", "-t", keytab ?? Keytab, .. more, principal]);
        return cache;
    }

    /// <summary>Whoever takes tickets from the cache thinks that it is two hours later: a cache notes by how much the clock differs from the KDC's.
    /// </summary>
    public static async Task MoveClockAsync(string cache)
    {
        const int Head = 2;
        var bytes = await File.ReadAllBytesAsync(cache, Token);
        var noted = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(Head));
        var note = new byte[14];
        foreach (var (at, value) in new[] { (0, 12), (2, 1), (4, 8) })
            BinaryPrimitives.WriteUInt16BigEndian(note.AsSpan(at), (ushort)value);
        BinaryPrimitives.WriteInt32BigEndian(note.AsSpan(6), (int)TimeSpan.FromHours(2).TotalSeconds);
        await File.WriteAllBytesAsync(cache, [.. bytes[..Head], .. note, .. bytes[(Head + 2 + noted)..]], Token);
    }

    /// <summary>A new principal whose tickets live so long, and its keytab.</summary>
    public async Task<(string Principal, string Keytab)> PrincipalAsync(TimeSpan life)
    {
        var principal = $"p{Guid.NewGuid():N}";
        var keytab = Path.Combine(Folder, principal);
        await KadminAsync($"addprinc -randkey -maxlife \"{life.TotalSeconds:0} seconds\" {principal}");
        await KadminAsync($"ktadd -k {keytab} {principal}");
        return (principal, keytab);
    }

    /// <summary>The script takes a process that nobody has buried yet for a living one.</summary>
    public static async Task KillKdcAsync()
    {
        await Engines.RunAsync("kill", "kdc");
        File.Delete(Path.Combine(State, "pid", "kdc"));
    }

    static Task KadminAsync(string query) => RunAsync("/usr/sbin/kadmin.local", "-q", query);

    public static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["KRB5_KDC_PROFILE"] = Path.Combine(State, "krb", "kdc.conf");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Token);
        var errors = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{await output}{errors}");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
