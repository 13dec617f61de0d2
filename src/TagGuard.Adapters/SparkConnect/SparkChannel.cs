using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
        if (server.Ca is not null)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(server.Ca) };
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

    static X509ChainPolicy Trust(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            var told = $"The file of `ca`, {file}, cannot be read as PEM: copy the server's authority to it, or correct `ca`.";
            throw new InvalidDataException(told, fault);
        }
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new InvalidDataException($"The file of `ca`, {file}, holds no certificate: copy the server's authority to it as PEM.");
    }
}
