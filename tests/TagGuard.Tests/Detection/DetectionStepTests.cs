using System.Runtime.Intrinsics;
using TagGuard.Detection;
using TagGuard.Detection.Common;
using TagGuard.Detection.Forecast;
using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Tests.Detection;

/// <summary>Each step of the detector against values that can be worked out by hand.</summary>
public sealed class DetectionStepTests
{
    [Theory]
    [InlineData(0, 1.22090)]
    [InlineData(20, 7.94212)]
    [InlineData(10_000, 33.99635)]
    [InlineData(1e300, 3079.4)]
    public void CountsAreFarApartAsTheirLogarithms(double count, double points)
    {
        var lanes = CountScale.Of(Vector256.Create(count));
        Assert.Equal(points, lanes[0], Math.Max(1e-4, 1e-3 * points));
        Assert.Equal(LogScale.Of(count), lanes[3], 1e-12 * (1 + points));
        Assert.Equal(count, CountScale.CountAt(lanes)[1], 1e-9 * (1 + count));
        Assert.Equal(LogScale.PerRelativeChange(count), CountScale.PerLogUnit(Vector256.Create(count))[2], 1e-12);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    public void ANetworkSortsEveryRowOfZerosAndOnesSoItSortsEverything(int length)
    {
        var network = new SortingNetwork(length);
        for (var bits = 0; bits < 1 << length; bits++)
        {
            var values = Enumerable.Range(0, length).Select(i => Vector256.Create((double)((bits >> i) & 1))).ToArray();
            network.Sort(values);
            Assert.Equal(values.Select(value => value[0]).Order(), values.Select(value => value[0]));
        }
    }

    [Fact]
    public void AMedianLeavesOutWhatIsNotKnown()
    {
        var median = LaneMedian.Of(
            [
                Vector256.Create(5, 1, double.NaN, 4),
                Vector256.Create(1, 2, double.NaN, double.NaN),
                Vector256.Create(3.0, double.NaN, double.NaN, double.NaN),
            ],
            new SortingNetwork(3),
            out var known);
        Assert.Equal(Vector256.Create(3.0, 2, 1, 0), Vector256.Create(known[0], known[1], known[3], known[2]));
        Assert.Equal((3, 1.5, 4), (median[0], median[1], median[3]));
        Assert.True(double.IsNaN(median[2]));
    }

    [Fact]
    public void AWeekdayThatIsSevenBelowPullsTheMeanOfItsWeekByOne()
    {
        var points = Days(day => (CheckMorning.HistoryDays - day) % 7 == 2 ? 93 : 100);
        Span<Lanes> offsets = stackalloc Lanes[7];
        Span<Lanes> weeks = stackalloc Lanes[7];
        WeekdayOffsets.Own(points, offsets, weeks);
        for (var place = 0; place < 7; place++)
        {
            Assert.Equal(place == 2 ? -6 : 1, offsets[place][0], 1e-12);
            Assert.Equal(10, weeks[place][0]);
        }
        Assert.Equal(100, WeekdayOffsets.Level(points)[0]);
    }

    [Fact]
    public void AnOffsetIsDrawnToThatOfTheSource()
    {
        Span<Lanes> offsets = [.. Enumerable.Range(0, 7).Select(place => Vector256.Create(place == 0 ? 6.0 : -1))];
        Span<Lanes> weeks = [.. Enumerable.Repeat(Vector256.Create(6.0), 7)];
        WeekdayOffsets.Blend(offsets, weeks, new Lanes[7], Lanes.One, profileWeeks: 6);
        Assert.Equal((3, -0.5), (offsets[0][0], offsets[6][0]));
    }

    [Theory]
    [InlineData(0, 9.999, 10.001, 1e-9)]
    [InlineData(1, 10, 13, 3)] // One bad day moves the forecast little: the errors were at most 0.3, so it is clipped at 0.9.
    [InlineData(3, 16, 17, 7)] // Three days on one side are a new level: six tenths of the way at once.
    public void TheForecastFollowsShiftsButNotSpikes(int daysOfTwenty, double least, double most, double error)
    {
        var points = Days(day => day >= CheckMorning.HistoryDays - daysOfTwenty && day < CheckMorning.HistoryDays ? 20 : 10);
        var errors = new Lanes[LevelFilters.Kept + 1];
        var forecast = LevelFilters.Run(points, new Lanes[7], (0.1, 0.3, 0.8), Lanes.One, Lanes.Zero, errors);
        Assert.InRange(forecast[0], least, most);
        Assert.InRange(-errors[^1][0], -1e-9, error);
        Assert.Equal(0, errors[0][0], 1e-9);
    }

    [Fact]
    public void AStockWalksOnWhileNobodyCountsItAndAFlowDoesNot()
    {
        // A step of 0.1 a day, and eight days that were not counted before yesterday.
        var points = Days(day => day is < 125 and >= 117 ? double.NaN : 10 + 0.1 * day);
        var (still, walking) = (new Lanes[LevelFilters.Kept + 1], new Lanes[LevelFilters.Kept + 1]);

        LevelFilters.Run(points, new Lanes[7], (0.1, 0.3, 0.8), Lanes.AllBitsSet, Lanes.Zero, still);
        LevelFilters.Run(points, new Lanes[7], (0.1, 0.3, 0.8), Lanes.AllBitsSet, Lanes.AllBitsSet, walking);

        Assert.True(Math.Abs(walking[^2][0]) < Math.Abs(still[^2][0]) / 2, $"{walking[^2][0]} against {still[^2][0]}");
        Assert.Equal(still[..^10].Select(error => error[0]), walking[..^10].Select(error => error[0]));
        Assert.Equal((1, Math.Sqrt(8)), (RandomWalk.Reach(8, flow: 1.5), RandomWalk.Reach(8, flow: 0)));
    }

    [Fact]
    public void AWalkOfDaysThatNobodyCountedIsNoFaultOfToday()
    {
        var (ofADay, ofItsDays) = (Alarms(walksOn: false, unknown: 8), Alarms(walksOn: true, unknown: 8));

        Assert.True(ofADay > 20 && ofItsDays < ofADay / 10, $"{ofADay} alarms, {ofItsDays} where a stock walks on");
        Assert.Equal(Alarms(walksOn: false, unknown: 0), Alarms(walksOn: true, unknown: 0));

        static int Alarms(bool walksOn, int unknown) => Enumerable.Range(0, 20).Sum(seed => Detector.Judge(
                new CheckMorning(Mornings.Walks(48, unknown, seed), Mornings.Weekday),
                DetectorSettings.Default with { WalksOn = walksOn })
            .Tags.Count(tag => tag.Score > DetectorSettings.Default.AlarmScore));
    }

    [Fact]
    public void TheFirstWeekHasNoErrors()
    {
        var points = Days(day => day < 100 ? double.NaN : 10);
        var errors = new Lanes[LevelFilters.Kept + 1];
        LevelFilters.Run(points, new Lanes[7], (0.1, 0.3, 0.8), Lanes.One, Lanes.Zero, errors);
        Assert.Equal(LevelFilters.Kept + 1 - (127 - 107), errors.Count(error => double.IsNaN(error[0])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheNoiseOfResidualsFromOneToSixtyThree(bool isShuffled)
    {
        var residuals = Enumerable
            .Range(1, 63)
            .Select(value => Vector256.Create(isShuffled ? value * 10 % 63 + 1.0 : value))
            .Append(Vector256.Create(1e9))
            .ToArray();
        var noise = NoiseScale.Of(residuals);
        Assert.Equal((1.4826 * 32, 62, 0, 63), (noise.Mad[0], noise.Second[1], noise.Down[2], noise.Days[3]));
        Assert.Equal(60.52 / 1.75, noise.Up[0], 1e-12);
    }

    [Fact]
    public void TheNoiseIsKnownFromThreeDaysOn()
    {
        var residuals = Enumerable
            .Range(0, 64)
            .Select(day => Vector256.Create(day < 3 ? day - 1 : double.NaN, day < 2 ? day : double.NaN, 1, double.NaN))
            .ToArray();
        var noise = NoiseScale.Of(residuals);
        Assert.Equal((1.4826, 1, 3), (noise.Mad[0], noise.Second[0], noise.Days[0]));
        Assert.True(double.IsNaN(noise.Mad[1]) && double.IsNaN(noise.Mad[3]));
    }

    [Theory]
    [InlineData(new[] { 1.0, 2, 10 }, new[] { 1.0, 1, 3 }, 10)]
    [InlineData(new[] { 10.0, 2, 1 }, new[] { 1.0, 1, 1 }, 2)]
    [InlineData(new[] { 4.0, 3, 2, 1 }, new[] { 1.0, 1, 1, 1 }, 2)]
    [InlineData(new[] { 4.0, double.NaN, 2, 1 }, new[] { 1.0, 9, 1, 1 }, 2)]
    [InlineData(new[] { 7.0, 7, 7, 7, 7 }, new[] { 1.0, 1, 1, 1, 1 }, 7)]
    [InlineData(new[] { -1e300, 1e-300, 1e300 }, new[] { 1.0, 1, 1 }, 1e-300)]
    [InlineData(new[] { 5.0, 6 }, new[] { 1.0, 1 }, 0)] // Too few.
    public void AWeightedMedianIsWhereHalfOfTheWeightIsReached(double[] values, double[] weights, double median) =>
        Assert.Equal(median, WeightedMedian.Of(InLanes(values, double.NaN), InLanes(weights, 1)));

    [Fact]
    public void AWeightedMedianIsThatOfSortedValues()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var values = Enumerable
                .Range(0, 3 + random.Next(60))
                .Select(_ => Math.Round(Math.Exp(20 * random.NextDouble() - 10), round % 6) - round % 3)
                .ToArray();
            var weights = values.Select(_ => 1.0 + random.Next(5)).ToArray();
            var (reached, half) = (0.0, weights.Sum() / 2);
            var wanted = values.Zip(weights).OrderBy(pair => pair.First).First(pair => (reached += pair.Second) >= half).First;
            Assert.Equal(wanted, WeightedMedian.Of(InLanes(values, double.NaN), InLanes(weights, 1)));
        }
    }

    [Fact]
    public void AFactorThatAllTagsShareIsRemoved()
    {
        const int columns = LevelFilters.Kept + 1;
        var scores = new Lanes[8 * columns];
        for (var i = 0; i < scores.Length; i++)
            scores[i] = Vector256.Create(1.0, -1, 0.5, 0) * Vector256.Create(Math.Sin(i % columns)) + Vector256.Create(0.001 * Math.Cos(i * 7.7));
        Assert.True(LatentFactors.Remove(scores, [], [], 32, DetectorSettings.Default) >= 1);
        // The prior of the loadings leaves a part: 20 / 83 of each, less with every factor.
        Assert.All(scores, score => Assert.InRange(Vector256.Sum(Vector256.Abs(score)), 0, 0.75));
    }

    [Fact]
    public void DaysAreCountedByWhatHappened()
    {
        var row = new double[CheckMorning.Days];
        Array.Fill(row, double.NaN);
        (int, double)[] seen =
            [(1, 5), (2, 5), (3, 0), (4, 0), (7, 0), (14, 9), (15, 9), (28, 2), (29, 2), (91, 0), (92, 4), (93, 4), (98, 0)];
        foreach (var (daysAgo, count) in seen)
            row[CheckMorning.HistoryDays - daysAgo] = count;
        Assert.Equal(new DayCounts(11, 4, 3, 4, 2, 2, 0b1010), DayCounts.Of(row));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.199526)]
    [InlineData(1.5, 0.102329)]
    [InlineData(100, 1e-6)]
    public void HighScoresAreRare(double score, double chance) => Assert.Equal(chance, ScoreChance.ChanceOf(score), 1e-6);

    /// <summary>127 days, the same in all lanes.</summary>
    static Lanes[] Days(Func<int, double> value) => [.. Enumerable.Range(0, CheckMorning.Days).Select(day => Vector256.Create(value(day)))];

    static Lanes[] InLanes(double[] values, double rest) =>
        [.. values.Chunk(4).Select(four => Vector256.Create([.. four, .. Enumerable.Repeat(rest, 4 - four.Length)]))];
}
