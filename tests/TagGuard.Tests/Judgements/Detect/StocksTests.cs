using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Incidents;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Detect;

/// <summary>The rule on tags that hardly move.</summary>
public sealed class StocksTests
{
    static readonly DetectRule Rule = new();

    static Judgement Of(Batch batch, string tag) => Rule.Judge(batch).Single(judgement => judgement.Series == Some.Tag(tag));

    static IReadOnlyList<Incident> Incidents(Batch batch) => IncidentSorter.From([.. Rule.Judge(batch)], "dana", "");

    [Theory]
    [InlineData(500)]
    [InlineData(50_000)]
    [InlineData(5_000_000)]
    public void AFallOfAFewPerCentIsToldWhateverTheNumberOfUsers(double users)
    {
        Assert.Empty(Incidents(Stocks.Of(users).Morning()));
        var fallen = Of(Stocks.Of(users).Times(tag => tag == "F3_4", 0.96).Morning(), "F3_4");

        Assert.Equal(Finding.Drop, fallen.Finding);
        Assert.NotEqual(Verdict.Pass, fallen.Verdict);
        Assert.InRange(fallen.Low!.Value / fallen.Expected!.Value, 0.92, 0.98);
    }

    [Fact]
    public void WhatIsNotWorthTellingIsStillSeen()
    {
        var calm = Of(Stocks.Of(50_000, step: 0.001).Morning(), "F3_4");

        Assert.Equal(Verdict.Pass, Of(Stocks.Of(50_000, step: 0.001).Times(tag => tag == "F3_4", 0.983).Morning(), "F3_4").Verdict);
        Assert.InRange(calm.Parts!.SeenLow!.Value / calm.Expected!.Value, 0.981, 0.999);
        Assert.Equal(0.98, calm.Parts.TellLow!.Value / calm.Expected.Value, 0.001);
    }

    [Fact]
    public void AFallIsFoundAfterAWeekThatNobodyCountedAndAsMuchOfAWalkIsNot()
    {
        var (walked, fell) = (Of(Week(0.975), "F3_4"), Of(Week(0.85), "F3_4"));

        Assert.Equal((Verdict.Pass, Finding.Drop), (walked.Verdict, fell.Finding));
        Assert.NotEqual(Verdict.Pass, Of(Stocks.Of(5_000).Times(tag => tag == "F3_4", 0.975).Morning(), "F3_4").Verdict);

        static Batch Week(double part)
        {
            var shop = Stocks.Of(5_000).Times(tag => tag == "F3_4", part);
            foreach (var tag in shop.Tags.ToList())
                shop.Forget(tag, ago => ago is > 0 and <= 7);
            return shop.Morning();
        }
    }

    [Theory]
    [InlineData(64, "Part of the load is missing")]
    [InlineData(16, "All tags fell alike by about 1 in 16")]
    public void AShardThatIsMissingIsOneIncident(int shards, string cause)
    {
        var incident = Assert.Single(Incidents(Stocks.Of(5_000, step: 0.002).Times(_ => true, 1 - 1.0 / shards).Morning()));

        Assert.Matches("^All tags: 4[0-9] of 48 lower", incident.Title);
        Assert.StartsWith(cause, incident.Cause, StringComparison.Ordinal);
        Assert.True(incident.Blocking);
    }

    [Theory]
    [InlineData(12, 0.85)]
    [InlineData(8, 0.8)]
    [InlineData(4, 0.7)]
    public void TagsOfFewUsersAreSeenThroughTheirFamily(int users, double part)
    {
        var shop = Stocks.Of();
        var random = new Random(3);
        for (var tag = 0; tag < 16; tag++)
        {
            var count = users + tag % 5;
            for (var ago = 100; ago >= 0; ago--)
            {
                count = Math.Max(count + (random.Next(12) == 0 ? 1 : 0) - (random.Next(12) == 0 ? 1 : 0), 2);
                shop.Set(Some.Tag($"S_{tag:00}"), ago, ago == 0 ? Enumerable.Range(0, count).Count(_ => random.NextDouble() < part) : count);
            }
        }
        var incident = Assert.Single(Incidents(shop.Morning()));

        Assert.StartsWith("Family S: ", incident.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void ACopyOfYesterdayIsOneIncidentThoughStocksOftenRepeat()
    {
        var shop = Stocks.Of(60, step: 0.003);
        foreach (var tag in shop.Tags.ToList())
            shop[tag, 0] = shop[tag, 1];

        Assert.Equal(Finding.StaleCopy, Assert.Single(Incidents(shop.Morning())).Finding);
        Assert.DoesNotContain(Incidents(Stocks.Of(60, step: 0.003).Morning()), incident => incident.Finding == Finding.StaleCopy);
    }

    [Fact]
    public void TheTotalIsJudgedAsNarrowlyAsItMoves()
    {
        var total = Rule.Judge(Stocks.Of().Morning()).Single(judgement => judgement.Series == Some.Total(Metrics.TaggedUsers));

        Assert.InRange(total.Low!.Value / total.Expected!.Value, 0.95, 0.99);
        Assert.InRange(total.High!.Value / total.Expected.Value, 1.01, 1.05);
    }

    [Theory]
    [InlineData(1.4)]
    [InlineData(0.8)]
    public void AChangeThatStaysIsToldAsSuchAndThenIsTheLevel(double factor)
    {
        var shop = Stocks.Of().Times(tag => tag == "F3_4", factor, from: 6);
        var mornings = shop.Live(Rule, 6).Select(judgements => judgements.Single(judgement => judgement.Series == Some.Tag("F3_4"))).ToList();

        Assert.Equal(Verdict.Fail, mornings[0].Verdict);
        Assert.Contains(mornings.Take(3), morning => morning.Verdict != Verdict.Pass
            && morning.Sentence.Contains(" and staying", StringComparison.Ordinal)
            && morning.Sentence.Contains("Was its definition changed?", StringComparison.Ordinal));
        Assert.All(mornings.Skip(4), morning => Assert.Equal(Verdict.Pass, morning.Verdict));
    }

    /// <summary>Random faults of random length: each fails on its first two days, and the days after its repair are good ones.</summary>
    [Fact]
    public void AFaultFailsForTwoDaysAndItsRepairIsNone()
    {
        var random = new Random(21);
        for (var round = 0; round < 40; round++)
        {
            var (tag, days) = ($"F{random.Next(6)}_{random.Next(8)}", 1 + random.Next(5));
            var factor = random.Next(4) switch { 0 => 0, 1 => 0.5 + 0.4 * random.NextDouble(), 2 => 1.15 + random.NextDouble(), _ => 0.9 };
            var story = $"{tag} x{factor:0.00} for {days} days";
            var shop = Stocks.Of(1_000).Times(key => key == tag, factor, from: days + 1, to: 2);
            var verdicts = shop.Live(Rule, days + 1)
                .Select(morning => morning.Single(judgement => judgement.Series == Some.Tag(tag)).Verdict)
                .ToList();

            Assert.All(verdicts.Take(Math.Min(days, factor == 0 ? 1 : 2)), verdict => Assert.True(verdict == Verdict.Fail, story));
            Assert.All(verdicts.Skip(days), verdict => Assert.True(verdict != Verdict.Fail, $"{story}, repaired"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void TheRepairOfATotalIsNoFault(int days)
    {
        var (shop, total) = (Stocks.Of(), Some.Total(Metrics.TaggedUsers));
        for (var ago = days; ago > 0; ago--)
            shop.Set(total, ago, Math.Round(shop.TaggedUsers(ago) * 0.9));
        var verdicts = new List<Verdict>();
        for (var ago = days; ago >= 0; ago--)
        {
            verdicts.Add(Rule.Judge(shop.Morning(ago)).Single(judgement => judgement.Series == total).Verdict);
            if (verdicts[^1] == Verdict.Fail)
                shop.Mark(total, ago, DayState.Quarantined);
        }

        Assert.Equal(Verdict.Fail, verdicts[0]);
        Assert.NotEqual(Verdict.Fail, verdicts[^1]);
    }

    /// <summary>A tag that grew since it was repaired, and falls to what it was before its fault, has a new fault.</summary>
    [Fact]
    public void AFaultLongRepairedHidesNoOther()
    {
        var shop = Stocks.Of(2_000, step: 0.001).Times(key => key == "F3_4", 0.5, from: 10, to: 10);
        for (var ago = 9; ago >= 0; ago--)
            shop.Times(key => key == "F3_4", Math.Pow(1.008, 10 - ago), ago, ago);
        shop.Times(key => key == "F3_4", 0.92, from: 0);
        var last = shop.Live(Rule, 10)[^1].Single(judgement => judgement.Series == Some.Tag("F3_4"));

        Assert.Equal((Verdict.Fail, Finding.Drop), (last.Verdict, last.Finding));
    }

    [Fact]
    public void ASlowLeakIsToldWithTheDayItBegan()
    {
        var shop = Stocks.Of();
        for (var ago = 20; ago >= 0; ago--)
            shop.Times(tag => tag == "F3_4", Math.Pow(0.985, 21 - ago), ago, ago);
        var told = Enumerable.Range(0, 21).Reverse()
            .SelectMany(ago => new[] { Of(shop.Morning(ago), "F3_4") }.Concat(new DriftRule().Judge(shop.Morning(ago))))
            .Where(judgement => judgement.Series == Some.Tag("F3_4") && judgement.Verdict != Verdict.Pass)
            .ToList();

        Assert.NotEmpty(told);
        Assert.Contains(told, judgement => System.Text.RegularExpressions.Regex.IsMatch(
            judgement.Sentence,
            $"About -1\\.[0-9]% a day since ({string.Join('|', Enumerable.Range(19, 5).Select(ago => $"{Some.Date.AddDays(-ago):yyyy-MM-dd}"))})"));
    }

    [Fact]
    public void ARenamedTagIsOneIncidentThatSaysNobodyWasLost()
    {
        var shop = Stocks.Of();
        shop.Set(Some.Tag("F3_9"), 0, shop["F3_4", 0] - 3);
        shop["F3_4", 0] = 0;
        var incident = Assert.Single(Incidents(shop.Morning()));

        Assert.Matches(@"^F3_4 became F3_9: [\d,]+ -> [\d,]+ users; family F3 [\d,]+ -> [\d,]+ in all$", incident.Title);
        Assert.Contains("nobody was lost", incident.Cause, StringComparison.Ordinal);
        Assert.Equal((Verdict.Fail, true, 2), (incident.Verdict, incident.Blocking, incident.Size));
    }

    [Fact]
    public void UsersThatWentFromOneTagToOthersOfItsFamilyAreOneIncident()
    {
        var shop = Stocks.Of();
        var lost = Math.Round(shop["F3_7", 0] * 0.5);
        shop["F3_7", 0] -= lost;
        shop["F3_5", 0] += Math.Round(lost / 2);
        shop["F3_6", 0] += Math.Round(lost / 2);
        var incident = Assert.Single(Incidents(shop.Morning()));

        Assert.StartsWith("From F3_7 to F3_", incident.Title, StringComparison.Ordinal);
        Assert.Equal(3, incident.Size);
    }

    [Fact]
    public void TwoTagsThatMovedByDifferentNumbersAreTwoIncidents()
    {
        var shop = Stocks.Of().Times(tag => tag == "F3_7", 0.5).Times(tag => tag == "F3_6", 1.5);

        Assert.Equal(2, Incidents(shop.Morning()).Count);
    }
}
