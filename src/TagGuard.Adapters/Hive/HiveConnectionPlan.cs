using System.ComponentModel.DataAnnotations;
using System.Runtime.Serialization;
using TagGuard.Adapters.Kerberos;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.ZooKeeper;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Adapters.Hive;

/// <summary>`hive`: HiveServer2, Spark's Thrift Server or Kyuubi. The cluster counts; only aggregates travel.</summary>
public sealed record HiveConnectionPlan : TableConnectionPlan, IPlanPart
{
    const string DefaultUser = "tagguard";

    [PlanKey("The server's name or address.", Example = "hs2")]
    public string? Host { get; init; }

    [Range(1, 65535), PlanKey("The server's port. Default 10000; 10001 with `transport: http`.")]
    public int? Port { get; init; }

    [PlanKey("Several servers in place of host and port, each as host:port; they are tried in this order.", Example = "[hs2a:10000, hs2b:10000]")]
    public IReadOnlyList<string> Hosts { get; init; } = [];

    [PlanKey(
        "Where servers register themselves, in place of their names: the service discovery of HiveServer2 and Kyuubi.",
        Example = "{ hosts: [zk1:2181] }")]
    public ZooKeeperPlan? Zookeeper { get; init; }

    [PlanKey("The database (schema) of tables that are named without one. Default: default.")]
    public string Database { get; init; } = "default";

    [PlanKey("The user in whose name is asked. Default tagguard.")]
    public string User { get; init; } = DefaultUser;

    [PlanKey(
        "The password, from ${env:…} or ${file:…}. Servers that check none want one all the same, and get a letter.",
        Example = "${env:HIVE_PASSWORD}")]
    public string? Password { get; init; }

    [PlanKey("binary: Thrift over TCP; http: over HTTP. As hive.server2.transport.mode. Default binary.")]
    public HiveTransport Transport { get; init; }

    [PlanKey("The path of `transport: http`. Default cliservice.")]
    public string? HttpPath { get; init; }

    [PlanKey(
        "plain: a user and a password (NONE, LDAP, PAM, CUSTOM on the server); nosasl: no greeting. As hive.server2.authentication. Default plain.")]
    public HiveAuth Auth { get; init; }

    [PlanKey(
        "Kerberos says who asks, by a ticket (KERBEROS on the server), in place of `user` and `auth`. `{}` takes that of `kinit`.",
        Example = "{ keytab: tagguard.keytab }")]
    public KerberosPlan? Kerberos { get; init; }

    [PlanKey("Whether the line is encrypted; the server's certificate is then verified. Default: yes with a password, else no.")]
    public bool? Tls { get; init; }

    [PlanKey("A PEM file of authorities that may sign the server's certificate; relative to the plan's folder. Default: the machine's.")]
    public string? TlsCa { get; init; }

    [PlanKey(
        "Settings of each session: the queue, the pool, a name of the job by which an operator finds it.",
        Example = "{ mapreduce.job.queuename: monitoring }")]
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    [PlanKey("How long connecting may take, greeting included. Default 15s.")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    [PlanKey("How long one statement may take before it is stopped. Default 10m.")]
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMinutes(10);

    public override IReadOnlyList<Type> Capabilities =>
        [typeof(ICountSource), typeof(IRowsSource), typeof(ITableSource), typeof(IVolumeSource), typeof(IKeyedSource), typeof(IStatisticsSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new HiveSource(name, new HiveWire(this, folder, clock));

    public override string? MistakeIn(string sql) => HiveText.MistakeIn(sql);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if ((Host is null ? 0 : 1) + (Hosts.Count == 0 ? 0 : 1) + (Zookeeper is null ? 0 : 1) != 1)
            yield return ("host", "Write either `host` (and `port`), `hosts` or `zookeeper`, such as `host: hs2`.");
        foreach (var server in Hosts.Where(server => HostPort.Parse(server) is null))
            yield return ("hosts", $"`{server}` is not a server: write host:port, such as hs2a:10000.");
        if (Host is null && Port is not null)
            yield return ("port", "`port` is that of `host`; `hosts` and ZooKeeper have each server's own: take `port` out.");
        if (HttpPath is not null && Transport != HiveTransport.Http)
            yield return ("http_path", "Only `transport: http` has a path: add it, or take `http_path` out.");
        if (Auth == HiveAuth.Nosasl && Transport == HiveTransport.Http)
            yield return ("auth", "Over HTTP there is no SASL to leave out: take `auth` out.");
        if (Auth == HiveAuth.Nosasl && Password is not null)
            yield return ("password", "With `auth: nosasl` no password is asked for: take it out, or write `auth: plain`.");
        if (Kerberos is not null && (Auth != HiveAuth.Plain || Password is not null || User != DefaultUser))
            yield return ("kerberos", "A ticket says who asks: take `user`, `password` and `auth` out, or `kerberos`.");
        if (TlsCa is not null && !IsEncrypted)
            yield return ("tls_ca", "`tls_ca` is only looked at with `tls: true`: take it out, or change `tls`.");
        foreach (var mistake in Timeouts.Mistakes(("connect_timeout", ConnectTimeout), ("read_timeout", ReadTimeout)))
            yield return mistake;
    }

    [PlanIgnore]
    internal bool IsEncrypted => Tls ?? Password is not null;

    /// <summary>Where it is asked, for messages.</summary>
    [PlanIgnore]
    internal string Address => Zookeeper?.ToString() ?? string.Join(", ", Servers);

    /// <summary>The servers that the plan names.</summary>
    [PlanIgnore]
    internal IReadOnlyList<HostPort> Servers => Host is not null
        ? [new HostPort(Host, Port ?? (Transport == HiveTransport.Http ? 10001 : 10000))]
        : [.. Hosts.Select(server => HostPort.Parse(server)!.Value)];
}

/// <summary>How messages travel.</summary>
public enum HiveTransport
{
    Binary,
    Http,
}

/// <summary>How a user is let in.</summary>
public enum HiveAuth
{
    Plain,

    [EnumMember(Value = "nosasl")]
    Nosasl,
}
