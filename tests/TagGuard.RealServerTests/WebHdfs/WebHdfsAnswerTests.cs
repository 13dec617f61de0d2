using Microsoft.AspNetCore.Http;
using TagGuard.Adapters.Footers;
using TagGuard.Adapters.WebHdfs;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.WebHdfs;

/// <summary>What a real NameNode does not answer on request: standbys, safe mode, other services, pages without end.</summary>
public sealed class WebHdfsAnswerTests
{
    const string Found = """{"FileStatus":{"type":"FILE","length":5,"modificationTime":1770192000000,"pathSuffix":""}}""";
    const string Absent = """{"RemoteException":{"exception":"FileNotFoundException","message":"File does not exist: /x"}}""";
    const string Standby = """
        {"RemoteException":{"exception":"StandbyException","message":"Operation category READ is not supported in state standby."}}
        """;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(403, Standby)]
    [InlineData(403, """{"RemoteException":{"exception":"RetriableException","message":"NameNode still not started"}}""")]
    [InlineData(403, """{"RemoteException":{"exception":"SafeModeException","message":"Name node is in safe mode"}}""")]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(404, "<html>Not found</html>")]
    [InlineData(404, """{"error":"no such page"}""")]
    [InlineData(200, "<html>Sign in</html>")]
    [InlineData(200, "")]
    [InlineData(200, "[]")]
    public async Task AnotherServerIsAskedAndRememberedAndAloneItIsNeverAbsent(int status, string body)
    {
        var asked = 0;
        await using var first = await JsonServer.StartAsync(context =>
        {
            asked++;
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        await using var second = await JsonServer.StartAsync(200, Found);
        await using var both = Open(first.Url, second.Url);
        await using var alone = Open(first.Url);

        Assert.Equal(5, (await both.FindAsync("/x", Token))!.Bytes);
        Assert.Equal(5, (await both.FindAsync("/x", Token))!.Bytes);
        Assert.Equal(1, asked);
        var fault = await Assert.ThrowsAsync<SourceException>(() => alone.FindAsync("/x", Token));
        Assert.False(fault.IsAbsent);
        Assert.Equal(status == 502 || body.Contains("RemoteException", StringComparison.Ordinal), fault.IsTransient);
        var list = await Assert.ThrowsAsync<SourceException>(() => alone.ListAsync("/x", Token));
        Assert.False(list.IsAbsent);
    }

    [Fact]
    public async Task AGatewaySendsAFilesBytesItselfAndAnythingElseIsNoFile()
    {
        var body = "12345";
        await using var gateway = await JsonServer.StartAsync(context => context.Response.WriteAsync(body));
        await using var files = (IRangedFiles)Open(gateway.Url);
        await using var footers = (IFooterSource)Open(gateway.Url);

        // HttpFS sends no one on to a DataNode.
        Assert.Equal("12345"u8.ToArray(), await files.ReadAsync("/x", 0, 5, Token));

        body = "<html>Sign in</html>";
        var fault = await Assert.ThrowsAsync<SourceException>(() => footers.CountFootersAsync("/x", Token));
        Assert.False(fault.IsAbsent, fault.Message);
    }

    [Fact]
    public async Task ARedirectToADataNodeIsFollowedAndOneToALoginIsNot()
    {
        await using var dataNode = await JsonServer.StartAsync(200, "12345");
        var to = dataNode.Url + "/x";
        await using var server = await JsonServer.StartAsync(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = to;
            return Task.CompletedTask;
        });
        await using var files = (IRangedFiles)Open(server.Url);

        Assert.Equal(5, (await files.ReadAsync("/x", 0, 5, Token))!.Length);
        to = "/login";
        var fault = await Assert.ThrowsAsync<SourceException>(() => files.ReadAsync("/x", 0, 5, Token));
        Assert.Contains("It redirects (307)", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsAbsent, fault.Message);
    }

    [Fact]
    public async Task WhenAllAreStandbysItIsTriedAgainLater()
    {
        await using var first = await JsonServer.StartAsync(403, Standby);
        await using var second = await JsonServer.StartAsync(403, Standby);
        await using var source = Open(first.Url, second.Url);

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/x", Token));

        Assert.True(fault.IsTransient && !fault.IsAbsent, fault.Message);
        Assert.Contains("None of its 2 servers answers as the active one", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("active", true)]
    [InlineData("standby", false)]
    [InlineData("observer", false)]
    [InlineData(null, true)]
    public async Task OnlyAnActiveServerSaysThatNothingIsThere(string? state, bool isBelieved)
    {
        await using var server = await JsonServer.StartAsync(context =>
        {
            var isJmx = context.Request.Path == "/jmx";
            context.Response.StatusCode = isJmx && state is not null ? 200 : 404;
            return context.Response.WriteAsync(isJmx
                ? $$"""{"beans":[{"name":"Hadoop:service=NameNode,name=NameNodeStatus","State":"{{state}}"}]}"""
                : Absent);
        });
        await using var source = Open(server.Url);

        if (isBelieved)
            Assert.Null(await source.FindAsync("/x", Token));
        else
            Assert.Contains(
                $"not active but {state}",
                (await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/x", Token))).Message,
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, "<html>Authentication required</html>", "give a delegation token")]
    [InlineData(403, """{"RemoteException":{"exception":"AccessControlException","message":"Permission denied: user=etl"}}""", "may not look")]
    [InlineData(401, """{"RemoteException":{"exception":"AccessControlException","message":"Permission denied: user=etl"}}""", "may not look")]
    [InlineData(403, """{"RemoteException":{"exception":"SecurityException","message":"InvalidToken: token expired"}}""", "new delegation token")]
    [InlineData(403, """{"RemoteException":{"exception":"IOException","message":"odd\n\tat java.lang"}}""", "It answered IOException: odd. Look")]
    public async Task ARefusalIsNeitherAbsentNorTriedAgain(int status, string body, string told)
    {
        await using var server = await JsonServer.StartAsync(status, body);
        await using var source = Open(server.Url);

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/x", Token));

        Assert.False(fault.IsAbsent || fault.IsTransient, fault.Message);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARedirectIsNotFollowedAndTheTokenIsNeverTold()
    {
        var others = 0;
        await using var other = await JsonServer.StartAsync(context =>
        {
            others++;
            return context.Response.WriteAsync(Found);
        });
        await using var server = await JsonServer.StartAsync(context =>
        {
            Assert.Equal("geheim 4711", context.Request.Query["delegation"]);
            context.Response.Redirect(other.Url + "login");
            return Task.CompletedTask;
        });
        await using var source = (IPathSource)new WebHdfsConnectionPlan { Urls = [server.Url.AbsoluteUri], Token = "geheim 4711" }
            .Open("hdfs", "/", TimeProvider.System);

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/x", Token));

        Assert.Equal(0, others);
        Assert.False(fault.IsAbsent || fault.IsTransient);
        Assert.DoesNotContain("geheim", fault + fault.Asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"FileStatus":{"type":"FILE"}}""")]
    [InlineData("""{"FileStatus":{"type":"SYMLINK","length":0,"modificationTime":1,"pathSuffix":""}}""")]
    [InlineData("""{"FileStatus":{"type":"FILE","length":-1,"modificationTime":1,"pathSuffix":""}}""")]
    [InlineData("""{"FileStatus":{"type":"FILE","length":"5","modificationTime":1,"pathSuffix":""}}""")]
    [InlineData("""{"FileStatus":[]}""")]
    [InlineData("{}")]
    public async Task AnAnswerThatIsNotHdfsIsRefused(string body)
    {
        await using var server = await JsonServer.StartAsync(200, body);
        await using var source = Open(server.Url);

        foreach (var ask in new Func<Task>[] { () => source.FindAsync("/x", Token), () => source.ListAsync("/x", Token) })
            Assert.False((await Assert.ThrowsAsync<SourceException>(ask)).IsAbsent);
    }

    [Theory]
    [InlineData("a", 1)]
    [InlineData("", 1)]
    [InlineData("..", 0)]
    [InlineData("b/c", 0)]
    [InlineData("a", -1)]
    public async Task PagesThatDoNotGoOnAreRefused(string name, int remaining)
    {
        var entry = $$"""{"type":"FILE","length":5,"modificationTime":1,"pathSuffix":"{{name}}"}""";
        var entries = name == "" ? "" : entry;
        await using var server = await JsonServer.StartAsync(200, $$$"""
            {"DirectoryListing":{"partialListing":{"FileStatuses":{"FileStatus":[{{{entries}}}]}},"remainingEntries":{{{remaining}}} }}
            """);
        await using var source = Open(server.Url);

        Assert.False((await Assert.ThrowsAsync<SourceException>(() => source.ListAsync("/x", Token))).IsAbsent);
    }

    [Fact]
    public async Task AServerThatKnowsNoPagesIsAskedForTheWholeFolder()
    {
        await using var server = await JsonServer.StartAsync(context =>
        {
            var isOld = context.Request.Query["op"] == "LISTSTATUS_BATCH";
            context.Response.StatusCode = isOld ? 400 : 200;
            return context.Response.WriteAsync(isOld
                ? """{"RemoteException":{"exception":"IllegalArgumentException","message":"Invalid value for webhdfs parameter \"op\""}}"""
                : """{"FileStatuses":{"FileStatus":[{"type":"FILE","length":5,"modificationTime":1,"pathSuffix":"a"}]}}""");
        });
        await using var source = Open(server.Url);

        Assert.Equal("/x/a", (await source.ListAsync("/x/", Token))!.Single().Path);
    }

    [Fact]
    public async Task AnAnswerThatDripsEndsWithTheTimeout()
    {
        await using var server = await JsonServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(" ", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, context.RequestAborted);
            }
        });
        await using var source = Open(server.Url);

        var fault = await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/x", Token));

        Assert.True(fault.IsTransient && !fault.IsAbsent, fault.Message);
        Assert.Contains("No answer within 2 s", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AConnectionThatIsTornIsTriedAgain()
    {
        await using var server = await JsonServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync(Found);
            context.Abort();
        });
        await using var source = Open(server.Url);

        Assert.True((await Assert.ThrowsAsync<SourceException>(() => source.FindAsync("/x", Token))).IsTransient);
    }

    [Fact]
    public async Task TheAuthorityOfCaIsTrustedAndNoOther()
    {
        var (ca, certificate) = JsonServer.Certificates(TimeProvider.System.GetUtcNow());
        using var held = certificate;
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, ca, Token);
        await using var server = await JsonServer.StartAsync(200, Found, certificate: certificate);
        await using var trusting = Open(file, server.Url);
        await using var other = Open(server.Url);

        Assert.NotNull(await trusting.FindAsync("/x", Token));
        var fault = await Assert.ThrowsAsync<SourceException>(() => other.FindAsync("/x", Token));
        Assert.Contains("No TLS connection that can be trusted", fault.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    static IPathSource Open(params Uri[] urls) => Open(null, urls);

    static IPathSource Open(string? ca, params Uri[] urls) =>
        (IPathSource)new WebHdfsConnectionPlan { Urls = [.. urls.Select(url => url.AbsoluteUri)], Ca = ca, Timeout = TimeSpan.FromSeconds(2) }
            .Open("hdfs", "/", TimeProvider.System);
}
