using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using TagGuard.Adapters.Http;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Http;

/// <summary>What an HTTP(S) service may answer, and what is made of it.</summary>
public sealed class HttpSourceTests
{
    const string Answer = """{ "data": { "status": "SUCCESS" } }""";

    static readonly Dictionary<string, string> Token = new() { ["Authorization"] = "Bearer geheim-4711" };

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnAnswerIsReadAndTheHeadersWereSent()
    {
        string? header = null;
        await using var server = await JsonServer.StartAsync(context =>
        {
            header = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization}";
            return context.Response.WriteAsync(Answer);
        });
        await using var source = Open(server.Url, "/base/");

        var answer = await source.GetAsync("/api?date=2026-11-20", Cancel);

        Assert.Equal("SUCCESS", answer.Root.GetProperty("data").GetProperty("status").GetString());
        Assert.Equal("GET /base/api?date=2026-11-20 Bearer geheim-4711", header);
        Assert.Equal(source.Question("/api?date=2026-11-20"), answer.Asked);
        Assert.DoesNotContain("geheim", answer.Asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, false, true, "There is nothing at this path")]
    [InlineData(410, false, true, "There is nothing at this path")]
    [InlineData(401, false, false, "refuses the credentials (401)")]
    [InlineData(403, false, false, "refuses the credentials (403)")]
    [InlineData(400, false, false, "answered 400")]
    [InlineData(429, true, false, "answered 429")]
    [InlineData(500, true, false, "answered 500")]
    [InlineData(503, true, false, "answered 503")]
    public async Task EachRefusalHasItsName(int status, bool isTransient, bool isAbsent, string said)
    {
        await using var server = await JsonServer.StartAsync(status, "{}");

        var fault = await FaultAsync(server.Url);

        Assert.Equal((isTransient, isAbsent), (fault.IsTransient, fault.IsAbsent));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>Sign in</html>", "text/html", "is not JSON (text/html). Correct `path`. It begins: <html>Sign in</html>")]
    [InlineData("", "application/json", "is empty, not JSON")]
    [InlineData("{ \"a\": ", "application/json", "is not JSON")]
    public async Task WhatIsNoJsonIsSaid(string body, string type, string said)
    {
        await using var server = await JsonServer.StartAsync(200, body, type);

        var fault = await FaultAsync(server.Url);

        Assert.False(fault.IsTransient);
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAnswerOfMoreThanAMegabyteIsNotRead()
    {
        await using var server = await JsonServer.StartAsync(200, $"\"{new string('x', 1 << 20)}\"");

        Assert.Contains("larger than 1 MB", (await FaultAsync(server.Url)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyThereIsTransient()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var fault = await FaultAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}")));

        Assert.True(fault.IsTransient);
        Assert.Contains("did not answer", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task AnAnswerThatDoesNotEndIsATimeoutAndAnInterruptionIsNone()
    {
        await using var server = await JsonServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("{ ");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var stop = new CancellationTokenSource();
        await using var patient = Open(server.Url);

        var fault = await FaultAsync(server.Url, timeout: TimeSpan.FromMilliseconds(300));
        var waiting = patient.GetAsync("/api", stop.Token);
        await stop.CancelAsync();

        Assert.True(fault.IsTransient);
        Assert.Contains("No answer within 0.3 s", fault.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task ARedirectIsFollowedOnTheSameHostAndNowhereElse()
    {
        var elsewhereAsked = false;
        await using var elsewhere = await JsonServer.StartAsync(context =>
        {
            elsewhereAsked = true;
            return context.Response.WriteAsync(Answer);
        });
        await using var server = await JsonServer.StartAsync(context =>
        {
            if (context.Request.Path == "/here")
                return context.Response.WriteAsync(Answer);
            context.Response.Redirect(context.Request.Path == "/api" ? "/here" : $"{elsewhere.Url}api");
            return Task.CompletedTask;
        });
        await using var source = Open(server.Url);

        Assert.Equal("SUCCESS", (await source.GetAsync("/api", Cancel)).Root.GetProperty("data").GetProperty("status").GetString());
        var fault = await Assert.ThrowsAsync<SourceException>(() => source.GetAsync("/away", Cancel));

        Assert.Contains("is not followed", fault.Message, StringComparison.Ordinal);
        Assert.False(elsewhereAsked);
    }

    [Fact]
    public async Task RedirectsThatNeverEndAreBrokenOff()
    {
        await using var server = await JsonServer.StartAsync(context =>
        {
            context.Response.Redirect("/again");
            return Task.CompletedTask;
        });

        Assert.Contains("More than 5 redirects", (await FaultAsync(server.Url)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificateOfOnesOwnAuthorityIsTrustedWhenThePlanNamesItAndNotOtherwise()
    {
        var folder = Directory.CreateTempSubdirectory("tagguard-ca-").FullName;
        var (pem, certificate) = JsonServer.Certificates(TimeProvider.System.GetUtcNow());
        var (other, _) = JsonServer.Certificates(TimeProvider.System.GetUtcNow());
        await File.WriteAllTextAsync(Path.Combine(folder, "ca.pem"), pem, Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "other.pem"), other, Cancel);
        await using var server = await JsonServer.StartAsync(200, Answer, certificate: certificate);

        await using var trusting = Open(server.Url, ca: Path.Combine(folder, "ca.pem"));
        Assert.Equal("https", server.Url.Scheme);
        Assert.Equal("SUCCESS", (await trusting.GetAsync("/api", Cancel)).Root.GetProperty("data").GetProperty("status").GetString());
        Assert.Contains("HTTP/1.1", await trusting.ProbeAsync(Cancel), StringComparison.Ordinal);
        // The name is verified too: the certificate is for localhost.
        foreach (
            var (url, ca) in new[]
            {
                (server.Url, null),
                (server.Url, "other.pem"),
                (new UriBuilder(server.Url) { Host = "127.0.0.1" }.Uri, "ca.pem"),
            })
        {
            var fault = await FaultAsync(url, ca: ca is null ? null : Path.Combine(folder, ca));
            Assert.Contains("nothing was sent", fault.Message, StringComparison.Ordinal);
            Assert.False(fault.IsTransient);
        }
        Assert.Contains("cannot be read", (await FaultAsync(server.Url, ca: Path.Combine(folder, "none.pem"))).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("scheduler:8080", "is not an address")]
    [InlineData("ftp://scheduler", "is not an address")]
    [InlineData("https://me:secret@scheduler", "would be printed")]
    [InlineData("https://scheduler?a=b", "ends before ?")]
    public void AnAddressThatIsNoneIsRefused(string url, string said) =>
        Assert.Contains(new HttpConnectionPlan { Url = url }.Mistakes(), mistake => mistake.Message.Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("Host", "x", "not a header that can be set")]
    [InlineData("X Token", "x", "not a header that can be set")]
    [InlineData("X-Token", "geheim\n", "holds a line break")]
    public void AHeaderThatIsNoneIsRefusedWithoutItsValue(string header, string value, string said)
    {
        var mistake = Assert.Single(
            new HttpConnectionPlan
            {
                Url = "https://scheduler",
                Headers = new Dictionary<string, string> { [header] = value },
            }.Mistakes());

        Assert.Contains(said, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", mistake.Message, StringComparison.Ordinal);
    }

    static IJsonSource Open(Uri url, string path = "", string? ca = null, TimeSpan? timeout = null) =>
        (IJsonSource)
            new HttpConnectionPlan
            {
                Url = url.AbsoluteUri.TrimEnd('/') + path,
                Headers = Token,
                Ca = ca,
                Timeout = timeout ?? TimeSpan.FromSeconds(20),
            }.Open("scheduler", "/", TimeProvider.System);

    static async Task<SourceException> FaultAsync(Uri url, string? ca = null, TimeSpan? timeout = null)
    {
        await using var source = Open(url, ca: ca, timeout: timeout);
        return await Assert.ThrowsAsync<SourceException>(() => source.GetAsync("/api", Cancel));
    }
}
