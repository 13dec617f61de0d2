using System.Net;
using System.Net.Security;
using TagGuard.Adapters.Kerberos;

namespace TagGuard.Adapters.Http;

/// <summary>How requests travel: verified TLS, no redirects, no cookies, a limit on time and size. Opened by the first request.</summary>
/// <param name="timeout">How long one answer may take, its body included.</param>
/// <param name="ca">PEM file with the certificates to trust instead of the machine's, or null.</param>
/// <param name="clock">The clock.</param>
/// <param name="hosts">Where names of servers lead, instead of what the machine says; null for none.</param>
/// <param name="loginAt">How to log in at a host with Kerberos, or null.</param>
sealed class HttpTransport(
    TimeSpan timeout, string? ca, TimeProvider clock, IReadOnlyDictionary<string, string>? hosts = null, Func<string, KerberosLogin>? loginAt = null)
    : IDisposable
{
    const int FirstBytes = 1 << 16;

    HttpMessageInvoker? _client;

    public TimeSpan Timeout => timeout;

    /// <summary>Sends a request and reads the answer's body, at most so many bytes of it.</summary>
    /// <exception cref="InvalidDataException">The certificates of `ca` cannot be read.</exception>
    /// <exception cref="HttpRequestException">No answer.</exception>
    /// <exception cref="KerberosException">No ticket for the server.</exception>
    /// <exception cref="HttpTooLongException">The body is longer.</exception>
    /// <exception cref="TimeoutException">Not within the timeout.</exception>
    public async Task<HttpAnswer> SendAsync(HttpRequestMessage request, int most, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var response = await (_client ??= Open()).SendAsync(request, either.Token);
            using var stream = await response.Content.ReadAsStreamAsync(either.Token);
            return new HttpAnswer(
                response.StatusCode,
                response.Version,
                response.Headers.Location,
                response.Content.Headers.ContentType?.MediaType,
                await BodyAsync(stream, most, either.Token));
        }
        catch (OperationCanceledException fault) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {timeout.TotalSeconds:0.#} s.", fault);
        }
    }

    static async Task<byte[]> BodyAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var body = new byte[Math.Min(most, FirstBytes) + 1];
        for (var length = 0; ; Array.Resize(ref body, (int)Math.Min(body.Length * 4L, most + 1L)))
        {
            length += await stream.ReadAtLeastAsync(body.AsMemory(length), body.Length - length, throwOnEndOfStream: false, cancellationToken);
            if (length > most)
                throw new HttpTooLongException();
            if (length < body.Length)
                return body[..length];
        }
    }

    HttpMessageInvoker Open()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxResponseHeadersLength = 64 };
        if (ca is not null)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustedAuthorities.Of(ca, "ca") };
        if (hosts is { Count: > 0 })
            handler.ConnectCallback = new HostMap(hosts).ConnectAsync;
        return new HttpMessageInvoker(loginAt is null ? handler : new NegotiateHandler(loginAt, handler));
    }

    public void Dispose() => _client?.Dispose();
}

/// <summary>What is needed of an answer.</summary>
sealed record HttpAnswer(HttpStatusCode Status, Version Version, Uri? Location, string? MediaType, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}

/// <summary>The body is longer than anything that is asked for here.</summary>
sealed class HttpTooLongException : Exception;
