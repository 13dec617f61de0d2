using System.ComponentModel.DataAnnotations;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Adapters.Http;

/// <summary>`type: http`: an HTTP(S) service that answers with JSON, such as a
/// scheduler's API. The server's certificate is always verified.</summary>
public sealed record HttpConnectionPlan : ConnectionPlan, IPlanPart
{
    // Set by the client for the body and the connection; a plan that sets them breaks requests in ways that are hard to see.
    static readonly string[] Taken = ["host", "content-length", "content-type", "transfer-encoding", "connection", "expect"];

    [Required, PlanStored, PlanKey("Where the service is; paths of checks are put behind it.", Example = "https://scheduler:8080")]
    public string Url { get; init; } = "";

    [PlanKey("Headers of every request, such as `Authorization: Bearer ${env:SCHEDULER_TOKEN}`. They go to this host only.")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    [PlanKey("How long one answer may take. Default 30s.", Example = "30s")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    [PlanKey(
        "PEM file with the certificates to trust instead of the machine's, for a service with a certificate of your own.",
        Example = "/etc/ssl/our-ca.pem")]
    public string? Ca { get; init; }

    public override IReadOnlyList<Type> Capabilities => [typeof(IJsonSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new HttpSource(name, new Uri(Url), Headers, new HttpTransport(Timeout, Ca is null ? null : Path.GetFullPath(Ca, folder), clock));

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return ("url", $"\"{Url}\" is not an address: begin it with https:// or http://, as https://scheduler:8080.");
        else if (url.UserInfo.Length > 0)
            yield return ("url", "A password in the url would be printed: take it out, and write it as a header with ${env:…}.");
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            yield return ("url", "The url ends before ? and #: write the query into `path` of the check.");
        if (Timeout <= TimeSpan.Zero)
            yield return ("timeout", "A timeout must be longer than 0s.");
        else if (Timeout > TimeSpan.FromDays(1))
            yield return ("timeout", "A timeout of more than 1d is none: write how long an answer takes at most, such as 30s.");
        if (Ca is not null && Url.StartsWith("http:", StringComparison.OrdinalIgnoreCase))
            yield return ("ca", "Without TLS there is no certificate to trust: write https:// in `url`, or take `ca` out.");
        foreach (var (header, value) in Headers)
        {
            if (Taken.Contains(header.ToLowerInvariant()) || !header.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
                yield return ("headers", $"\"{header}\" is not a header that can be set: use letters, digits and -, as Authorization or X-Token.");
            else if (value.Any(letter => char.IsControl(letter) || letter > '~'))
                yield return (
                    "headers",
                    $"The value of {header} holds a line break or a letter outside of ASCII: correct it, or the secret that it comes from.");
        }
    }
}
