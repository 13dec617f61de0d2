using System.Globalization;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.WebHdfs;

/// <summary>Rights, pages and times of the real HDFS.</summary>
[Collection("HDFS")]
public sealed class WebHdfsSourceTests(Engines engines) : IAsyncLifetime
{
    readonly HdfsFolder _hdfs = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await engines.UpAsync("hdfs");

    public ValueTask DisposeAsync() => _hdfs.DisposeAsync();

    [Fact]
    public async Task TheProbeNamesVersionAndState()
    {
        await using var source = HdfsFolder.Open("root", "http://127.0.0.1:1", HdfsFolder.NameNode);

        var told = await source.ProbeAsync(Token);

        Assert.StartsWith("HDFS 3.", told, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:9870 active", told, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:1 is of no use now", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryPageOfALongFolderIsRead()
    {
        for (var i = 0; i < 31; i++)
            await _hdfs.WriteAsync($"{_hdfs.Root}/many/part {i.ToString("00", CultureInfo.InvariantCulture)}%2B+", "x");
        await using var source = HdfsFolder.Open();

        var listed = (await source.ListAsync($"{_hdfs.Root}/many", Token))!;

        Assert.Equal(31, listed.Select(entry => entry.Path).Distinct().Count());
        Assert.Equal(31, listed.Count);
    }

    [Theory]
    [InlineData("analyst")]
    [InlineData(null)]
    public async Task AMissingRightIsToldFromAMissingFile(string? user)
    {
        await _hdfs.WriteAsync($"{_hdfs.Root}/secret/_SUCCESS", "");
        await _hdfs.PermitAsync($"{_hdfs.Root}/secret", "700");
        await using var source = HdfsFolder.Open(user);

        foreach (var ask in new Func<Task>[]
        {
            () => source.FindAsync($"{_hdfs.Root}/secret/_SUCCESS", Token),
            () => source.FindAsync($"{_hdfs.Root}/secret/none", Token),
            () => source.ListAsync($"{_hdfs.Root}/secret", Token),
        })
        {
            var fault = await Assert.ThrowsAsync<SourceException>(ask);
            Assert.False(fault.IsAbsent || fault.IsTransient, fault.Message);
            Assert.Contains("may not look: Permission denied: user=" + (user ?? "dr.who"), fault.Message, StringComparison.Ordinal);
        }
        Assert.Null(await source.FindAsync($"{_hdfs.Root}/none", Token));
    }

    [Fact]
    public async Task ATokenIsNotPrinted()
    {
        const string Secret = "geheim4711";
        await using var source = (IPathSource)new Adapters.WebHdfs.WebHdfsConnectionPlan { Urls = [HdfsFolder.NameNode], Token = Secret }
            .Open("hdfs", "/", TimeProvider.System);

        // A cluster without Kerberos takes no token, and asks for none.
        Assert.Null(await source.FindAsync($"{_hdfs.Root}/none", Token));
        Assert.DoesNotContain(Secret, source.Question("/x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerThatIsDownIsPassedOver()
    {
        await using var source = HdfsFolder.Open("root", "http://127.0.0.1:1", HdfsFolder.NameNode);

        Assert.True((await source.FindAsync("/", Token))!.IsFolder);
        Assert.Null(await source.FindAsync($"{_hdfs.Root}/none", Token));
    }
}
