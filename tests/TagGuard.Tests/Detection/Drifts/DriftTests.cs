using TagGuard.Detection;
using TagGuard.Detection.Drifts;

namespace TagGuard.Tests.Detection.Drifts;

/// <summary>Slow changes are listed once a week.</summary>
public sealed class DriftTests
{
    const int Tags = 40;
    const int Tag = 11;

    [Theory]
    [InlineData(0.02)]
    [InlineData(-0.02)]
    public void ASlowChangeIsListedThoughNoMorningAlarms(double perDay)
    {
        var counts = Drifting(perDay, [Tag]);
        Assert.DoesNotContain(Tag, Mornings.Judge(counts).Alarms());
        var drift = Assert.Single(Drift.Digest(new CheckMorning(counts, Mornings.Weekday)));
        Assert.Equal(Tag, drift.Tag);
        // The middle of the last 7 days is the 17th of the drift; none of its days lies in the base.
        Assert.Equal(17 * perDay, drift.Move, 0.05);
        Assert.Equal(Math.Exp(drift.Move), drift.Factor);
    }

    [Fact]
    public void WhatTheWholeSourceDoesIsNoDriftOfItsTags()
    {
        var drifts = Drift.Digest(new CheckMorning(Drifting(0.02, [.. Enumerable.Range(0, Tags)]), Mornings.Weekday), minScore: 0);
        Assert.Equal(Tags, drifts.Count);
        Assert.All(drifts, drift => Assert.InRange(drift.Score, 0, Drift.AlarmScore));
        Assert.All(drifts, drift => Assert.InRange(drift.CommonMove, 0.2, 0.4));
    }

    [Fact]
    public void TheStrongestComesFirstAndNoneTwiceInFourWeeks()
    {
        var counts = Drifting(0.02, [Tag]);
        for (var day = 0; day < CheckMorning.Days; day++)
            counts[30 * CheckMorning.Days + day] *= Math.Exp(0.03 * Math.Max(day - CheckMorning.Days + 21, 0));
        var morning = new CheckMorning(counts, Mornings.Weekday);
        Assert.Equal([30, Tag], Drift.Digest(morning).Select(drift => drift.Tag));
        Assert.Equal([Tag], Drift.Digest(morning, new HashSet<int> { 30 }).Select(drift => drift.Tag));
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(Tags, 14)]
    [InlineData(Tags, 50)]
    [InlineData(0, 0)]
    public void QuietTagsAreNotListed(int tags, int history) =>
        Assert.Empty(Drift.Digest(new CheckMorning(Mornings.Steady(tags, history), Mornings.Weekday)));

    [Fact]
    public void TagsOfFewerThanSixWeeksAreNotJudged()
    {
        Assert.Empty(Drift.Digest(new CheckMorning(Mornings.Steady(Tags, 30), Mornings.Weekday), minScore: 0));
        Assert.Equal(Tags, Drift.Digest(new CheckMorning(Mornings.Steady(Tags, 45), Mornings.Weekday), minScore: 0).Count);
    }

    /// <summary>Nine weeks are too few to have seen a drift of each tag; by their steps, calm tags are known to drift little.</summary>
    [Theory]
    [InlineData(-0.015, 20)]
    [InlineData(-0.02, 17)]
    public void ALeakOfACalmTagIsListedInAYoungCheckToo(double perDay, int days)
    {
        var counts = Walking(62, new Random(3));
        for (var ago = days; ago >= 0; ago--)
            counts[(Tag + 1) * CheckMorning.Days - 1 - ago] *= Math.Exp(perDay * (days - ago));

        Assert.Equal([Tag], Drift.Digest(new CheckMorning(counts, Mornings.Weekday)).Select(drift => drift.Tag));
    }

    [Fact]
    public void CalmTagsOfAYoungCheckAreSeldomListed()
    {
        var random = new Random(5);
        var listed = Enumerable.Range(0, 50).Sum(_ => Drift.Digest(new CheckMorning(Walking(62, random), Mornings.Weekday)).Count);

        Assert.InRange(listed, 0, 50 * Tags * 0.0023 * 2);
    }

    /// <summary>Counts of 3,000 that step by half a per cent a day, each by itself.</summary>
    static double[] Walking(int days, Random random)
    {
        var counts = new double[Tags * CheckMorning.Days];
        Array.Fill(counts, double.NaN);
        for (var tag = 0; tag < Tags; tag++)
        {
            var level = 3000.0;
            for (var ago = days; ago >= 0; ago--)
            {
                level *= 1 + 0.005 * (random.NextDouble() + random.NextDouble() - 1) * 2.45;
                counts[(tag + 1) * CheckMorning.Days - 1 - ago] = Math.Round(level);
            }
        }
        return counts;
    }

    [Fact]
    public void QuarantinedDaysDoNotCount()
    {
        var counts = Mornings.Steady(Tags, 126);
        var days = Enumerable.Range(1, 5).ToList();
        foreach (var day in days)
            counts.SetDay(Tag, day, 1000);
        Assert.Single(Drift.Digest(new CheckMorning(counts, Mornings.Weekday)));
        Assert.Empty(Drift.Digest(new CheckMorning(counts, Mornings.Weekday, [.. days.Select(day => (Tag, day))])));
    }

    /// <summary>Counts that change by so much a day in the last three weeks.</summary>
    static double[] Drifting(double perDay, int[] tags)
    {
        var counts = Mornings.Steady(Tags, 126, noise: 0.05);
        foreach (var tag in tags)
        {
            for (var day = CheckMorning.Days - 21; day < CheckMorning.Days; day++)
                counts[tag * CheckMorning.Days + day] *= Math.Exp(perDay * (day - CheckMorning.Days + 21));
        }
        return counts;
    }
}
