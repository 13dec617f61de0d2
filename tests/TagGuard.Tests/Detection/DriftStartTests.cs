using TagGuard.Detection;
using TagGuard.Detection.Drifts;

namespace TagGuard.Tests.Detection;

public sealed class DriftStartTests
{
    static double[] Row(Func<int, double> atDaysAgo, double noise = 0.003)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, CheckMorning.Days)
            .Select(day => Math.Round(20_000 * atDaysAgo(CheckMorning.HistoryDays - day) * (1 + noise * (random.NextDouble() - 0.5))))];
    }

    [Theory]
    [InlineData(10, -0.01)]
    [InlineData(20, -0.01)]
    [InlineData(15, 0.02)]
    public void TheFirstDayAndTheRateAreFound(int days, double rate)
    {
        var start = DriftStart.Of(Row(ago => Math.Pow(1 + rate, Math.Max(days - ago, 0))))!.Value;

        Assert.True(start.IsSlow);
        Assert.InRange(start.DaysAgo, days - 2, days + 2);
        Assert.Equal(Math.Log(1 + rate), start.PerDay, 0.002);
    }

    [Fact]
    public void AWeekendIsNoSlowChange() =>
        Assert.False(DriftStart.Of(Row(ago => ago % 7 is 2 or 3 ? 0.6 : 1))!.Value.IsSlow);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(9)]
    public void AStepIsNoSlowChange(int since) => Assert.False(DriftStart.Of(Row(ago => ago <= since ? 0.8 : 1))!.Value.IsSlow);

    [Fact]
    public void WithTooFewDaysThereIsNone()
    {
        var row = Row(_ => 1);
        row.AsSpan(0, CheckMorning.Days - 8).Fill(double.NaN);

        Assert.Null(DriftStart.Of(row));
    }
}
