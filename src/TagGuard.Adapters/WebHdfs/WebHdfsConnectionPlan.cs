using System.ComponentModel.DataAnnotations;
using TagGuard.Adapters.Exports;
using TagGuard.Adapters.Http;
using TagGuard.Adapters.Kerberos;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Adapters.WebHdfs;

/// <summary>`type: webhdfs`: HDFS over HTTP(S), asked of NameNodes or HttpFS gateways.</summary>
public sealed record WebHdfsConnectionPlan : FolderOfFilesPlan, IPlanPart
{
    const string Root = "/webhdfs/v1";

    [Required, PlanStored, PlanKey(
        "Every NameNode (port 9870, in Hadoop 2 50070; 9871 with TLS), or HttpFS gateway (14000); the active one is found.",
        Example = "[http://namenode1:9870, http://namenode2:9870]")]
    public IReadOnlyList<string> Urls { get; init; } = [];

    [PlanKey("The user whose rights count. Default: the servers' own (dr.who), who may read what all may read.", Example = "etl")]
    public string? User { get; init; }

    [PlanKey("A delegation token, from ${env:…} or ${file:…}, in place of `user`.", Example = "${file:/run/secrets/hdfs-token}")]
    public string? Token { get; init; }

    [PlanKey(
        "Kerberos says who asks, by a ticket (SPNEGO), in place of `user`. `{}` takes that of `kinit`.",
        Example = "{ keytab: tagguard.keytab }")]
    public KerberosPlan? Kerberos { get; init; }

    [PlanKey("How long one answer of one server may take. Default 30s.", Example = "30s")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    [PlanKey(
        "PEM file with the certificates to trust instead of the machine's, for servers with a certificate of your own.",
        Example = "/etc/ssl/our-ca.pem")]
    public string? Ca { get; init; }

    [PlanKey(
        "Where names of servers lead that this machine does not know, such as those of DataNodes: an address, or one with a port.",
        Example = "{ datanode1.cluster: 10.0.0.5, datanode2.cluster: \"127.0.0.1:19864\" }")]
    public IReadOnlyDictionary<string, string> Hosts { get; init; } = new Dictionary<string, string>();

    [Range(1, 64), PlanKey("How many files are read at once for a count from footers. Default 8.")]
    public int Parallel { get; init; } = 8;

    public override IReadOnlyList<Type> Capabilities => [.. base.Capabilities, typeof(IFooterSource)];

    public override ISource Open(string name, string folder, TimeProvider clock)
    {
        var who = Token is not null ? $"&delegation={Uri.EscapeDataString(Token)}"
            : User is not null ? $"&user.name={Uri.EscapeDataString(User)}"
            : "";
        Func<string, KerberosLogin>? loginAt = Kerberos is null ? null : host => Kerberos.LoginAt("HTTP", host, folder);
        var transport = new HttpTransport(Timeout, Ca is null ? null : Path.GetFullPath(Ca, folder), clock, Hosts, loginAt);
        return new WebHdfsSource(new NameNodes(name, [.. Urls.Select(BaseOf)], who, User, Kerberos is not null, transport), Parallel);
    }

    /// <summary>Where paths begin: a gateway may have something before it, and who copies an address may have copied the end, too.</summary>
    static Uri BaseOf(string url)
    {
        var given = url.TrimEnd('/');
        return new Uri(given.EndsWith(Root, StringComparison.Ordinal) ? given : given + Root);
    }

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Urls.Count == 0)
            yield return ("urls", "No server is named: write [http://namenode1:9870, http://namenode2:9870].");
        foreach (var text in Urls)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                yield return (
                    "urls",
                    $"\"{text}\" is not an address of WebHDFS, which begins with http:// or https://: write http://namenode1:9870 (not hdfs:// and "
                        + "its port).");
            else if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
                yield return ("urls", "An address ends before ? and #, and holds no user and password: write them as `user` or `token`.");
        }
        if (Urls.Distinct(StringComparer.OrdinalIgnoreCase).Count() < Urls.Count)
            yield return ("urls", "A server is named twice: take one out.");
        if (User is not null && Token is not null)
            yield return ("token", "A token says whose it is: take `user` out, or `token`.");
        if (Kerberos is not null && (User is not null || Token is not null))
            yield return ("kerberos", "A ticket says whose it is: take `user` and `token` out, or `kerberos`.");
        if (User?.Length == 0)
            yield return ("user", "It is empty: write a user, or take the line out.");
        if (Token?.Length == 0)
            yield return ("token", "It is empty: correct the secret that it comes from, or take the line out.");
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromDays(1))
            yield return ("timeout", "Longer than 0s, and 1d at most.");
        foreach (var (host, target) in Hosts.Where(pair => HostMap.Target(pair.Value) is null || pair.Key.Contains(':', StringComparison.Ordinal)))
            yield return ("hosts", $"`{host}: {target}` does not say where a name leads: write datanode1.cluster: 10.0.0.5, or 10.0.0.5:19864.");
        if (Ca is not null && !Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
            yield return ("ca", "Without TLS there is no certificate to trust: write https:// in `urls`, or take `ca` out.");
    }
}
