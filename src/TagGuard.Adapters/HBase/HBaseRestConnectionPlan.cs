using System.ComponentModel.DataAnnotations;
using TagGuard.Adapters.Http;
using TagGuard.Adapters.Kerberos;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>`type: hbase-rest`: HBase, asked through its REST servers.</summary>
public sealed record HBaseRestConnectionPlan : ConnectionPlan, IPlanPart
{
    [Required, PlanStored, PlanKey(
        "Every REST server (`hbase rest start`, port 8080); they share the work.", Example = "[http://hbase1:8080, http://hbase2:8080]")]
    public IReadOnlyList<string> Urls { get; init; } = [];

    [PlanKey("Kerberos says who asks, by a ticket (SPNEGO). `{}` takes that of `kinit`.", Example = "{ keytab: tagguard.keytab }")]
    public KerberosPlan? Kerberos { get; init; }

    [PlanKey(
        "Who counts: `gateway`, TagGuard through the REST servers; `rowcounter`, HBase's distributed job; `auto`, that job for tables of more than "
            + "500 regions or 50 GB. Default gateway.")]
    public CountMethod Method { get; init; }

    [PlanKey(
        "With `method: rowcounter` or `auto`, how the job is started. Default: `hbase rowcounter`.", Example = "{ command: [hbase, rowcounter] }")]
    public RowCounterPlan? Rowcounter { get; init; }

    [Range(1, 64), PlanKey("Regions that are read at once. Default 4.")]
    public int Parallel { get; init; } = 4;

    [
        Range(0, 100_000_000),
        PlanKey("Rows a second that are read at most, so that services on the same servers are not hurt. Default 0: as many as come.")
    ]
    public int RowsPerSecond { get; init; }

    [PlanKey("How long one answer of one server may take. Default 30s.", Example = "30s")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    [PlanKey("How long a region may give no row before its table counts as not counted. Default 1m.", Example = "1m")]
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromMinutes(1);

    [PlanKey(
        "PEM file with the certificates to trust instead of the machine's, for servers with a certificate of your own.",
        Example = "/etc/ssl/our-ca.pem")]
    public string? Ca { get; init; }

    [PlanKey(
        "Where names of servers lead that this machine does not know: an address, or one with a port.",
        Example = "{ hbase1.cluster: 10.0.0.5, hbase2.cluster: \"127.0.0.1:18080\" }")]
    public IReadOnlyDictionary<string, string> Hosts { get; init; } = new Dictionary<string, string>();

    public override IReadOnlyList<Type> Capabilities => [typeof(ICountSource), typeof(IScanSource), typeof(IKeyedSource)];

    public override ISource Open(string name, string folder, TimeProvider clock)
    {
        Func<string, KerberosLogin>? loginAt = Kerberos is null ? null : host => Kerberos.LoginAt("HTTP", host, folder);
        var transport = new HttpTransport(Timeout, Ca is null ? null : Path.GetFullPath(Ca, folder), clock, Hosts, loginAt);
        var faults = new GatewayFault(name, Kerberos is not null);
        return new HBaseRestSource(
            new Gateways(name, [.. Urls.Select(url => new Uri(url))], faults, transport, clock),
            new ScanOptions(Parallel, RowsPerSecond, RetryFor),
            Method,
            (Rowcounter ?? new RowCounterPlan()).Job(name, folder, clock),
            clock);
    }

    public override IEnumerable<KeyMistake> Refuses(TablePart part)
    {
        foreach (var mistake in base.Refuses(part with { Scan = null }))
            yield return mistake;
        if (part.Where is not null)
            yield return ("where", "HBase knows no SQL: limit the rows with `scan` (prefix, from, to, family, since).");
        if (part.Partition is not null)
            yield return ("partition", "A table of HBase has no partitions: write the date into `table`, or into `scan` (prefix, since).");
    }

    public IEnumerable<KeyMistake> Mistakes()
    {
        foreach (var text in Urls)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                yield return (
                    "urls",
                    $"\"{text}\" is not an address of a REST server: write http://hbase1:8080 (not ZooKeeper's, and not a region server's).");
            else if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
                yield return ("urls", "An address ends before ? and #, and holds no user and password.");
        }
        if (Urls.Distinct(StringComparer.OrdinalIgnoreCase).Count() < Urls.Count)
            yield return ("urls", "A server is named twice: take one out.");
        if (Rowcounter is not null && Method == CountMethod.Gateway)
            yield return ("rowcounter", "No job is started with `method: gateway`: write `method: rowcounter` or `auto`, or take `rowcounter` out.");
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromDays(1))
            yield return ("timeout", "Longer than 0s, and 1d at most.");
        if (RetryFor < TimeSpan.Zero || RetryFor > TimeSpan.FromDays(1))
            yield return ("retry_for", "0s or longer, and 1d at most.");
        foreach (var (host, target) in Hosts.Where(pair => HostMap.Target(pair.Value) is null || pair.Key.Contains(':', StringComparison.Ordinal)))
            yield return ("hosts", $"`{host}: {target}` does not say where a name leads: write hbase1.cluster: 10.0.0.5, or 10.0.0.5:18080.");
        if (Ca is not null && !Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
            yield return ("ca", "Without TLS there is no certificate to trust: write https:// in `urls`, or take `ca` out.");
    }
}
