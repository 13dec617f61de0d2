using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.HBase;

/// <summary>Counts while something breaks: each is right, or refused; none is short or long.</summary>
[Collection(typeof(BrokenCluster))]
public sealed class HBaseFaultTests(Engines engines) : HBaseTables(engines)
{
    const int Rows = 20_000;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Tool.CreateAsync(Table, "05000", "07000", "09000", "15000", "25000");
        await Tool.FillAsync(Table, 0, Rows, "%05d");
    }

    [Fact]
    public async Task TwoHundredCountsThroughGatewaysThatLieAreRightOrRefused()
    {
        var (right, refused, lies) = (0, 0, 0);
        for (var round = 0; round < 200; round++)
        {
            await using var unwell = await UnwellGateway.StartAsync(round, share: round % 4 == 3 ? 0.5 : 0.15);
            string[] urls = round % 2 == 0 ? [unwell.Url] : [unwell.Url, Gateway];
            // A page is small, so that there are many to lie about.
            var plan = Plan(urls) with { RowsPerSecond = 400_000, RetryFor = TimeSpan.FromSeconds(round % 10 == 9 ? 0 : 20) };
            if (await RowsAsync(plan) is { } rows)
            {
                Assert.Equal(Rows, rows);
                right++;
            }
            else
            {
                refused++;
            }
            lies += unwell.Lies;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{right} right, {refused} refused, {lies} lies");
        Assert.True(right >= 150 && lies > 400, $"{right} right, {refused} refused, {lies} lies");
    }

    [Fact]
    public async Task RegionsThatAreSplitMergedAndMovedMeanwhileAreCountedAnew()
    {
        (string Change, string Key)[] changes = [("split", "02000"), ("move", "05000"), ("split", "12000"), ("merge", "00000"), ("merge", "09000")];
        var (right, again) = (0, 0);
        foreach (var (change, key) in changes)
        {
            // Some five seconds, of which the change meets the second.
            var counting = CountedAsync(Plan() with { RowsPerSecond = 4_000 });
            await Task.Delay(1000, Token);
            await MayAsync(change, key);
            if (await counting is not { } counted)
                continue;
            Assert.Equal(Rows, counted.Rows);
            right++;
            again += counted.Asked.Contains("regions read again", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(Rows, (await CountAsync()).Rows);
        Assert.True(right >= 3 && again > 0, $"{right} right, {again} of them read a region again");
    }

    [Theory]
    [InlineData("rest", "kill")]
    [InlineData("rest", "stop")]
    [InlineData("hbase", "stop")]
    public async Task AServerThatIsKilledOrFrozenMeanwhileMakesNoShortCount(string server, string how)
    {
        var counting = CountedAsync(Plan() with { RowsPerSecond = 5_000, Timeout = TimeSpan.FromSeconds(3), RetryFor = TimeSpan.FromMinutes(2) });
        await Task.Delay(1500, Token);
        await Engines.RunAsync(how, server);
        await Task.Delay(5000, Token);
        if (how == "kill")
            await Engines.RunAsync("up", server);
        else
            await Engines.RunAsync("cont", server);

        var counted = await counting;

        Assert.Equal(Rows, counted?.Rows);
        Assert.Contains("times taken up behind the last row", counted!.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARegionServerThatIsKilledMeanwhileMakesNoShortCount()
    {
        await Tool.RunAsync("flush", Table);
        var counting = CountedAsync(Plan() with { RowsPerSecond = 5_000, Timeout = TimeSpan.FromSeconds(5), RetryFor = TimeSpan.FromMinutes(2) });
        await Task.Delay(1500, Token);
        await Engines.RunAsync("kill", "hbase");
        await EndedAsync("hbase");
        await Engines.RunAsync("up", "hbase");

        Assert.Equal(Rows, (await counting)?.Rows);
    }

    [Fact]
    public async Task AScannerWhoseLeaseRanOutMeanwhileMakesNoShortCount()
    {
        await RestartAsync("60000", "1000");
        try
        {
            var lost = await LeasesLostAsync();
            // Some five seconds; the region server looks for leases every ten, so the gateway keeps its scanners longer than that.
            var counting = CountedAsync(Plan() with { RowsPerSecond = 4_000, Timeout = TimeSpan.FromMinutes(1) });
            await Task.Delay(1500, Token);
            await Engines.RunAsync("stop", "rest");
            await Task.Delay(13_000, Token);
            await Engines.RunAsync("cont", "rest");

            Assert.Equal(Rows, (await counting)?.Rows);
            Assert.True(await LeasesLostAsync() > lost, "No lease ran out.");
        }
        finally
        {
            await RestartAsync("1000", "60000");
        }
    }

    [Fact]
    public async Task AGatewayThatStaysFrozenIsPassedOverOrRefused()
    {
        await Engines.RunAsync("stop", "rest");
        try
        {
            var fault = await Assert.ThrowsAsync<SourceException>(() => CountAsync(
                Plan() with { Timeout = TimeSpan.FromSeconds(1), RetryFor = TimeSpan.FromSeconds(2) }, new TablePart(Table, null, null, null)));
            Assert.True(fault.IsTransient, fault.Message);
            Assert.Contains("No answer within 1 s.", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            await Engines.RunAsync("cont", "rest");
        }
        Assert.Equal(Rows, (await CountAsync()).Rows);
    }

    /// <summary>What is still dying would be taken for up.</summary>
    static async Task EndedAsync(string server)
    {
        while (!(await Engines.RunAsync("status")).Contains($"{server} down", StringComparison.Ordinal))
            await Task.Delay(100, Token);
    }

    /// <summary>Starts HBase anew with another lease of its scanners, in milliseconds.</summary>
    static async Task RestartAsync(string lease, string other)
    {
        var site = Path.Combine(Engines.State, "conf", "hbase", "hbase-site.xml");
        var settings = await File.ReadAllTextAsync(site, Token);
        await File.WriteAllTextAsync(site, settings.Replace(Setting(lease), Setting(other), StringComparison.Ordinal), Token);
        await Engines.RunAsync("down", "hbase");
        await Engines.RunAsync("up", "hbase");

        static string Setting(string value) => $"hbase.client.scanner.timeout.period</name><value>{value}<";
    }

    static async Task<int> LeasesLostAsync() => (await File.ReadAllLinesAsync(Path.Combine(Engines.State, "log", "hbase.log"), Token))
        .Count(line => line.Contains("lease", StringComparison.Ordinal) && line.Contains("expired", StringComparison.Ordinal));

    async Task MayAsync(string change, string key)
    {
        try
        {
            await Tool.RunAsync(change, Table, HBaseTool.Base64(key));
        }
        catch (InvalidOperationException)
        {
            // Daughters that still refer to their parent cannot be merged or split yet.
        }
    }

    async Task<long?> RowsAsync(Adapters.HBase.HBaseRestConnectionPlan plan) => (await CountedAsync(plan))?.Rows;

    async Task<Counted?> CountedAsync(Adapters.HBase.HBaseRestConnectionPlan plan)
    {
        try
        {
            return await CountAsync(plan, new TablePart(Table, null, null, null));
        }
        catch (SourceException)
        {
            return null;
        }
    }
}
