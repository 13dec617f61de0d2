using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>What stands before a Spark that speaks plain text: it ends TLS, passes all on, and remembers what came.</summary>
sealed class TlsProxy : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _stop = new();
    readonly X509Certificate2 _certificate;
    readonly StringBuilder _heard = new();
    readonly Task _serving;

    /// <param name="name">Whom its certificate, which signs itself, is for.</param>
    public TlsProxy(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        File.WriteAllText(Ca, made.ExportCertificatePem());
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Ca { get; } = Path.Combine(Path.GetTempPath(), $"tagguard-ca-{Guid.NewGuid():n}.pem");

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What came, decrypted where it was TLS: headers of .NET's client are readable in it.</summary>
    public string Heard
    {
        get
        {
            lock (_heard)
                return _heard.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _certificate.Dispose();
        _stop.Dispose();
        File.Delete(Ca);
    }

    async Task ServeAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    async Task PassAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] },
                    _stop.Token);
                using var server = new TcpClient("127.0.0.1", Spark.Port);
                await Task.WhenAny(CopyAsync(tls, server.GetStream(), isHeard: true), CopyAsync(server.GetStream(), tls, isHeard: false));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
        {
        }
    }

    async Task CopyAsync(Stream from, Stream to, bool isHeard)
    {
        var buffer = new byte[16384];
        while (await from.ReadAsync(buffer, _stop.Token) is > 0 and var read)
        {
            if (isHeard)
            {
                lock (_heard)
                    _heard.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }
}
