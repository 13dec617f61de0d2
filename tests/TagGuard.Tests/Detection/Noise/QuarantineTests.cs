using TagGuard.Detection;

namespace TagGuard.Tests.Detection.Noise;

/// <summary>Days that were found at fault teach nothing.</summary>
public sealed class QuarantineTests
{
    const int Tags = 40;
    const int Tag = 7;

    [Fact]
    public void AFaultThatIsNotRepairedStaysAFaultAsNew()
    {
        var counts = Mornings.Steady(Tags, 90, noise: 0.1);
        counts.SetDay(Tag, 1, counts.Yesterday(Tag) * 0.4);
        counts.SetDay(Tag, 0, counts.Today(Tag) * 0.4);
        var tag = Judge(counts, (Tag, 1)).Tags[Tag];
        Assert.True(tag.Notes.HasFlag(TagNotes.Ongoing));
        Assert.InRange(tag.Score, 0, 3);
        Assert.True(tag.ScoreAsNew > DetectorSettings.Default.AlarmScore, $"{tag.ScoreAsNew}");
    }

    [Fact]
    public void WithoutAnOngoingFaultAScoreIsThatOfANewOne()
    {
        var tags = Mornings.Judge(Mornings.Steady(Tags, 90)).Tags.Where(tag => tag.Ongoing == 0).ToList();
        Assert.NotEmpty(tags);
        Assert.All(tags, tag => Assert.Equal(tag.Score, tag.ScoreAsNew));
    }

    /// <summary>Three bad days in two months are a tail of the noise, unless they are known to be faults.</summary>
    [Fact]
    public void EarlierFaultsDoNotHideTheNext()
    {
        var counts = Mornings.Steady(Tags, 90, noise: 0.1);
        var faults = new[] { (Tag, 10), (Tag, 24), (Tag, 45) };
        foreach (var (tag, daysAgo) in faults)
            counts.SetDay(tag, daysAgo, 2000);
        counts.SetDay(Tag, 0, 5000);
        var (hidden, seen) = (Judge(counts).Tags[Tag], Judge(counts, faults).Tags[Tag]);
        Assert.True(hidden.NoiseDown > 2 * seen.NoiseDown);
        Assert.True(hidden.Score < DetectorSettings.Default.AlarmScore && seen.Score > DetectorSettings.Default.AlarmScore);
    }

    [Fact]
    public void ZerosOfQuarantinedDaysDoNotMakeAZeroUsual()
    {
        var counts = Mornings.Steady(Tags, 90, noise: 0.1);
        var faults = Enumerable.Range(1, 5).Select(week => (Tag, 7 * week)).ToArray();
        foreach (var (tag, daysAgo) in faults)
            counts.SetDay(tag, daysAgo, 0);
        counts.SetDay(Tag, 0, 0);
        Assert.False(Judge(counts).Tags[Tag].Notes.HasFlag(TagNotes.Zero));
        Assert.True(Judge(counts, faults).Tags[Tag].Notes.HasFlag(TagNotes.Zero));
    }

    [Fact]
    public void WithoutQuarantinedDaysAllBitsAreTheSame() =>
        Assert.Equal(Mornings.Judge(Mornings.Steady(Tags, 90)).Tags, Judge(Mornings.Steady(Tags, 90)).Tags);

    /// <summary>A quarantined day hardly matters to the others, and not at all when it lies before the history.</summary>
    [Fact]
    public void OtherTagsAreJudgedAsBefore()
    {
        var counts = Mornings.Steady(Tags, 90, noise: 0.1);
        var (with, without) = (Judge(counts, (Tag, 3), (Tag, 126)), Judge(counts));
        Assert.All(Enumerable.Range(0, Tags).Where(i => i != Tag), i => Assert.Equal(without.Tags[i].Score, with.Tags[i].Score, 0.1));
        Assert.Equal(without.Tags, Judge(counts, (Tag, 127), (Tag, 400)).Tags);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(Tags, 1)]
    [InlineData(0, 0)]
    public void ADayThatCannotBeQuarantinedIsRefused(int tag, int daysAgo) =>
        Assert.Contains(
            $"tag {tag}",
            Assert.Throws<ArgumentException>(() => Judge(Mornings.Steady(Tags, 90), (tag, daysAgo))).Message,
            StringComparison.Ordinal);

    static MorningResult Judge(double[] counts, params (int Tag, int DaysAgo)[] quarantined) =>
        Detector.Judge(new CheckMorning(counts, Mornings.Weekday, quarantined));
}
