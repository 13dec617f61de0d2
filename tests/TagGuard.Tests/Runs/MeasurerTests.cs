using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Runs;

public sealed class MeasurerTests
{
    static readonly TablePlan Orders = new() { Table = new("dw.orders"), Partition = "data_date" };

    static CheckPlan Check(TimeSpan? timeout = null) => new()
    {
        Name = Some.Check,
        Timeout = timeout ?? TimeSpan.FromMinutes(1),
        Measure = new CountMeasure { Connection = "fake", Table = Orders.Table, Partition = Orders.Partition },
    };

    static Measurer Over(FakeSource source) => new(source, TimeProvider.System, new Watchers());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ASourceThatFailsIsAMissedMeasurementThatSaysWhy(bool isAbsent)
    {
        var source = new FakeSource { Count = (_, _) => throw FakeSource.Fault(isAbsent) };

        var (taking, _) = await Over(source).MeasureAsync(Check(), Some.Day, TestContext.Current.CancellationToken);

        var missed = Assert.IsType<Measurement.Missed>(Assert.Single(taking.Measurements));
        Assert.Equal(isAbsent, missed.IsAbsent);
        Assert.Contains("It is down.", missed.Reason, StringComparison.Ordinal);
        Assert.Equal("select 1", taking.Asked);
    }

    [Fact]
    public async Task ANumberThatIsThereTwiceIsAMissedMeasurement()
    {
        var check = Check() with { Measure = new Twice() };

        var (taking, _) = await Over(new FakeSource()).MeasureAsync(check, Some.Day, TestContext.Current.CancellationToken);

        var missed = Assert.IsType<Measurement.Missed>(Assert.Single(taking.Measurements));
        Assert.Contains("was measured twice", missed.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task ATimeoutIsAMissedMeasurementThatNamesTheTime()
    {
        var source = new FakeSource { Count = async (_, token) => { await Task.Delay(Timeout.Infinite, token); return 1; } };

        var (taking, _) = await Over(source).MeasureAsync(Check(TimeSpan.FromMilliseconds(20)), Some.Day, TestContext.Current.CancellationToken);

        var missed = Assert.IsType<Measurement.Missed>(Assert.Single(taking.Measurements));
        Assert.False(missed.IsAbsent);
        Assert.Contains("00:00:00.02", missed.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task AnInterruptionIsNoTimeoutAndGoesUp()
    {
        using var stop = new CancellationTokenSource();
        var source = new FakeSource { Count = async (_, token) => { await stop.CancelAsync(); token.ThrowIfCancellationRequested(); return 1; } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Over(source).MeasureAsync(Check(), Some.Day, stop.Token));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ASourceThatBlocksIsLeftBehindAndTheOthersGoOn(bool isInterrupted)
    {
        using var stop = new CancellationTokenSource();
        using var never = new ManualResetEventSlim();
        var source = new FakeSource
        {
            Count = (_, _) =>
            {
                if (isInterrupted)
                    stop.Cancel();
                never.Wait(TestContext.Current.CancellationToken);
                return Task.FromResult(1L);
            },
        };
        var measuring = Over(source).MeasureAsync(Check(isInterrupted ? null : TimeSpan.FromMilliseconds(20)), Some.Day, stop.Token);

        if (isInterrupted)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring);
        else
            Assert.Contains(
                "No answer within",
                Assert.IsType<Measurement.Missed>(Assert.Single((await measuring).Taking.Measurements)).Reason,
                StringComparison.Ordinal);

        Assert.Equal(1, source.Abandoned);
        never.Set();
    }

    [Fact]
    public async Task ASourceThatStopsWhenToldIsNotLeftBehind()
    {
        var source = new FakeSource { Count = async (_, token) => { await Task.Delay(Timeout.Infinite, token); return 1; } };

        await Over(source).MeasureAsync(Check(TimeSpan.FromMilliseconds(20)), Some.Day, TestContext.Current.CancellationToken);

        Assert.Equal(0, source.Abandoned);
    }

    [Fact]
    public async Task ABugIsNotHiddenAsAMissedMeasurement()
    {
        var source = new FakeSource { Count = (_, _) => throw new InvalidOperationException("a bug") };

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Over(source).MeasureAsync(Check(), Some.Day, TestContext.Current.CancellationToken));
    }

    /// <summary>Gives one series two numbers.</summary>
    sealed record Twice : IMeasure
    {
        public IReadOnlyList<string> Metrics => [TagGuard.Facts.Metrics.Rows];

        public IReadOnlyList<Need> Needs => [];

        public IReadOnlyList<IRule> Rules => [];

        public IEnumerable<KeyMistake> Mistakes() => [];

        public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) => [];

        public Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new Taking([Some.Taken(Some.Rows, 1), Some.Taken(Some.Rows, 2)], "asked"));
    }
}
