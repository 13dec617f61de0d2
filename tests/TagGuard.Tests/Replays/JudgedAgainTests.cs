using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Phrases;
using TagGuard.Plans;
using TagGuard.Replays;
using TagGuard.Runs;
using TagGuard.Storage;
using TagGuard.Tests.Adapters;
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
        foreach (var passes in day.Stages[0].Passes)
            changed += (await judged.OfAsync(passes, Token))!.Of(passes.Passes)?.Count == passes.Passes.Count ? 0 : 1;
        return changed;
    }

    public static TheoryData<IRule> Rules =>
        [
            new DetectRule(),
            new BaselineRule(),
            new ChangeRule
            {
                AvgLast = TimeSpan.FromDays(7),
                Warn = new Limits(-10, 10),
                Fail = new Limits(-30, 30),
            },
        ];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task EveryVerdictComesOutTheSameToTheLastBit(IRule rule)
    {
        var shop = new Shop(days: 60).Times(tag => tag == "F3_4", 0.4, 5, 5).Times(tag => tag[1] == '2', 0.6);
        await using var stored = await new StoredShop { Shop = shop }.RunAsync(StoredShop.PlanOf(rule), 40);

        Assert.Equal(0, await ChangedAsync(stored, rule));
        Assert.NotEmpty(await stored.ToldAsync(0));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task VerdictsOfAnOlderProgramAreTheSameByTheirNumbersWhateverTheirWords(IRule rule)
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 60).Times(tag => tag == "F3_4", 0.4, 5, 5) }.RunAsync(
            StoredShop.PlanOf(rule),
            40);
        stored.Tables.Run("update verdict set phrase = null, sentence = 'Words of then.'");
        Assert.Equal(0, await ChangedAsync(stored, rule));

        stored.Tables.Run("update verdict set value = value + 1 where id = (select max(id) from verdict where metric = 'tagged_users')");
        Assert.Equal(1, await ChangedAsync(stored, rule));
    }

    [Fact]
    public async Task WhatAVerdictSaysIsComparedToo()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 60) }.RunAsync(StoredShop.PlanOf(new DetectRule()), 40);
        stored.Tables.Run("update verdict set phrase = replace(phrase, 'tuesday', 'monday') where metric = 'tagged_users'");

        Assert.Equal(1, await ChangedAsync(stored, new DetectRule()));
    }

    [Fact]
    public void WhatASystemAnsweredIsComparedAsItIs()
    {
        var series = new SeriesId("tags", Metrics.TagCount, "A");
        var stored = Some.Judgement(series, Verdict.Unknown, Finding.Missing) with { Said = Phrase.Text("hs2 did not answer.") };

        Assert.True(CheckAgain.IsSame(stored with { Said = Phrase.Text("hs2 did not answer.") }, stored));
        Assert.False(CheckAgain.IsSame(stored with { Said = Phrase.Text("hs2 refused the login.") }, stored));
    }

    [Fact]
    public async Task WhatPeopleDecidedLaterDoesNotChangeAVerdictOfThen()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 60).Times(tag => tag == "F3_4", 0.4, 5, 5) }.RunAsync(
            StoredShop.PlanOf(new DetectRule()),
            40);
        await stored.DecideAsync("", 3, accepts: false, Some.Now.AddDays(1));

        Assert.Equal(0, await ChangedAsync(stored, new DetectRule()));
    }

    [Theory]
    [InlineData(-1, 20, Finding.NotReady)]
    [InlineData(3, 20, Finding.Late)]
    public async Task AVerdictIsOfTheInstantItWasJudgedAndNotOfTheEndOfItsStage(int minutesAfterDeadline, int minutesOfTheRest, Finding finding)
    {
        var deadline = new TimeOnly(6, 0);
        var clock = new FixedClock(Some.Day.MorningAfter(deadline).AddMinutes(minutesAfterDeadline).AddTicks(1_234_567));
        var source = new FakeSource
        {
            Count = (_, _) =>
            {
                clock.Now = clock.Now.AddMinutes(minutesOfTheRest);
                return Task.FromResult(1L);
            },
        };
        var plan = new Plan
        {
            Name = StoredShop.PlanName,
            Stages = new Dictionary<string, IReadOnlyList<CheckPlan>>
            {
                ["upstream"] =
                [
                    new CheckPlan
                    {
                        Name = "landed",
                        Measure = new PathMeasure
                        {
                            Connection = "marks",
                            Path = new("{date:yyyyMMdd}/_SUCCESS"),
                            Deadline = deadline,
                        },
                    },
                    new CheckPlan
                    {
                        Name = "slow",
                        Measure = new CountMeasure
                        {
                            Connection = "warehouse",
                            Table = new("dw.t"),
                            Partition = "day",
                        },
                    },
                ],
            },
        };
        await using var tables = new SqliteTables();
        await using var store = tables.Open(clock);
        await store.InitAsync(Token);
        var start = new RunStart(plan.Name, plan.Hash, "run", Some.Date, ["upstream"], new Holder("host", 1, "etl"), clock.Now);
        await new CheckRun(store, source, clock, new Watchers()).ExecuteAsync(plan, start, new Patience(TimeSpan.Zero), Token);

        var day = await store.DayAsync(plan.Name, Some.Date, 0, Token);
        var stored = Assert.Single(day.Stages[0].Judgements, judgement => judgement.Judgement.Series.Check == "landed");
        var again = await new JudgedAgain(plan, store, day).OfAsync(stored, Token);

        Assert.Equal(finding, stored.Judgement.Finding);
        Assert.True(CheckAgain.IsSame(Assert.Single(again!.Judgements), stored.Judgement), again.Judgements[0].Sentence);
    }

    [Fact]
    public async Task AnotherRuleSaysSomethingElse()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: 60) }.RunAsync(StoredShop.PlanOf(new DetectRule()), 40);

        Assert.NotEqual(0, await ChangedAsync(stored, new DetectRule { FalseBlocksPerMonth = 0.1 }));
    }
}
