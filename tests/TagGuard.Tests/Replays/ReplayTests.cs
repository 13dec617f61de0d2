using TagGuard.Adapters.Csv;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Rendering;
using TagGuard.Replays;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Replays;

public sealed class ReplayTests
{
    static readonly Plan Detect = StoredShop.PlanOf(new DetectRule());
    static readonly Plan Change = StoredShop.PlanOf(new ChangeRule { DaysAgo = TimeSpan.FromDays(1), Fail = new Limits(-30, 30) });

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static Task<IReadOnlyList<ReplayedDay>> ReplayAsync(StoredShop shop, Plan plan, int from, int to = 0, bool later = false) =>
        new Replay(plan, shop.Store, StoredShop.PlanName) { KnowsLaterDecisions = later }.JudgeAsync(
            Some.Date.AddDays(-from),
            Some.Date.AddDays(-to),
            null,
            Token);

    static async Task<StoredShop> FaultyAsync()
    {
        var shop = new Shop(days: 60).Times(tag => tag == "F3_4", 0.4, 10, 8).Times(tag => tag.StartsWith("F1_", StringComparison.Ordinal), 0, 4, 4);
        return await new StoredShop { Shop = shop }.RunAsync(Detect, 40);
    }

    [Fact]
    public async Task ThePlanThatWasInForceWouldHaveToldExactlyWhatItDid()
    {
        await using var stored = await FaultyAsync();
        var days = await ReplayAsync(stored, Detect, 20);

        Assert.Equal(21, days.Count);
        Assert.All(days, day => Assert.Equal(Sentences(day.Stages[0].Did!), Sentences(day.Stages[0].Would)));
        Assert.Equal([10, 9, 8, 4], days.Where(day => !day.Stages[0].Would.IsOpen).Select(day => Some.Date.DayNumber - day.Date.DayNumber));

        static IEnumerable<string> Sentences(StageOutcome outcome) =>
            outcome
                .Alerts.Select(judgement => $"{judgement.Series} {judgement.Verdict} {judgement.Sentence}")
                .Append($"{outcome.Exit}")
                .Concat(outcome.Incidents.Select(incident => incident.Title));
    }

    [Fact]
    public async Task AnotherPlanIsShownBesideWhatWasTold()
    {
        await using var stored = await FaultyAsync();
        var days = await ReplayAsync(stored, Change, 20);
        var saturday = days.First(day => day.Date.DayOfWeek == DayOfWeek.Saturday && day.Stages[0].Did!.IsOpen).Stages[0];

        Assert.True(saturday.GateDiffers);
        Assert.Equal(GateExit.BadData, saturday.Would.Exit);
        Assert.True(ReplayTotals.Of(days.Select(day => day.Stages[0].Would)).Alerts > ReplayTotals.Of(days.Select(day => day.Stages[0].Did!)).Alerts);
    }

    [Fact]
    public async Task AMorningKnowsNothingOfTheDaysAfterIt()
    {
        await using var stored = await FaultyAsync();
        var whole = await ReplayAsync(stored, Change, 20);
        var part = await ReplayAsync(stored, Change, 20, 9);

        Assert.Equal(part.Select(Said), whole.Take(part.Count).Select(Said));

        static string Said(ReplayedDay day) => string.Join('\n', day.Stages[0].Would.Alerts.Select(judgement => judgement.Sentence));
    }

    [Fact]
    public async Task WhatTheReplayFailsIsKeptOutOfItsOwnBaselines()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 30, noise: 0.001).Times(tag => tag == "F3_4", 5, 3, 3) }.RunAsync(
            StoredShop.PlanOf(new ExpectRule { AtLeast = 1 }),
            20);
        var average = StoredShop.PlanOf(new ChangeRule { AvgLast = TimeSpan.FromDays(7), Fail = new Limits(-50, 50) });
        var failed = (await ReplayAsync(stored, average, 10))
            .Where(day => !day.Stages[0].Would.IsOpen)
            .Select(day => Some.Date.DayNumber - day.Date.DayNumber);

        Assert.Equal([3], failed);
    }

    [Fact]
    public async Task ADecisionCountsFromTheMorningItWasMade()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 60).Times(tag => tag == "F3_4", 1.8, 10) }.RunAsync(Detect, 40);
        foreach (var ago in new[] { 10, 9 })
            await stored.DecideAsync("F3_4", ago, accepts: true, StoredShop.MorningOf(9).AddHours(6));
        var (then, later) = (await ReplayAsync(stored, Detect, 11), await ReplayAsync(stored, Detect, 11, later: true));

        Assert.Equal([10, 9], Failed(then));
        Assert.Equal([10], Failed(later));

        static IEnumerable<int> Failed(IReadOnlyList<ReplayedDay> days) =>
            days.Where(day => !day.Stages[0].Would.IsOpen).Select(day => Some.Date.DayNumber - day.Date.DayNumber);
    }

    [Fact]
    public async Task NothingStoredIsNothingReplayed()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 5) }.RunAsync(Detect, 3);

        Assert.Empty(await ReplayAsync(stored, Detect, 60, 50));
        Assert.Empty(await new Replay(Detect, stored.Store, "another").JudgeAsync(Some.Date.AddDays(-3), Some.Date, null, Token));
    }

    [Fact]
    public async Task TheTableAndThePageTellTheSameDays()
    {
        await using var stored = await FaultyAsync();
        var days = await ReplayAsync(stored, Detect, 20);
        var csv = ReplayCsv.Of(days).ReplaceLineEndings("\n").TrimEnd().Split('\n');
        var html = ReplayReport.Render(days, "userprofile", "new <plan>.yaml", new ReportOptions { MadeAt = Some.Now });

        Assert.StartsWith("date,stage,check,metric,key,did,", csv[0], StringComparison.Ordinal);
        Assert.Equal(days.Sum(day => day.Stages[0].Would.Alerts.Select(judgement => judgement.Series).Distinct().Count()), csv.Length - 1);
        Assert.Contains("new &lt;plan&gt;.yaml", html, StringComparison.Ordinal);
        Assert.Contains("Family F1: all 8 tags at zero", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProofNamesTheSmallestChangesAndTheyHold()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 60) }.RunAsync(Detect, 40);
        var proof = Assert.Single(await Proof.OfAsync(Detect, stored.Store, StoredShop.PlanName, Some.Date, 14, null, Token));
        var tag = proof.Series.Single(series => series.Series.Key == "F3_4");

        Assert.Equal(50 * 14, proof.SeriesDays);
        Assert.InRange(proof.Alarms, 0, 2);
        Assert.True(tag.Fails.Drop < tag.Alerts.Drop && tag.Alerts.Drop < 0 && tag.Alerts.Rise > 0 && tag.Fails.Rise > tag.Alerts.Rise);
        Assert.Equal(Verdict.Fail, Judged(tag.Expected * (1 + (tag.Fails.Drop!.Value - 3) / 100)));
        Assert.Equal(Verdict.Warn, Judged(tag.Expected * (1 + (tag.Alerts.Drop!.Value - 2) / 100)));
        Assert.Equal(Verdict.Pass, Judged(tag.Expected * (1 + (tag.Alerts.Drop!.Value + 2) / 100)));

        Verdict Judged(double users)
        {
            var shop = new Shop(days: 60);
            shop["F3_4", 0] = Math.Round(users);
            return new DetectRule().Judge(shop.Morning()).Single(judgement => judgement.Series.Key == "F3_4").Verdict;
        }
    }

    [Fact]
    public async Task ARejectedDayIsNoFalseAlarm()
    {
        await using var stored = await FaultyAsync();
        var before = Assert.Single(await Proof.OfAsync(Detect, stored.Store, StoredShop.PlanName, Some.Date, 14, null, Token));
        foreach (var ago in new[] { 10, 9, 8 })
            await stored.DecideAsync("F3_4", ago, accepts: false, Some.Now);
        var after = Assert.Single(await Proof.OfAsync(Detect, stored.Store, StoredShop.PlanName, Some.Date, 14, null, Token));

        Assert.Equal(3, before.Alarms - after.Alarms);
    }
}
