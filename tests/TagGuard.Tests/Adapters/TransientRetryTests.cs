using TagGuard.Adapters;
using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.StoreContracts;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Adapters;

/// <summary>A source that does not answer is asked again, and how often.</summary>
public sealed class TransientRetryTests
{
    readonly HandClock _clock = new(Some.Now);
    readonly FakeSource _source = new();
    readonly RetryWatcher _watcher = new();
    int _asked;

    [Fact]
    public async Task WhatAnswersAtTheFourthTryIsMeasuredAndEachRepeatIsTold()
    {
        _source.Count = (_, _) => ++_asked < 4 ? throw Fault(isTransient: true) : Task.FromResult(7L);

        var taking = await MeasureAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(7, Assert.IsType<Measurement.Taken>(taking.Measurements[0]).Value);
        Assert.Equal([1, 2, 3], _watcher.Told.Select(again => again.Try));
        Assert.All(_watcher.Told, again => Assert.InRange(again.After, TimeSpan.Zero, TimeSpan.FromSeconds(20)));
        Assert.True(_watcher.Told.Sum(again => again.After.TotalSeconds) > 1, "It was asked again without a pause.");
    }

    [Fact]
    public async Task WhatStillDoesNotAnswerAfterThreeRepeatsIsMissed()
    {
        _source.Count = (_, _) => ++_asked > 0 ? throw Fault(isTransient: true) : Task.FromResult(0L);

        var missed = Assert.IsType<Measurement.Missed>((await MeasureAsync(TimeSpan.FromMinutes(10))).Measurements[0]);

        Assert.Equal(4, _asked);
        Assert.True(missed.IsTransient);
        Assert.Contains("It is down.", missed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWillNotChangeIsAskedOnce()
    {
        _source.Count = (_, _) => ++_asked > 0 ? throw Fault(isTransient: false) : Task.FromResult(0L);

        var missed = Assert.IsType<Measurement.Missed>((await MeasureAsync(TimeSpan.FromMinutes(10))).Measurements[0]);

        Assert.Equal((1, false), (_asked, missed.IsTransient));
        Assert.Empty(_watcher.Told);
    }

    [Fact]
    public async Task TheTimeoutOfTheCheckEndsTheRepeatsAndTellsWhyTheyWereNeeded()
    {
        _source.Count = async (_, token) =>
        {
            if (++_asked == 1)
                throw Fault(isTransient: true);
            await Task.Delay(TimeSpan.FromHours(1), _clock, token);
            return 0;
        };

        var missed = Assert.IsType<Measurement.Missed>((await MeasureAsync(TimeSpan.FromMinutes(1))).Measurements[0]);

        Assert.Contains("No answer within 00:01:00", missed.Reason, StringComparison.Ordinal);
        Assert.Contains("It is down.", missed.Reason, StringComparison.Ordinal);
        Assert.InRange(_clock.GetUtcNow() - Some.Now, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.1));
    }

    static SourceException Fault(bool isTransient) => new("fake", "nowhere", "It is down.", "select 1") { IsTransient = isTransient };

    async Task<Taking> MeasureAsync(TimeSpan timeout)
    {
        var measurer = new Measurer(_source, _clock, _watcher, new TransientRetry(_clock));
        var check = new CheckPlan
        {
            Name = Some.Check,
            Timeout = timeout,
            Measure = new CountMeasure
            {
                Connection = "fake",
                Table = new("t"),
                Partition = "ds",
            },
        };
        var measuring = measurer.MeasureAsync(check, Some.Day, TestContext.Current.CancellationToken);
        while (!measuring.IsCompleted)
        {
            // The timeout is one alarm; a pause before the next try, or a question that hangs, the other.
            if (_clock.Alarms > 1)
                _clock.Move(TimeSpan.FromSeconds(0.5));
            await Task.Yield();
        }
        return (await measuring).Taking;
    }

    sealed class RetryWatcher : IRunWatcher
    {
        public List<AskedAgain> Told { get; } = [];

        public void AskedAgain(string check, AskedAgain again) => Told.Add(again);
    }
}
