using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace TagGuard.Adapters.Kerberos;

/// <summary>Sends a ticket with each request (SPNEGO over HTTP, RFC 4559), without waiting to be asked for one.</summary>
/// <remarks>A request that carries a delegation token says by it who asks: so those to which a NameNode redirects.</remarks>
/// <param name="loginAt">How to log in at a host.</param>
/// <param name="inner">What sends.</param>
sealed partial class NegotiateHandler(Func<string, KerberosLogin> loginAt, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    const int MostOfRefusal = 1 << 20;
    const int MostOfReason = 300;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.Query.Contains("delegation=", StringComparison.Ordinal))
            return await base.SendAsync(request, cancellationToken);
        var login = loginAt(request.RequestUri.IdnHost);
        var (context, message) = await KerberosContext.BeginAsync(login, Gss.Spnego, cancellationToken);
        context.Dispose();
        request.Headers.Authorization = new AuthenticationHeaderValue("Negotiate", Convert.ToBase64String(message));
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
            return answer;
        await answer.Content.LoadIntoBufferAsync(MostOfRefusal, cancellationToken);
        var page = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        // HDFS knows who asks, and says that it is a standby or that the user may not look.
        if (page.Contains("\"RemoteException\"", StringComparison.Ordinal))
            return answer;
        using (answer)
            throw new KerberosException(KerberosCure.Refused($"{(int)answer.StatusCode}: {Reason(page)}", login));
    }

    /// <summary>The reason in a page of Jetty, for people or as JSON; of another page the beginning.</summary>
    static string Reason(string page)
    {
        var reason = Message().Match(page) is { Success: true } told ? WebUtility.HtmlDecode(told.Groups[1].Value) : page.ReplaceLineEndings(" ");
        return reason.Length <= MostOfReason ? reason : reason[..MostOfReason];
    }

    [GeneratedRegex(@"(?:MESSAGE:</th><td>|""message"":"")([^<""]+)")]
    private static partial Regex Message();
}
