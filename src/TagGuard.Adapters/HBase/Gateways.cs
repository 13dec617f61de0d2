using System.Net.Http.Headers;
using System.Security.Authentication;
using TagGuard.Adapters.Http;
using TagGuard.Adapters.Kerberos;

namespace TagGuard.Adapters.HBase;

/// <summary>The REST servers of one HBase. They are taken in turn; one that just failed is passed over while another is well.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="bases">Where each one is.</param>
/// <param name="faults">Makes errors.</param>
/// <param name="transport">How requests travel.</param>
/// <param name="clock">The clock.</param>
sealed class Gateways(string name, IReadOnlyList<Uri> bases, GatewayFault faults, HttpTransport transport, TimeProvider clock) : IDisposable
{
    public const string Protobuf = "application/x-protobuf";

    public const string Json = "application/json";

    /// <summary>The release, and that it is told as plain text only.</summary>
    public const string Version = "/version/cluster", PlainText = "text/plain";

    /// <summary>A page of rows, or the regions of a table with 300,000.</summary>
    const int MostBytes = 128 << 20;

    static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    readonly long?[] _failed = new long?[bases.Count];
    int _turn = -1;

    public string Name => name;

    public GatewayFault Faults => faults;

    public IReadOnlyList<Uri> Bases => bases;

    public string Address => string.Join(", ", bases.Select(one => one.Authority));

    /// <summary>The next in turn that is well, as far as is known.</summary>
    public Uri Next()
    {
        for (var i = 0; i < bases.Count; i++)
        {
            var at = (int)((uint)Interlocked.Increment(ref _turn) % (uint)bases.Count);
            if (_failed[at] is not { } since || clock.GetElapsedTime(since) > Rest)
                return bases[at];
        }
        return bases[(int)((uint)Volatile.Read(ref _turn) % (uint)bases.Count)];
    }

    /// <summary>Asks one gateway after the other until one answers.</summary>
    /// <exception cref="LostException">None does.</exception>
    /// <exception cref="TagGuard.Sources.SourceException">One refuses, and so would the others.</exception>
    public async Task<HttpAnswer> AskAsync(string path, CancellationToken cancellationToken, string accept = Protobuf)
    {
        LostException? lost = null;
        for (var i = 0; i < bases.Count; i++)
        {
            var gateway = Next();
            try
            {
                var answer = await GetAsync(gateway, path, cancellationToken, accept);
                if ((int)answer.Status is 200 or 404)
                    return answer;
                throw Failed(faults.Of((int)answer.Status, gateway, $"GET {At(gateway, path)}"), gateway);
            }
            catch (LostException fault)
            {
                lost = fault;
            }
        }
        throw lost!;
    }

    public Task<HttpAnswer> GetAsync(Uri gateway, string path, CancellationToken cancellationToken, string accept = Protobuf) =>
        SendAsync(HttpMethod.Get, gateway, At(gateway, path), null, cancellationToken, accept);

    /// <param name="method">GET, PUT or DELETE.</param>
    /// <param name="gateway">Whom to ask.</param>
    /// <param name="at">Where.</param>
    /// <param name="body">A protobuf message, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="accept">How the answer is written.</param>
    /// <exception cref="LostException">No answer.</exception>
    /// <exception cref="TagGuard.Sources.SourceException">No ticket, or no certificate that can be trusted.</exception>
    public async Task<HttpAnswer> SendAsync(
        HttpMethod method, Uri gateway, Uri at, byte[]? body, CancellationToken cancellationToken, string accept = Protobuf)
    {
        using var request = new HttpRequestMessage(method, at);
        request.Headers.Add("Accept", accept);
        // The filter against forged requests looks for it, when it is on.
        request.Headers.Add("X-XSRF-HEADER", "");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(Protobuf);
        }
        var asked = $"{method} {at}";
        try
        {
            return await transport.SendAsync(request, MostBytes, cancellationToken);
        }
        catch (TimeoutException fault)
        {
            var lost = faults.Lost($"{fault.Message} Look at the region servers, or raise `timeout` of the connection.", gateway, asked, fault);
            throw Failed(lost, gateway);
        }
        catch (HttpTooLongException fault)
        {
            throw faults.Fault("The answer is larger than 128 MB.", gateway, asked, fault);
        }
        catch (HttpRequestException fault) when (fault.InnerException is AuthenticationException)
        {
            throw faults.Fault(
                $"No TLS connection that can be trusted, so nothing was sent: {fault.InnerException.Message.TrimEnd('.')}. Renew its certificate, or "
                    + "name your own authority with `ca`.",
                gateway,
                asked,
                fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw Failed(faults.NoAnswer(fault.Message, gateway, asked, fault), gateway);
        }
        catch (KerberosException fault)
        {
            throw faults.Fault(fault.Message, gateway, asked, fault, fault.IsTransient);
        }
        catch (InvalidDataException fault)
        {
            throw faults.Fault(fault.Message, gateway, asked, fault);
        }
    }

    /// <summary>Notes that a gateway is not well.</summary>
    public Exception Failed(Exception fault, Uri gateway)
    {
        for (var i = 0; i < bases.Count; i++)
        {
            if (bases[i] == gateway)
                _failed[i] = clock.GetTimestamp();
        }
        return fault;
    }

    /// <summary>Where a table is; the colon behind its namespace stays one.</summary>
    public static string PathOf(string table) => "/" + Uri.EscapeDataString(table).Replace("%3A", ":", StringComparison.Ordinal);

    public static Uri At(Uri gateway, string path) => new(gateway.AbsoluteUri.TrimEnd('/') + path);

    public void Dispose() => transport.Dispose();
}
