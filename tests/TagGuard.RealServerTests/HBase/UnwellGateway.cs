using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.HBase;

/// <summary>Stands before the real gateway, and now and then gives an answer of its own to who reads a scanner: an error, an end that is none, a part
/// of the rows.</summary>
sealed class UnwellGateway : IAsyncDisposable
{
    readonly HttpClient _client = new();
    readonly Random _random;
    readonly double _share;
    JsonServer? _server;

    UnwellGateway(int seed, double share) => (_random, _share) = (new Random(seed), share);

    public string Url => _server!.Url.GetLeftPart(UriPartial.Authority).Replace("localhost", "127.0.0.1", StringComparison.Ordinal);

    /// <summary>How often it lied.</summary>
    public int Lies { get; private set; }

    /// <param name="seed">What it does when.</param>
    /// <param name="share">In how many of its answers.</param>
    public static async Task<UnwellGateway> StartAsync(int seed, double share)
    {
        var gateway = new UnwellGateway(seed, share);
        gateway._server = await JsonServer.StartAsync(gateway.AnswerAsync);
        return gateway;
    }

    async Task AnswerAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), HBaseTables.Gateway + new Uri(context.Request.GetEncodedUrl()).PathAndQuery);
        request.Headers.TryAddWithoutValidation("Accept", context.Request.Headers.Accept.ToString());
        request.Headers.Host = context.Request.Host.Value;
        if (context.Request.Method == "PUT")
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }
        using var answer = await _client.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var isPage = context.Request.Method == "GET" && context.Request.Path.Value!.Contains("/scanner/", StringComparison.Ordinal);
        var (status, cut) = isPage ? Lie(bytes.Length) : (null, null);
        context.Response.StatusCode = status ?? (int)answer.StatusCode;
        if (answer.Headers.Location is { } location)
            context.Response.Headers.Location = location.ToString();
        if (context.Response.StatusCode is not (204 or 404 or 410 or 503))
            await context.Response.Body.WriteAsync(bytes.AsMemory(0, cut ?? bytes.Length));
    }

    (int? Status, int? Cut) Lie(int length)
    {
        lock (_random)
        {
            if (_random.NextDouble() >= _share)
                return (null, null);
            Lies++;
            return _random.Next(6) switch
            {
                0 or 1 => (204, null),
                2 => (404, null),
                3 => (410, null),
                4 => (503, null),
                _ => (null, _random.Next(length)),
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _client.Dispose();
    }
}
