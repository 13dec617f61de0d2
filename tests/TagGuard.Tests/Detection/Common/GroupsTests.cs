using TagGuard.Detection;
using TagGuard.Detection.Events;

namespace TagGuard.Tests.Detection.Common;

/// <summary>Named groups of tags that move together are one event.</summary>
public sealed class GroupsTests
{
    const int Tags = 60;

    static readonly int[] Family = [.. Enumerable.Range(10, 12)];
    static readonly int[] Table = [.. Enumerable.Range(4, 26)];
    static readonly int[] Other = [.. Enumerable.Range(40, 10)];

    [Theory]
    [InlineData(0.8)]
    [InlineData(0.5)]
    [InlineData(0.02)]
    [InlineData(2)]
    public void AGroupThatMovesAsOneIsFound(double factor)
    {
        var result = Judge(Moved(Family, factor), Family, Other);
        Assert.Equal((true, false), (result.Groups[0].IsFound, result.Groups[1].IsFound));
        Assert.Equal(Family, result.Groups[0].Members);
        Assert.Equal((Family.Length, Family.Length), (result.Groups[0].Size, result.Groups[0].Of));
        Assert.Equal(factor, result.Groups[0].Factor, factor * 0.1);
        Assert.Empty(result.Alarms());
    }

    [Fact]
    public void ATagThatDoesNotFollowIsJudgedAlone()
    {
        var counts = Moved(Family, 0.5);
        counts.SetToday(Family[3], 3 * counts.Yesterday(Family[3]));
        counts.SetToday(Other[2], 0);
        var result = Judge(counts, Family, Other);
        Assert.Equal(Family.Except([Family[3]]), result.Groups[0].Members);
        Assert.Equal([Family[3], Other[2]], result.Alarms().Order());
    }

    [Fact]
    public void ATagThatFallsMuchFurtherThanItsGroupIsToldBesideIt()
    {
        var counts = Moved(Family, 0.8);
        counts.SetToday(Family[5], 0);
        var result = Judge(counts, Family);
        Assert.Equal(Family.Except([Family[5]]), result.Groups[0].Members);
        Assert.Equal([Family[5]], result.Alarms());
    }

    /// <summary>The table has all the tags of the family, and more that fell: it is the better name.</summary>
    [Fact]
    public void ATagOfTwoGroupsBelongsToOne()
    {
        var result = Judge(Moved(Table, 0.6), Family, Table);
        var members = result.Groups.SelectMany(group => group.Members).ToList();
        Assert.Equal(Table, members.Order());
        Assert.Contains(result.Groups, group => group.IsFound && group.Members.Count == Table.Length);
        Assert.Single(result.Groups, group => group.IsFound);
    }

    [Fact]
    public void WhatTheSourceDidIsNotToldOfItsGroups()
    {
        var result = Judge(Moved([.. Enumerable.Range(0, Tags)], 0.5), Family, Table, Other);
        Assert.Single(result.Incidents);
        Assert.Equal(3, result.Groups.Count);
        Assert.All(result.Groups, group => Assert.Empty(group.Members));
    }

    /// <summary>Tags that go up and down together by a tenth all fall to a third: a factor would explain that, were it allowed to.</summary>
    [Fact]
    public void AFactorDoesNotExplainAFaultAway()
    {
        var random = new Random(5);
        var counts = Mornings.Steady(Tags, 126);
        for (var day = 0; day < CheckMorning.Days; day++)
        {
            var factor =
                day == CheckMorning.HistoryDays ? 1 / 3.0 : Math.Exp(0.1 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
            foreach (var tag in Table)
                counts[tag * CheckMorning.Days + day] *= factor;
        }
        var free = Detector.Judge(new CheckMorning(counts, Mornings.Weekday), DetectorSettings.Default with { MostOfFactor = double.MaxValue });
        Assert.DoesNotContain(free.Incidents, incident => incident.Kind == SharedEventKind.PartFell);
        var incident = Assert.Single(Mornings.Judge(counts).Incidents, incident => incident.Kind == SharedEventKind.PartFell);
        Assert.Equal(Table.Length, incident.Size);
        var named = Judge(counts, Table);
        Assert.Empty(named.Incidents);
        Assert.Equal(Table, named.Groups[0].Members);
    }

    [Fact]
    public void GroupsOfFewOrUnknownTagsAreNone()
    {
        var counts = Moved(Family, 0.5);
        foreach (var tag in Other)
            counts.SetToday(tag, double.NaN);
        var result = Judge(counts, [], [10], [10, 11], Other);
        Assert.All(result.Groups, group => Assert.False(group.IsFound));
        Assert.Equal([0, 1, 2, 0], result.Groups.Select(group => group.Of));
    }

    [Fact]
    public void WithGroupsOfQuietTagsAllIsAsWithoutThem()
    {
        var counts = Mornings.Steady(Tags, 90);
        var (with, without) = (Judge(counts, Family, Table), Judge(counts));
        Assert.Equal(without.Tags, with.Tags);
        Assert.Equal(2, with.Groups.Count);
        Assert.All(with.Groups, group => Assert.False(group.IsFound));
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(-1, 3)]
    [InlineData(3, 3)]
    public void AGroupOfWhatIsNoRowIsRefused(int first, int second) =>
        Assert.Contains(
            "Group 1 has",
            Assert.Throws<ArgumentException>(() => Judge(Mornings.Steady(Tags, 90), Family, [first, second])).Message,
            StringComparison.Ordinal);

    static double[] Moved(int[] tags, double factor)
    {
        var counts = Mornings.Steady(Tags, 90);
        foreach (var tag in tags)
            counts.SetToday(tag, Math.Round(counts.Today(tag) * factor));
        return counts;
    }

    static MorningResult Judge(double[] counts, params int[][] groups) => Detector.Judge(new CheckMorning(counts, Mornings.Weekday, groups: groups));
}
