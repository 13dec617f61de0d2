using TagGuard.Sources;

namespace TagGuard.RealServerTests.WebHdfs;

/// <summary>Two NameNodes of which one is active, and changes of the one that is.</summary>
public sealed class NameNodePairTests(NameNodePair pair) : IClassFixture<NameNodePair>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public async Task WhicheverIsNamedFirstTheActiveOneAnswersAndDoctorNamesBoth(string first, string second)
    {
        await pair.UpAsync("a");
        await pair.MakeFolderAsync("a", "/either/day");
        await using var hdfs = NameNodePair.Open(Patience, first, second);

        Assert.Equal(["/either/day"], (await hdfs.ListAsync("/either", Token))!.Select(entry => entry.Path));
        Assert.Null(await hdfs.FindAsync("/either/none", Token));
        var told = await hdfs.ProbeAsync(Token);
        Assert.Contains($"{NameNodePair.Url("a")} active", told, StringComparison.Ordinal);
        Assert.Contains($"{NameNodePair.Url("b")} standby", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyAStandbyNamedIsRefusedAndNeverAbsent()
    {
        await pair.UpAsync("a");
        await using var hdfs = NameNodePair.Open(Patience, "b");

        var fault = await Assert.ThrowsAsync<SourceException>(() => hdfs.FindAsync("/either/none", Token));

        Assert.Contains("It is a standby. Name the active NameNode in `urls`, too.", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.IsTransient);
        Assert.False(fault.IsAbsent);
    }

    [Fact]
    public async Task AListingIsWholeOrRefusedWhileTheyChangePlaces()
    {
        await pair.UpAsync("a");
        var names = Enumerable.Range(0, 40).Select(i => $"part-{i:00}").ToList();
        foreach (var name in names)
            await pair.MakeFolderAsync("a", $"/listed/{name}");
        await using var hdfs = NameNodePair.Open(Patience, "a", "b");
        using var changed = new CancellationTokenSource();
        var (whole, refused) = (0, 0);
        var listing = Task.Run(async () =>
        {
            while (!changed.IsCancellationRequested)
            {
                try
                {
                    Assert.Equal(names, (await hdfs.ListAsync("/listed", Token))!.Select(entry => entry.Name));
                    whole++;
                }
                catch (SourceException fault)
                {
                    Assert.True(fault.IsTransient, fault.Message);
                    refused++;
                }
            }
        }, Token);

        foreach (var active in new[] { "b", "a", "b" })
            await pair.ActivateAsync(active);
        await changed.CancelAsync();
        await listing;
        await pair.MakeFolderAsync("b", "/listed/part-40");

        Assert.True(whole > 0, $"{whole} listings, {refused} refused");
        Assert.Equal([.. names, "part-40"], (await hdfs.ListAsync("/listed", Token))!.Select(entry => entry.Name));
    }

    [Fact]
    public async Task WithoutAnActiveOneNothingIsAbsent()
    {
        await pair.UpAsync("a");
        await using var hdfs = NameNodePair.Open(Patience, "a", "b");
        await pair.StandByAsync("a");

        var fault = await Assert.ThrowsAsync<SourceException>(() => hdfs.FindAsync("/either/none", Token));

        Assert.Contains("None of its 2 servers answers as the active one", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.IsTransient);
        await pair.ActivateAsync("b");
        Assert.Null(await hdfs.FindAsync("/either/none", Token));
    }

    [Fact]
    public async Task WhenTheActiveOneIsKilledTheNextAnswers()
    {
        await pair.UpAsync("a");
        await pair.MakeFolderAsync("a", "/kept");
        await using var hdfs = NameNodePair.Open(Patience, "a", "b");
        Assert.NotNull(await hdfs.FindAsync("/kept", Token));
        await pair.KillAsync("a");

        var fault = await Assert.ThrowsAsync<SourceException>(() => hdfs.FindAsync("/kept", Token));

        Assert.True(fault.IsTransient);
        await pair.ActivateAsync("b");
        Assert.NotNull(await hdfs.FindAsync("/kept", Token));
    }

    [Fact]
    public async Task AFrozenOneIsPassedOverOnceTheOtherIsActive()
    {
        await pair.UpAsync("b");
        await pair.MakeFolderAsync("b", "/frozen");
        await using var hdfs = NameNodePair.Open(TimeSpan.FromSeconds(5), "a", "b");
        pair.Freeze("a");
        try
        {
            Assert.NotNull(await hdfs.FindAsync("/frozen", Token));
        }
        finally
        {
            pair.Thaw("a");
        }
    }
}
