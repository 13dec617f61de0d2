using TagGuard.Facts;

namespace TagGuard.StoreContracts;

/// <summary>History is what was accepted before a date.</summary>
public abstract class HistoryContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    [Fact]
    public async Task HistoryIsStrictlyBeforeTheDateAndNoOlderThanAsked()
    {
        foreach (var offset in new[] { -8, -7, -2, -1, 0, 1 })
            await Store.SaveAsync(
                Given.Date.AddDays(offset),
                Given.Stage(Given.Volumes([Given.Volume("A", 100 + offset), Given.Taken(Metrics.Rows, 200 + offset)])));

        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Given.Later, Token);

        Assert.Equal([93d, 98, 99], history.Of(Given.Tag("A")).Select(day => day.Value));
        Assert.Equal([193d, 198, 199], history.Of(new(Given.Tags, Metrics.Rows)).Select(day => day.Value));
        Assert.Equal(Given.Date.AddDays(-7), history.Of(Given.Tag("A"))[0].Date);
    }

    [Fact]
    public async Task HistoryLeavesOutASeriesOfADayThatFailed()
    {
        await Store.SaveAsync(
            Given.Date.AddDays(-1),
            Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 2)], Given.Judged(Given.Tag("A"), Verdict.Fail, Finding.Drop))));

        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Given.Later, Token);

        Assert.Empty(history.Of(Given.Tag("A")));
        Assert.Equal(DayState.Quarantined, Assert.Single(history.Measured(Given.Tag("A"))).State);
        Assert.Single(history.Of(Given.Tag("B")));
    }

    [Fact]
    public async Task HistoryLeavesOutAWholeDayWhoseTotalFailed()
    {
        var total = new SeriesId(Given.Tags, Metrics.TaggedUsers);
        await Store.SaveAsync(
            Given.Date.AddDays(-1),
            Given.Stage(
                Given.Volumes([Given.Volume("A", 1), Given.Taken(Metrics.TaggedUsers, 9)], Given.Judged(total, Verdict.Fail, Finding.StaleCopy))));

        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Given.Later, Token);

        Assert.Equal(2, history.Series.Count);
        Assert.All(history.Series, series => Assert.Empty(history.Of(series)));
    }

    [Fact]
    public async Task HistoryKnowsNoMissedNumbersAndNoOtherChecks()
    {
        await Store.SaveAsync(
            Given.Date.AddDays(-1),
            Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Missed(Metrics.Rows), new Measurement.Missed(Given.Tag("B"), "down", false)])));

        Assert.Equal([Given.Tag("A")], (await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Given.Later, Token)).Series);
        Assert.Empty((await Store.HistoryAsync(Given.Plan, "crowds", Given.Date, 7, Given.Later, Token)).Series);
        Assert.Empty((await Store.HistoryAsync("other", Given.Tags, Given.Date, 7, Given.Later, Token)).Series);
    }
}
