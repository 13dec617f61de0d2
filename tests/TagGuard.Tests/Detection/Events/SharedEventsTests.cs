using TagGuard.Detection.Events;

namespace TagGuard.Tests.Detection.Events;

/// <summary>What many tags do at once is told once.</summary>
public sealed class SharedEventsTests
{
    const int Tags = 60;

    [Theory]
    [InlineData(0, 0.001)]
    [InlineData(0.5, 0.05)]
    [InlineData(2, 0.2)]
    public void AWholeSourceIsOneLine(double factor, double tolerance)
    {
        var counts = Mornings.Steady(Tags, 90);
        for (var tag = 0; tag < Tags; tag++)
            counts.SetToday(tag, Math.Round(counts.Today(tag) * factor));
        var result = Mornings.Judge(counts);
        var incident = Assert.Single(result.Incidents);
        Assert.Equal((SharedEventKind.CommonMove, Tags), (incident.Kind, incident.Size));
        Assert.Empty(result.Alarms());
        // What is moved is drawn to nothing by 6 parts in 66.
        Assert.Equal(Math.Pow(Math.Max(factor, 1e-5), Tags / (Tags + 6.0)), incident.Factor, Math.Max(tolerance, 0.01));
    }

    /// <summary>A small part is missing of all tags alike.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(16)]
    public void OneShardOfManyIsTold(int shards)
    {
        var counts = Mornings.Steady(1000, 90);
        for (var tag = 0; tag < 1000; tag++)
            counts.SetToday(tag, Math.Round(counts.Today(tag) * (1 - 1.0 / shards)));
        var incident = Assert.Single(Mornings.Judge(counts).Incidents);
        Assert.Equal((SharedEventKind.CommonMove, shards), (incident.Kind, incident.Shards));
    }

    /// <summary>The same loss in the middle, but tags differ as they do under a move of nature.</summary>
    [Fact]
    public void ASmallMoveThatDiffersFromTagToTagIsNoFault()
    {
        var counts = Mornings.Steady(200, 90, noise: 0.1);
        var random = new Random(2);
        for (var tag = 0; tag < 200; tag++)
            counts.SetToday(tag, Math.Round(counts.Today(tag) * (1 - 0.2 * random.NextDouble())));
        var result = Mornings.Judge(counts);
        Assert.Empty(result.Incidents);
        Assert.InRange(result.CommonMove, -0.12, -0.08);
    }

    [Fact]
    public void ARiseIsNoMissingShard()
    {
        var counts = Mornings.Steady(200, 90);
        for (var tag = 0; tag < 200; tag++)
            counts.SetToday(tag, Math.Round(counts.Today(tag) * 1.5));
        Assert.Null(Assert.Single(Mornings.Judge(counts).Incidents).Shards);
    }

    [Fact]
    public void AThirdOfTheTagsAtZeroIsOneLine()
    {
        var counts = Mornings.Steady(Tags, 90);
        for (var tag = 0; tag < Tags; tag += 3)
            counts.SetToday(tag, 0);
        var result = Mornings.Judge(counts);
        var incident = Assert.Single(result.Incidents);
        Assert.Equal((SharedEventKind.PartFell, Tags / 3, Tags), (incident.Kind, incident.Size, incident.Of));
        Assert.Equal(Enumerable.Range(0, Tags / 3).Select(i => 3 * i), incident.Members);
        Assert.Empty(result.Alarms());
    }

    [Fact]
    public void YesterdaysDataAgainIsAStaleCopy()
    {
        var counts = Mornings.Steady(Tags, 90);
        for (var tag = 0; tag < Tags; tag++)
            counts.SetToday(tag, counts.Yesterday(tag));
        Assert.Contains(Mornings.Judge(counts).Incidents, incident => incident.Kind == SharedEventKind.StaleCopy && incident.Size > Tags * 0.9);
    }

    [Fact]
    public void AQuietMorningIsNone()
    {
        var result = Mornings.Judge(Mornings.Steady(Tags, 90));
        Assert.Empty(result.Incidents);
        Assert.Empty(result.Alarms());
        Assert.All(result.Tags, tag => Assert.InRange(tag.Value, tag.LowAt(5.55), tag.HighAt(5.55)));
    }

    /// <summary>Today is a day of the low weekend, which has not been seen often.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(30)]
    public void AWeekendOfAYoungSourceIsNoIncident(int history) => Assert.Empty(Mornings.Judge(Mornings.Steady(Tags, history)).Incidents);
}
