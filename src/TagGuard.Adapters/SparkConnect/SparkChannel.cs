using System.Net.Security;
using Grpc.Net.Client;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>HTTP/2 to a server: verified TLS or plain text, no redirects; a proxy of the environment only ever carries what is encrypted.</summary>
static class SparkChannel
{
    /// <summary>As Spark's own clients: batches have about 4 MB, and one row may be longer.</summary>
    const int LongestMessage = 128 * 1024 * 1024;

    /// <exception cref="InvalidDataException">The authorities cannot be read; the message is a sentence.</exception>
    public static GrpcChannel Open(SparkServer server)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = server.ConnectTimeout,
            UseProxy = server.Tls,
            UseCookies = false,
            AllowAutoRedirect = false,
            EnableMultipleHttp2Connections = true,
        };
        if (server.TlsCa is not null)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustedAuthorities.Of(server.TlsCa, "tls_ca") };
        return GrpcChannel.ForAddress(
            $"{(server.Tls ? "https" : "http")}://{server.Address}",
            new GrpcChannelOptions
            {
                HttpHandler = handler,
                DisposeHttpClient = true,
                MaxReceiveMessageSize = LongestMessage,
                ThrowOperationCanceledOnCancellation = true,
            });
    }
}
