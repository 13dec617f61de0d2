using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>A person accepts or rejects a day, and history honours that.</summary>
public abstract class DecisionContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    static readonly DateOnly Yesterday = Given.Date.AddDays(-1);

    static DayDecision Decided(bool accepts, string key = "A", int hours = 1, DateOnly? date = null) =>
        new(date ?? Yesterday, Given.Tags, key, accepts, "wang", "a campaign", Given.Night.AddHours(hours));

    async Task<DayState> StateAsync(string key = "A", DateTimeOffset? knownAt = null)
    {
        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, knownAt ?? Given.Later, Token);
        return Assert.Single(history.Measured(Given.Tag(key))).State;
    }

    Task SaveAsync(Verdict verdictOfA) => Store.SaveAsync(
        Yesterday, Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 2)], Given.Judged(Given.Tag("A"), verdictOfA, Finding.Drop))));

    [Fact]
    public async Task AnAcceptedDayIsHistoryAlthoughItFailed()
    {
        await SaveAsync(Verdict.Fail);
        await Store.DecideAsync(Given.Plan, Decided(accepts: true), Token);

        Assert.Equal(DayState.Confirmed, await StateAsync());
    }

    [Fact]
    public async Task ARejectedDayIsNoHistoryAlthoughItPassed()
    {
        await SaveAsync(Verdict.Pass);
        await Store.DecideAsync(Given.Plan, Decided(accepts: false), Token);

        Assert.Equal(DayState.Rejected, await StateAsync());
        Assert.Equal(DayState.Accepted, await StateAsync("B"));
    }

    [Fact]
    public async Task ADecisionOnACheckIsOnAllItsSeriesAndNoOtherDay()
    {
        await SaveAsync(Verdict.Pass);
        await Store.SaveAsync(Given.Date.AddDays(-2), Given.Stage(Given.Volumes([Given.Volume("A", 1)])));
        await Store.DecideAsync(Given.Plan, Decided(accepts: false, key: ""), Token);

        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Given.Later, Token);

        Assert.Equal([DayState.Accepted, DayState.Rejected], history.Measured(Given.Tag("A")).Select(day => day.State));
        Assert.Equal(DayState.Rejected, await StateAsync("B"));
    }

    [Fact]
    public async Task TheNewestDecisionHolds()
    {
        await SaveAsync(Verdict.Pass);
        await Store.DecideAsync(Given.Plan, Decided(accepts: false), Token);
        await Store.DecideAsync(Given.Plan, Decided(accepts: true, hours: 2), Token);

        Assert.Equal(DayState.Accepted, await StateAsync());
    }

    [Fact]
    public async Task ADecisionOutlivesARunThatMeasuresTheDayAgain()
    {
        await Store.DecideAsync(Given.Plan, Decided(accepts: true), Token);
        await SaveAsync(Verdict.Fail);

        Assert.Equal(DayState.Confirmed, await StateAsync());
    }

    [Fact]
    public async Task WhatWasDecidedLaterIsNotKnownYet()
    {
        await SaveAsync(Verdict.Fail);
        await Store.DecideAsync(Given.Plan, Decided(accepts: true, hours: 5), Token);

        Assert.Equal(DayState.Quarantined, await StateAsync(knownAt: Given.Night.AddHours(4)));
        Assert.Equal(DayState.Confirmed, await StateAsync(knownAt: Given.Night.AddHours(5)));
    }

    [Fact]
    public async Task AWithdrawnDecisionStaysStoredAndNoLongerHolds()
    {
        await SaveAsync(Verdict.Fail);
        await Store.DecideAsync(Given.Plan, Decided(accepts: true), Token);

        Assert.Equal(0, await Store.WithdrawAsync(Given.Plan, Yesterday, Given.Tags, "B", "zhao", Given.Night.AddHours(3), Token));
        Assert.Equal(1, await Store.WithdrawAsync(Given.Plan, Yesterday, Given.Tags, "A", "zhao", Given.Night.AddHours(3), Token));

        Assert.Equal(DayState.Quarantined, await StateAsync());
        Assert.Equal(DayState.Confirmed, await StateAsync(knownAt: Given.Night.AddHours(2)));
        var stored = Assert.Single(await Store.DecisionsAsync(Given.Plan, Yesterday, Given.Date, Token));
        Assert.Equal(Decided(accepts: true) with { WithdrawnAt = Given.Night.AddHours(3), WithdrawnBy = "zhao" }, stored);
    }

    [Fact]
    public async Task TheHistoryOfACheckIsCountedAndTheDaysThatAreComparedWith()
    {
        await SaveOfAsync(2, Verdict.Pass);
        await SaveOfAsync(3, Verdict.Fail);
        await SaveOfAsync(5, Verdict.Fail);
        await Store.DecideAsync(Given.Plan, Decided(accepts: true, key: "", date: Given.Date.AddDays(-5)), Token);

        Assert.Equal(
            [new CheckHistory(Given.Tags, Given.Date.AddDays(-5), Given.Date.AddDays(-2), 3, 2)], await Store.HistoriesAsync(Given.Plan, Token));
        Assert.Empty(await Store.HistoriesAsync("another", Token));

        Task SaveOfAsync(int ago, Verdict verdict) => Store.SaveAsync(Given.Date.AddDays(-ago), Given.Stage(Given.Volumes(
            [Given.Volume("A", 1), Given.Taken(Metrics.Rows, 5)],
            Given.Judged(new SeriesId(Given.Tags, Metrics.Rows), verdict))));
    }

    [Fact]
    public async Task TheReportShowsADayAsDecided()
    {
        await SaveAsync(Verdict.Fail);
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 3)])));
        await Store.DecideAsync(Given.Plan, Decided(accepts: true), Token);

        var series = (await Store.DayAsync(Given.Plan, Given.Date, 7, Token)).Series.Single(one => one.Id == Given.Tag("A"));

        Assert.True(Assert.Single(series.Before).IsAccepted);
    }
}
