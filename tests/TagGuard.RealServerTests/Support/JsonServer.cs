using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TagGuard.RealServerTests.Support;

/// <summary>A web server (Kestrel) that answers as a test says, with or without TLS.</summary>
sealed class JsonServer : IAsyncDisposable
{
    readonly WebApplication _app;

    JsonServer(WebApplication app) => _app = app;

    public Uri Url =>
        new(
            _app.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.First()
                .Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    public static async Task<JsonServer> StartAsync(Func<HttpContext, Task> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var app = builder.Build();
        app.Run(context => answer(context));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new JsonServer(app);
    }

    /// <summary>Answers every request with this.</summary>
    public static Task<JsonServer> StartAsync(int status, string body, string type = "application/json", X509Certificate2? certificate = null) =>
        StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        }, certificate);

    /// <summary>An authority of one's own, and a certificate of it for localhost.</summary>
    public static (string CaPem, X509Certificate2 Server) Certificates(DateTimeOffset now)
    {
        using var caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ca = new CertificateRequest("CN=TagGuard test authority", caKey, HashAlgorithmName.SHA256);
        ca.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using var authority = ca.CreateSelfSigned(now.AddDays(-1), now.AddDays(10));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        server.CertificateExtensions.Add(names.Build());
        using var signed = server.Create(authority, now.AddDays(-1), now.AddDays(9), [1, 2, 3, 4]);
        return (authority.ExportCertificatePem(), signed.CopyWithPrivateKey(key));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
