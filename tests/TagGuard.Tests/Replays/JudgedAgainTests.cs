using TagGuard.Judgements;
using TagGuard.Plans;
using TagGuard.Replays;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Replays;

public sealed class JudgedAgainTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    static async Task<int> ChangedAsync(StoredShop stored, IRule rule)
    {
        var day = await stored.Store.DayAsync(StoredShop.PlanName, Some.Date, 0, Token);
        var judged = new JudgedAgain(StoredShop.PlanOf(rule), stored.Store, day);
        var changed = 0;
        foreach (var verdict in day.Stages[0].Judgements)
        {
            var again = (await judged.OfAsync(verdict, Token))!.Of(verdict.Judgement);
            changed += again is not null && CheckAgain.IsSame(again, verdict.Judgement) ? 0 : 1;
        }
        return changed;
    }

    public static TheoryData<IRule> Rules => [new DetectRule(), new BaselineRule(), new ChangeRule { AvgLast = TimeSpan.FromDays(7), Warn = new Limits(-10, 10), Fail = new Limits(-30, 30) }];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task EveryVerdictComesOutTheSameToTheLastBit(IRule rule)
    {
        var shop = new Shop(days: 60).Times(tag => tag == "F3_4", 0.4, 5, 5).Times(tag => tag[1] == '2', 0.6);
        await using var stored = await new StoredShop { Shop = shop }.RunAsync(StoredShop.PlanOf(rule), 40);

        Assert.Equal(0, await ChangedAsync(stored, rule));
        Assert.NotEmpty(await stored.ToldAsync(0));
    }

    [Fact]
    public async Task WhatPeopleDecidedLaterDoesNotChangeAVerdictOfThen()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 60).Times(tag => tag == "F3_4", 0.4, 5, 5) }.RunAsync(StoredShop.PlanOf(new DetectRule()), 40);
        await stored.DecideAsync("", 3, accepts: false, Some.Now.AddDays(1));

        Assert.Equal(0, await ChangedAsync(stored, new DetectRule()));
    }

    [Fact]
    public async Task AnotherRuleSaysSomethingElse()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 60) }.RunAsync(StoredShop.PlanOf(new DetectRule()), 40);

        Assert.NotEqual(0, await ChangedAsync(stored, new DetectRule { FalseBlocksPerMonth = 0.1 }));
    }
}
