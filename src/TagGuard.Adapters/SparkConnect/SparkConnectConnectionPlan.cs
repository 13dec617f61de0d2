using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>`type: spark-connect`: Spark 3.5 or later by its thin clients' protocol, gRPC with Arrow:
/// spark.apache.org/docs/latest/spark-connect-overview.html.</summary>
public sealed record SparkConnectConnectionPlan : TableConnectionPlan, IPlanPart
{
    [Required, PlanKey("The Connect server's name or address.", Example = "spark-connect")]
    public string Host { get; init; } = "";

    [Range(1, 65535), PlanKey("The server's port. Default 15002.")]
    public int Port { get; init; } = 15002;

    [PlanKey("Whom the session is for, as the server's lists show it. Default: who runs TagGuard.", Example = "tagguard")]
    public string User { get; init; } = Environment.UserName;

    [PlanKey("The bearer token that the server, or the proxy before it, wants; from ${env:…} or ${file:…}.", Example = "${env:SPARK_TOKEN}")]
    public string? Token { get; init; }

    [PlanKey(
        "true: encrypted, and the certificate must be the server's; false: plain text, which is all that Spark itself speaks. Default: true with a "
            + "`token` and a server on another machine, else false.")]
    public bool? Tls { get; init; }

    [PlanKey(
        "PEM file with the certificates to trust instead of the machine's, for a server with a certificate of your own.",
        Example = "/etc/ssl/our-ca.pem")]
    public string? TlsCa { get; init; }

    [PlanKey("How long the server may take to answer at all. Default 15s.")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    [PlanKey("How long one statement may take before it is stopped. Default 10m.")]
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMinutes(10);

    [PlanKey("Settings of the session, such as `spark.sql.session.timeZone: Asia/Shanghai`; times without a zone are in that zone.")]
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    [PlanKey("Tags of the statements, by which an operator finds their jobs. Default `[tagguard]`.", Example = "[tagguard, nightly]")]
    public IReadOnlyList<string> Tags { get; init; } = ["tagguard"];

    /// <summary>Where the server is.</summary>
    [PlanIgnore]
    public string Address => string.Create(CultureInfo.InvariantCulture, $"{(IsOfSix ? $"[{Host}]" : Host)}:{Port}");

    /// <summary>A token is only readable on the way where the plan says so, or where there is no way.</summary>
    [PlanIgnore]
    internal bool EffectiveTls => Tls ?? (Token is not null && !IsThisMachine);

    public override IReadOnlyList<Type> Capabilities => [typeof(ICountSource), typeof(IRowsSource), typeof(ITableSource), typeof(IVolumeSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new VolumeSqlSource<SparkConnectSession>(
            name, new SparkConnectWire(new SparkLine(Server(folder), Token, Settings, Tags, clock)), SparkConnectSession.Dialect);

    public override string? MistakeIn(string sql) => OneQuery.MistakeIn(sql);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return ("host", $"\"{Host}\" is not a host: write its name or address alone, and the port as `port`.");
        if (TlsCa is not null && !EffectiveTls)
            yield return ("tls_ca", "Without TLS there is no certificate to trust: write `tls: true`, or take `tls_ca` out.");
        if (Token?.Any(letter => letter is <= ' ' or > '~') == true)
            yield return ("token", "The token holds a blank, a line break or a letter outside of ASCII: correct the secret that it comes from.");
        foreach (var mistake in Timeouts.Mistakes(("connect_timeout", ConnectTimeout), ("read_timeout", ReadTimeout)))
            yield return mistake;
        if (Tags.FirstOrDefault(tag => tag.Length == 0 || tag.Contains(',', StringComparison.Ordinal)) is { } wrong)
            yield return ("tags", $"\"{wrong}\" cannot be a tag: Spark takes any text without commas.");
    }

    internal SparkServer Server(string folder) =>
        new(Address, User, EffectiveTls, TlsCa is null ? null : Path.GetFullPath(TlsCa, folder), ConnectTimeout, ReadTimeout);

    bool IsThisMachine => string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>An address of IPv6.</summary>
    bool IsOfSix => Host.Contains(':', StringComparison.Ordinal);
}
