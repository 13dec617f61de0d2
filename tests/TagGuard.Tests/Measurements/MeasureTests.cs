using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements.Past;
using TagGuard.Measurements;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Measurements;

/// <summary>How each measurement turns an answer into numbers.</summary>
public sealed class MeasureTests
{
    readonly FakeSource _source = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACountAsksForThePartitionOfTheDate()
    {
        TablePart? asked = null;
        _source.Count = (part, _) => Task.FromResult((asked = part) is null ? 0L : 42L);

        var taking = await new CountMeasure
        {
            Connection = "fake",
            Table = new("dw.orders"),
            Partition = "ds",
            PartitionValue = new("{date:yyyy-MM-dd}"),
            Where = "a = 1",
        }.TakeAsync(_source.Context(), Token);

        Assert.Equal(new TablePart("dw.orders", "ds", "2026-02-03", "a = 1"), asked);
        Assert.Equal(42, Assert.IsType<Measurement.Taken>(taking.Measurements.Single()).Value);
    }

    [Theory]
    [InlineData("2026-02-04T02:10:00Z", 130)]
    [InlineData("2026-02-03T23:50:00Z", -10)]
    public async Task AMarkerIsMeasuredInMinutesAfterTheBusinessDate(string modified, double minutes)
    {
        _source.Found = new PathInfo("x", false, 0, DateTimeOffset.Parse(modified));

        var taking = await new PathMeasure { Connection = "fake", Path = new("{date:yyyyMMdd}/_SUCCESS") }.TakeAsync(_source.Context(), Token);

        Assert.Equal(minutes, Assert.IsType<Measurement.Taken>(taking.Measurements.Single()).Value);
        Assert.Equal("20260203/_SUCCESS", taking.Asked);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(60, true)]
    [InlineData(600, false)]
    public async Task AMarkerThatIsNotThereOrStillChangingIsAbsent(int? quietSeconds, bool isMissed)
    {
        _source.Found = quietSeconds is int seconds ? new PathInfo("x", false, 0, Some.Now.AddSeconds(-seconds)) : null;

        var taking = await new PathMeasure
        {
            Connection = "fake",
            Path = new("{date:yyyyMMdd}"),
            StableFor = TimeSpan.FromMinutes(5),
        }.TakeAsync(_source.Context(), Token);

        Assert.Equal(isMissed, taking.Measurements.Single() is Measurement.Missed { IsAbsent: true });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatTheSystemCountsBesideTheListingIsAChangeUnlessASecondLookIsTheSame(bool changes)
    {
        var part = new PathInfo("day/part-0", false, 5, Some.Now.AddHours(-1));
        _source.Found = new PathInfo("day", true, 0, Some.Now.AddHours(-1));
        _source.Folders["day"] = [part];
        _source.Content = () =>
        {
            if (changes)
                _source.Folders["day"] = [part, part with { Path = "day/part-1" }];
            return new FolderContent(Files: 2, Folders: 0, Bytes: 10);
        };

        var taking = await new PathMeasure { Connection = "fake", Path = new("{date:yyyyMMdd}"), LeastFiles = 1 }
            .TakeAsync(_source.Context(), Token);

        const string Told = "day was changed while it was looked through.";
        Assert.Equal(changes, taking.Measurements.Single() is Measurement.Missed { IsAbsent: true, Reason: Told });
    }

    public static TheoryData<object?, double?> NewestEvents => new()
    {
        { new DateTime(2026, 2, 3, 22, 0, 0, DateTimeKind.Unspecified), 120 },
        { new DateTime(2026, 2, 4, 0, 30, 0, DateTimeKind.Utc), -30 },
        { null, null },
        { "soon", null },
        { double.NaN, null },
    };

    [Theory]
    [MemberData(nameof(NewestEvents))]
    public async Task FreshnessIsTheGapToTheEndOfTheDateAndNoTimeIsNoNumber(object? newest, double? lag)
    {
        _source.Answer = new RowsAnswer(1, newest, "");

        var taking = await new FreshnessMeasure
        {
            Connection = "fake",
            Sql = "select",
            MaxLag = TimeSpan.FromHours(1),
        }.TakeAsync(_source.Context(), Token);

        Assert.Equal(lag, (taking.Measurements.Single() as Measurement.Taken)?.Value);
    }

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("America/Los_Angeles")]
    public async Task TheEndsOfTheCalendarAreMeasuredInAnyZone(string zone)
    {
        var context = _source.Context() with { Day = new BusinessDay(Some.Date, TimeZoneInfo.FindSystemTimeZoneById(zone)) };
        var measure = new FreshnessMeasure { Connection = "fake", Sql = "select", MaxLag = TimeSpan.FromHours(1) };
        foreach (var (newest, sign) in new[] { (DateTime.MaxValue, -1), (DateTime.MinValue, 1) })
        {
            _source.Answer = new RowsAnswer(1, newest, "");

            var taken = Assert.IsType<Measurement.Taken>((await measure.TakeAsync(context, Token)).Measurements.Single());

            Assert.Equal(sign, Math.Sign(taken.Value));
            Assert.Equal(Finding.ImpossibleTime, measure.Rules.Single().Judge(Some.Batch(taken) with { Day = context.Day }).Single().Finding);
        }
    }

    [Theory]
    [InlineData(-120, 0, false)]
    [InlineData(-120, 300, true)]
    [InlineData(-4000, 300, false)]
    public async Task AMarkerOfAClockThatIsALittleAheadIsNewAndOneFarAheadIsForTheRule(int secondsAgo, int stableFor, bool isMissed)
    {
        _source.Found = new PathInfo("x", false, 0, Some.Now.AddSeconds(-secondsAgo));

        var taking = await new PathMeasure
        {
            Connection = "fake",
            Path = new("{date:yyyyMMdd}"),
            StableFor = TimeSpan.FromSeconds(stableFor),
        }.TakeAsync(_source.Context(), Token);

        Assert.Equal(isMissed, taking.Measurements.Single() is Measurement.Missed);
        Assert.True(
            taking.Measurements.Single() is not Measurement.Missed missed || missed.Reason.Contains("changed 0 s ago", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneSideThatDoesNotAnswerLeavesTheOtherMeasured()
    {
        _source.Count = (part, _) => part.Table == "a" ? Task.FromResult(5L) : throw FakeSource.Fault();
        var side = new SidePlan { Connection = "fake", Partition = "ds", Table = new("a") };

        var taking = await new EqualMeasure { Left = side, Right = side with { Table = new("b") } }.TakeAsync(_source.Context(), Token);

        Assert.Equal(5, Assert.IsType<Measurement.Taken>(taking.Measurements[0]).Value);
        Assert.IsType<Measurement.Missed>(taking.Measurements[1]);
    }

    [Fact]
    public async Task AVolumeHasSharesOfAllTaggedAndOfActiveUsers()
    {
        _source.Volumes = new Volumes(10, 10, 8, 2, 1, 0, 4, [new("A_1", 4, 1), new("", 2, 0)], "");

        var taking = await Volume().TakeAsync(_source.Context(), Token);

        Assert.Contains(new Measurement.Taken(Some.Tag("A_1"), 4, 0.5, 0.25), taking.Measurements);
        Assert.Contains(new Measurement.Taken(Some.Tag("(empty)"), 2, 0.25, 0), taking.Measurements);
        Assert.True(taking.CountedEveryKey);
    }

    [Fact]
    public async Task ActiveUsersOfADayWithoutAnyHaveNoShareRatherThanAnInfiniteOne()
    {
        _source.Volumes = new Volumes(1, 1, 1, 0, 0, 0, 0, [new("A_1", 1, 0)], "");

        var taking = await Volume().TakeAsync(_source.Context(), Token);

        Assert.Null(taking.Measurements.OfType<Measurement.Taken>().Single(taken => taken.Series.Key == "A_1").ShareOfActive);
    }

    [Fact]
    public async Task AnEmptyPartitionClosesTheGateThoughThePlanNamesNoRule()
    {
        _source.Volumes = new Volumes(0, 0, 0, 0, 0, 0, 0, [], "");
        var volume = Volume();

        var taking = await volume.TakeAsync(_source.Context(), Token);
        var batch = Some.Batch([.. taking.Measurements]);
        var judgements = volume.Rules.SelectMany(rule => rule.Judge(batch)).ToList();

        Assert.False(Gate.Decide(judgements, []).IsOpen);
        Assert.Equal(
            [Metrics.ActiveUsers, Metrics.TaggedUsers],
            judgements
                .Where(judgement => judgement is { Verdict: Verdict.Fail, Finding: Finding.Zero })
                .Select(judgement => judgement.Series.Metric)
                .Order());
    }

    [Fact]
    public async Task ActiveUsersLieInThePartitionOfTheTagsUnlessThePlanSaysOtherwise()
    {
        _source.Volumes = new Volumes(0, 0, 0, 0, 0, 0, 0, [], "");

        await Volume().TakeAsync(_source.Context(), Token);

        Assert.Equal(new TablePart("dw.login", "ds", "20260203", null), _source.Asked!.Active!.Part);
    }

    [Fact]
    public void ATagThatWasSeenLatelyAndIsGoneHasZeroUsersAndOneGoneForLongIsRetired()
    {
        var history = Some.History(
            Some.Before(Some.Tag("A_1"), 5, 6), Some.Before(Some.Tag("A_2"), 5, 0),
            new(Some.Tag("A_3"), [new(Some.Date.AddDays(-Vanished.Days - 1), 7)]), Some.Before(Some.Tag("A_4"), 0, 0));
        var taking = new Taking([Some.Taken(Some.Tag("A_9"), 1)], "", CountedEveryKey: true);

        var today = Vanished.AddTo(taking, history);

        Assert.Equal(["A_9", "A_1", "A_2"], today.Select(measurement => measurement.Series.Key));
        Assert.All(today.Skip(1), gone => Assert.Equal(0, ((Measurement.Taken)gone).Value));
    }

    [Fact]
    public void NothingIsSaidToBeGoneWhenNotEveryKeyWasCounted()
    {
        var taking = new Taking([Some.Missed(Some.Total(Metrics.TaggedUsers))], "");

        Assert.Equal(taking.Measurements, Vanished.AddTo(taking, Some.History(Some.Before(Some.Tag("A_1"), 5))));
    }

    static VolumeMeasure Volume() => new()
    {
        Connection = "fake",
        Table = new("dw.tags"),
        Partition = "ds",
        User = "u",
        Tags = "t",
        Active = new ActivePlan { Table = new("dw.login"), User = "u" },
    };
}
