using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Rendering;
using TagGuard.Replays;
using TagGuard.Reports;
using TagGuard.Storage;
using TagGuard.Tests.Rendering;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Replays;

/// <summary>Verdicts that passed have no rows; what is told of them is what was said, whatever happened since, or that it cannot be told.</summary>
public sealed class PassedVerdictsTests
{
    const int First = 34;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    static readonly ChangeRule Change = new() { AvgLast = TimeSpan.FromDays(7), Warn = new Limits(-10, 10), Fail = new Limits(-30, 30) };

    static readonly IRule[][] Rules =
    [
        [new DetectRule()],
        [Change, new BaselineRule { MinUsers = 1_000 }],
        // A rule twice.
        [Change, Change with { DaysAgo = TimeSpan.FromDays(7), AvgLast = null, Warn = new Limits(-3, 3) }],
    ];

    static Plan PlanOf(int rules) => StoredShop.PlanOf(Rules[rules]) with { Source = new byte[] { (byte)rules } };

    /// <summary>The plans by their hashes: what a run keeps of each is another test's.</summary>
    static readonly Dictionary<string, Plan> Plans =
        Enumerable.Range(0, Rules.Length).Select(PlanOf).ToDictionary(plan => plan.Hash);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    /// <summary>Mornings with faults, a plan that is edited, decisions, days that are run again with other numbers, days that are
    /// pruned.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task WhatIsToldOfAnyHistoryIsWhatWasSaidOrThatItCannotBeTold(int seed)
    {
        var random = new Random(seed);
        var shop = new Shop(days: First, families: 4, tags: 5);
        for (var fault = 0; fault < 4; fault++)
            Fault(shop, random, random.Next(8));
        await using var stored = new StoredShop { Shop = shop };
        var changed = new List<DateOnly>();
        var rules = random.Next(Rules.Length);
        for (var ago = First; ago >= 0; ago--)
        {
            rules = random.Next(10) == 0 ? random.Next(Rules.Length) : rules;
            await stored.RunAsync(PlanOf(rules), ago, ago);
            if (random.Next(8) == 0)
                await stored.DecideAsync(
                    random.Next(2) == 0 ? "" : "F1_2", ago + random.Next(5), random.Next(2) == 0, StoredShop.MorningOf(ago).AddHours(1));
            if (random.Next(12) == 0 && ago + 3 <= First)
            {
                Fault(shop, random, ago + 3);
                await stored.RunAsync(PlanOf(rules), ago + 3, ago + 3);
                changed.Add(Some.Date.AddDays(-ago - 3));
            }
        }
        if (random.Next(3) == 0)
        {
            changed.Add(Some.Date.AddDays(-20));
            await stored.Store.PruneAsync(StoredShop.PlanName, changed[^1], Prune.Everything, isTrial: false, Token);
            stored.Saved.Remove(changed[^1]);
        }

        foreach (var (date, said) in stored.Saved.Where(_ => random.Next(3) == 0))
            await AssertToldAsync(stored, date, said, PlanOf(rules), mayBeLost: changed.Exists(day => day < date));
        Assert.Contains(stored.Saved.Values.SelectMany(stage => stage.Judgements), judgement => judgement.Verdict != Verdict.Pass);
    }

    static void Fault(Shop shop, Random random, int ago) =>
        shop.Times(tag => random.Next(6) == 0, 0.3 + random.NextDouble(), ago, ago);

    static async Task AssertToldAsync(StoredShop stored, DateOnly date, StageResult said, Plan now, bool mayBeLost)
    {
        var day = await stored.Store.DayAsync(StoredShop.PlanName, date, 30, Token);
        var passed = new PassedVerdicts(now, (hash, _) => Task.FromResult(Plans.GetValueOrDefault(hash)), stored.Store, day);
        var told = new List<Judgement>();
        foreach (var (of, series) in passed.About(Some.Check))
        {
            var one = await passed.JudgeAsync(of, series, Token);
            var isLost = one.Again.Name == "explain.past_changed";
            Assert.True(mayBeLost || !isLost, $"{date:yyyy-MM-dd} {series.Id}: {one.Again}");
            told.Add(isLost
                ? said.Judgements.First(judgement => IsOf(judgement, one.Verdict.Judgement) && !told.Contains(judgement))
                : one.Verdict.Judgement);
        }
        var rows = day.Stages[0].Judgements.Select(row => row.Judgement).ToList();

        Assert.Equal(said.Judgements.Select(Written).Order(), rows.Concat(told).Select(Written).Order());
        AssertSameReport(day, AsRows(day, said));
    }

    static bool IsOf(Judgement said, Judgement told) =>
        (said.Series, said.Rule, said.Verdict, said.Finding) == (told.Series, told.Rule, told.Verdict, told.Finding);

    /// <summary>All of a judgement that is stored, to the last bit.</summary>
    static string Written(Judgement one) =>
        $"{one.Series} {one.Series.Metric} {one.Rule} {one.Verdict} {one.Finding} {one.Value:R} {one.Expected:R} {one.Low:R} {one.High:R} "
            + $"{one.Blocking} {one.Said}";

    /// <summary>The day as if each verdict had a row, as it was before.</summary>
    static StoredDay AsRows(StoredDay day, StageResult said) => day with
    {
        Stages =
        [
            day.Stages[0] with
            {
                Judgements = [.. said.Judgements.Select((one, i) => new StoredJudgement(i, 1, "tags", "", said.Finished, AsRow(one)))],
                Passes = [],
            },
        ],
        Series = [.. day.Series.Select(series => series with { Passed = null })],
    };

    static Judgement AsRow(Judgement said) => said.Verdict == Verdict.Pass ? said with { Used = [] } : said;

    static void AssertSameReport(StoredDay day, StoredDay asRows)
    {
        var options = ReportDays.Options with { Gates = Some.Answers(day.Gates, Some.Now, ["tags"]) };
        Assert.Equal(DutyReport.Render(asRows, options), DutyReport.Render(day, options));
        Assert.Equal(ReportFacts.Of(asRows, options.Gates).Counts, ReportFacts.Of(day, options.Gates).Counts);
        Assert.Equal(ReportFacts.Of(asRows, options.Gates).Recovered, ReportFacts.Of(day, options.Gates).Recovered);
    }

    [Fact]
    public async Task APlanThatNobodyKnowsIsSaid()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: First) }.RunAsync(PlanOf(1), 20);
        var day = await stored.Store.DayAsync(StoredShop.PlanName, Some.Date, 0, Token);
        var passed = new PassedVerdicts(PlanOf(0), (_, _) => Task.FromResult<Plan?>(null), stored.Store, day);

        var (of, series) = passed.About("F1_2")[0];
        var one = await passed.JudgeAsync(of, series, Token);

        Assert.Equal(("explain.plan_lost", Verdict.Pass, series.Today), (one.Again.Name, one.Verdict.Judgement.Verdict, one.Verdict.Judgement.Value));
    }

    [Fact]
    public async Task ANumberThatWasChangedByHandIsNotTakenForTheOneOfThen()
    {
        await using var stored = await new StoredShop { Shop = new Shop(days: First) }.RunAsync(PlanOf(1), 20);
        stored.Tables.Run("update tag_data_day set tag_count = tag_count + 1 where tagid = 'F1_2' and date < '2026-02-03'");
        var day = await stored.Store.DayAsync(StoredShop.PlanName, Some.Date, 0, Token);
        var passed = new PassedVerdicts(PlanOf(1), (_, _) => Task.FromResult<Plan?>(null), stored.Store, day);

        var (of, series) = passed.About("F1_2")[0];

        Assert.Equal("explain.past_changed", (await passed.JudgeAsync(of, series, Token)).Again.Name);
    }
}
