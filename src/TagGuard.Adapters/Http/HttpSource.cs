using System.Net;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using TagGuard.Sources;

namespace TagGuard.Adapters.Http;

/// <summary>An HTTP(S) service that answers with JSON. Asked with GET, which changes nothing.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="url">Where it is.</param>
/// <param name="headers">Sent with every request, and to this host only.</param>
/// <param name="transport">How requests travel.</param>
sealed class HttpSource(string name, Uri url, IReadOnlyDictionary<string, string> headers, HttpTransport transport) : IJsonSource
{
    const int MostBytes = 1 << 20;
    const int MostRedirects = 5;

    public string Name => name;

    public string Question(string path) => $"GET {AddressOf(path)}";

    public async Task<string> ProbeAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync(new Uri(AddressOf("/")), $"GET {url}", cancellationToken);
        return $"HTTP/{answer.Version} at {url}, answers {(int)answer.Status}";
    }

    public async Task<JsonAnswer> GetAsync(string path, CancellationToken cancellationToken)
    {
        var asked = Question(path);
        var at = new Uri(AddressOf(path));
        for (var hops = 0; hops <= MostRedirects; hops++)
        {
            var answer = await SendAsync(at, asked, cancellationToken);
            if (answer.IsSuccess)
                return new JsonAnswer(Json(answer, asked), asked);
            at = RedirectOf(answer, at, asked) ?? throw Refused(answer.Status, asked);
        }
        throw Fault($"More than {MostRedirects} redirects. Correct `url` or `path`.", asked);
    }

    string AddressOf(string path) => url.AbsoluteUri.TrimEnd('/') + path;

    async Task<HttpAnswer> SendAsync(Uri at, string asked, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, at);
        request.Headers.Add("Accept", "application/json");
        foreach (var (header, value) in headers)
            request.Headers.TryAddWithoutValidation(header, value);
        try
        {
            return await transport.SendAsync(request, MostBytes, cancellationToken);
        }
        catch (TimeoutException fault)
        {
            throw Fault($"{fault.Message} Look at the service, or raise `timeout` of the connection.", asked, fault, isTransient: true);
        }
        catch (HttpTooLongException fault)
        {
            throw Fault("The answer is larger than 1 MB. Ask for less: one job and one date.", asked, fault);
        }
        catch (HttpRequestException fault) when (fault.InnerException is AuthenticationException)
        {
            throw Fault(
                $"No TLS connection that can be trusted, so nothing was sent: {fault.InnerException.Message.TrimEnd('.')}. Renew its certificate, "
                    + "or name your own authority with `ca`.",
                asked,
                fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw Fault($"It did not answer: {fault.Message.TrimEnd('.')}. Look whether it runs, and at `url`.", asked, fault, isTransient: true);
        }
        catch (InvalidDataException fault)
        {
            throw Fault(fault.Message, asked, fault);
        }
    }

    /// <summary>Where a redirect leads, on the same host; null when it is none.</summary>
    Uri? RedirectOf(HttpAnswer answer, Uri at, string asked)
    {
        if ((int)answer.Status is not (301 or 302 or 303 or 307 or 308) || answer.Location is not { } location)
            return null;
        var to = new Uri(at, location);
        // The headers may hold a secret, and go to nobody else; nor ever without TLS when they began with it.
        var isSame = to.Host == at.Host && (to.Scheme == at.Scheme ? to.Port == at.Port : to.Scheme == "https");
        return isSame
            ? to
            : throw Fault(
                $"It redirects to {to.GetLeftPart(UriPartial.Authority)}, which is not followed: the headers would go there. Correct `url`, if that "
                    + "is the service.",
                asked);
    }

    SourceException Refused(HttpStatusCode status, string asked) => (int)status switch
    {
        404 or 410 => Fault($"There is nothing at this path ({(int)status}).", asked, isAbsent: true),
        401 or 403 => Fault($"It refuses the credentials ({(int)status}). Correct `headers` of the connection, and the rights of that user.", asked),
        408 or 425 or 429 or >= 500 => Fault($"It answered {(int)status} {status}. Look at the service.", asked, isTransient: true),
        var other => Fault($"It answered {other} {status}. Correct `path` of the check, or `url` of the connection.", asked),
    };

    JsonElement Json(HttpAnswer answer, string asked)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            var start = new string([
                .. Encoding
                    .UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, 80)))
                    .Select(letter => char.IsControl(letter) ? ' ' : letter),
            ]);
            throw Fault(
                answer.Body.Length == 0
                    ? "The answer is empty, not JSON."
                    : $"The answer is not JSON ({answer.MediaType ?? "no type"}). Correct `path`. It begins: {start.Trim()}",
                asked,
                fault);
        }
    }

    SourceException Fault(string message, string asked, Exception? inner = null, bool isTransient = false, bool isAbsent = false) =>
        new(name, url.GetLeftPart(UriPartial.Authority), message, asked, inner) { IsTransient = isTransient, IsAbsent = isAbsent };

    public ValueTask DisposeAsync()
    {
        transport.Dispose();
        return ValueTask.CompletedTask;
    }
}
