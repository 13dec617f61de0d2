using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using TagGuard.Detection;
using TagGuard.Detection.Drifts;

namespace TagGuard.Tests.Detection;

/// <summary>What holds for every source and morning.</summary>
public sealed class DetectorPropertyTests
{
    /// <summary>Tags of very different sizes and histories, some with gaps, zeros and jumps.</summary>
    static readonly Gen<double[]> Counts =
        from tags in Gen.Choose(1, 45)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Random(tags, seed);

    static readonly Gen<double> Anything = Gen.Elements(
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        0,
        -0.0,
        -1,
        -1e300,
        double.Epsilon,
        0.5,
        1,
        20,
        1e4,
        1e15,
        1e300,
        double.MaxValue,
        double.MinValue);

    static readonly Config Quick = Config.QuickThrowOnFailure;

    [Fact]
    public void TheOrderOfTheTagsDoesNotMatter() => Check.One(Quick, Prop.ForAll(Arb.From(Counts), counts =>
    {
        var turned = counts.Chunk(CheckMorning.Days).Reverse().SelectMany(row => row).ToArray();
        var scores = Mornings.Scores(counts);
        var others = Mornings.Scores(turned);
        for (var i = 0; i < scores.Length; i++)
            Assert.Equal(scores[i], others[scores.Length - 1 - i], double.IsNaN(scores[i]) ? 0 : 1e-6 * (1 + scores[i]));
    }));

    [Fact]
    public void NoInputThrowsAndEveryScoreIsANumberOrUnknown() => Check.One(Quick, Prop.ForAll(Arb.From(
        from tags in Gen.Choose(0, 30)
        from counts in Gen.ArrayOf(Gen.Frequency((1, Anything), (2, Gen.Choose(0, 1000).Select(value => (double)value))), tags * CheckMorning.Days)
        select counts), counts => Assert.All(JudgedWithAll(counts).Tags, tag =>
    {
        Assert.True(double.IsNaN(tag.Score) || (double.IsFinite(tag.Score) && tag.Score >= 0));
        Assert.True(double.IsNaN(tag.Score) ? double.IsNaN(tag.ScoreAsNew) : tag.ScoreAsNew >= tag.Score);
        Assert.True(double.IsNaN(tag.Score) || tag.LowAt(5) <= tag.HighAt(5));
        Assert.Equal(double.IsNaN(tag.Score), tag.Notes is TagNotes.Missing or TagNotes.TooFewDays);
    })));

    [Fact]
    public void TagsOfWhichNothingIsKnownDoNotChangeTheOthers() => Check.One(Quick, Prop.ForAll(Arb.From(Counts), counts =>
    {
        var few = counts[..(Math.Min(3, counts.Length / CheckMorning.Days) * CheckMorning.Days)];
        var padded = new double[few.Length + 3 * CheckMorning.Days];
        Array.Fill(padded, double.NaN);
        few.CopyTo(padded, 0);
        Assert.Equal(Mornings.Scores(few), Mornings.Scores(padded)[..(few.Length / CheckMorning.Days)]);
    }));

    [Fact]
    public void TheSameBitsComeOfEveryNumberOfThreads()
    {
        var mornings = Enumerable.Range(0, 24).Select(i => Random(1 + 5 * i, i)).ToArray();
        var alone = mornings.Select(Mornings.Scores).ToArray();
        var together = new double[mornings.Length][];
        Parallel.For(
            0,
            4 * mornings.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => together[i % mornings.Length] = Mornings.Scores(mornings[i % mornings.Length]));
        Assert.Equal(
            alone.SelectMany(scores => scores).Select(BitConverter.DoubleToInt64Bits),
            together.SelectMany(scores => scores).Select(BitConverter.DoubleToInt64Bits));
    }

    [Fact]
    public void TenTimesTheUsersKeepTheRanking()
    {
        var counts = Mornings.Steady(60, 100, users: 5e6, noise: 0.2);
        var scores = Mornings.Scores(counts);
        var tenfold = Mornings.Scores([.. counts.Select(count => 10 * count)]);
        for (var i = 0; i < scores.Length; i++)
            Assert.Equal(scores[i], tenfold[i], 1e-3 * (1 + scores[i]));
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(1, 90)]
    [InlineData(1, 400)]
    [InlineData(12, 30)]
    [InlineData(12, 90)]
    [InlineData(12, 400)]
    [InlineData(100, 30)]
    [InlineData(100, 90)]
    [InlineData(100, 400)]
    public void ASteadyTagThatFallsToZeroAlarms(int tags, int history)
    {
        var counts = Mornings.Steady(tags, history);
        counts.SetToday(tags / 2, 0);
        var result = Mornings.Judge(counts);
        Assert.Equal([tags / 2], result.Alarms());
        Assert.Empty(result.Incidents);
        Assert.True(result.Tags[tags / 2].Notes.HasFlag(TagNotes.Zero));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(28)]
    [InlineData(60)]
    [InlineData(126)]
    public void MoreDaysNeverMakeACertainFaultUncertain(int history)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var counts = Mornings.Steady(1, history, users: 1000, noise: 0.06, seed);
            counts.SetToday(0, 0);
            Assert.Equal([0], Mornings.Judge(counts).Alarms());
        }
    }

    [Fact]
    public void TheSameBitsComeOfTheSameMorningWithGroupsAndQuarantine()
    {
        var counts = Random(45, 8);
        var first = JudgedWithAll(counts);
        var second = JudgedWithAll([.. counts]);
        Assert.Equal(first.Tags, second.Tags);
        Assert.Equal(
            first.Groups.Select(group => (group.Move, group.Noise, group.Score)),
            second.Groups.Select(group => (group.Move, group.Noise, group.Score)));
        Assert.Equal(first.Alarms(), second.Alarms());
    }

    /// <summary>Room for all days is taken from a pool, so it is asked for again; an object
    /// for each tag, or for each of its days, would show.</summary>
    [Fact]
    public void ATagCostsTheMemoryOfItsResultAndOfAFewNumbersBesideIt()
    {
        const int few = 2_000, many = 12_000;

        var perTag = (Least(many) - Least(few)) / (double)(many - few);

        Assert.InRange(perTag, Unsafe.SizeOf<TagResult>(), Unsafe.SizeOf<TagResult>() + 64 * sizeof(double));

        // A collection may have emptied the pool.
        static long Least(int tags) => Enumerable.Range(0, 4).Min(_ => Allocated(tags));

        static long Allocated(int tags)
        {
            var morning = new CheckMorning(Mornings.Steady(tags, 90), Mornings.Weekday);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Detector.Judge(morning);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void TheOrderOfTheTagsDoesNotMatterToGroupsAndDrifts() =>
        Check.One(
            Quick,
            Prop.ForAll(
                Arb.From(Counts),
                counts =>
                {
                    var tags = counts.Length / CheckMorning.Days;
                    var turned = counts.Chunk(CheckMorning.Days).Reverse().SelectMany(row => row).ToArray();
                    int[] group = [.. Enumerable.Range(0, tags).Where(tag => tag % 2 == 0)];
                    var (one, other) = (
                        new CheckMorning(counts, Mornings.Weekday, groups: [group]),
                        new CheckMorning(
                            turned,
                            Mornings.Weekday,
                            groups:
                            [
                                [.. group.Select(tag => tags - 1 - tag)],
                            ]));
                    Assert.Equal(Detector.Judge(one).Groups[0].Move, Detector.Judge(other).Groups[0].Move, 1e-9);
                    Assert.Equal(
                        Drift.Digest(one, minScore: 0).Select(drift => Math.Round(drift.Score, 6)),
                        Drift.Digest(other, minScore: 0).Select(drift => Math.Round(drift.Score, 6)));
                }));

    /// <summary>With a group of every second tag, and with quarantined days.</summary>
    static MorningResult JudgedWithAll(double[] counts)
    {
        var tags = counts.Length / CheckMorning.Days;
        var morning = new CheckMorning(
            counts,
            Mornings.Weekday,
            [.. Enumerable.Range(0, tags).Where(tag => tag % 3 == 0).SelectMany(tag => new[] { (tag, 1), (tag, 1 + tag), (tag, 126), (tag, 300) })],
            [[.. Enumerable.Range(0, tags).Where(tag => tag % 2 == 0)], [.. Enumerable.Range(0, tags)], []]);
        Assert.All(Drift.Digest(morning, minScore: 0), drift => Assert.True(double.IsFinite(drift.Score)));
        return Detector.Judge(morning);
    }

    static double[] Random(int tags, int seed)
    {
        var random = new Random(seed);
        var counts = new double[tags * CheckMorning.Days];
        for (var tag = 0; tag < tags; tag++)
        {
            var history = random.Next(CheckMorning.Days);
            var users = Math.Exp(12 * random.NextDouble());
            var noise = random.NextDouble();
            var gaps = random.Next(3) == 0 ? 0.2 : 0;
            for (var day = 0; day < CheckMorning.Days; day++)
            {
                var isUnknown = day < CheckMorning.HistoryDays - history || random.NextDouble() < gaps;
                var count = users * Math.Exp(noise * (random.NextDouble() - 0.5)) * (random.Next(50) == 0 ? 0 : 1);
                counts[tag * CheckMorning.Days + day] = isUnknown ? double.NaN : Math.Round(count);
            }
        }
        return counts;
    }
}
