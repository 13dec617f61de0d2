using System.Diagnostics;
using TagGuard.Facts;
using TagGuard.Judgements.Incidents;
using TagGuard.Judgements.Rules;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Incidents;

public sealed class IncidentSorterTests
{
    [Fact]
    public void WhatPassesIsNoIncident() => Assert.Empty(From(Passing("A_1")));

    [Fact]
    public void AFamilyAtZeroIsOneIncident()
    {
        var incident = Assert.Single(From([.. Tags("A131U001", 9, Finding.Zero, 0, 268), .. Other(20)]));
        Assert.Equal("Family A131U001: all 9 tags at zero (2,412 users before)", incident.Title);
        Assert.Equal("The script that computes family A131U001 wrote nothing: it failed, or its source table was empty.", incident.Cause);
        Assert.Equal((Verdict.Fail, true, 9, Finding.Zero), (incident.Verdict, incident.Blocking, incident.Size, incident.Finding));
        Assert.Equal("dana", incident.Owner);
    }

    [Fact]
    public void AFamilyOfWhichAMinorityMovedIsToldByTag() =>
        Assert.Equal(3, From([.. Tags("A_1", 3, Finding.Drop, 10, 100), .. Enumerable.Range(50, 20).Select(i => Passing($"A_1_{i}"))]).Count);

    [Fact]
    public void WhatMovedMostTagsIsOneIncidentOfTheCheck()
    {
        var total = Some.Judgement(Some.Total(Metrics.TaggedUsers), Verdict.Fail, Finding.Drop, 2145, 4290);
        var incident = Assert.Single(From([total, .. Tags("A", 94, Finding.Drop, 10, 20), .. Tags("B", 94, Finding.Drop, 10, 20), .. Other(16)]));
        Assert.Equal("All tags: 188 of 204 lower, total 4,290 -> 2,145 (-50%)", incident.Title);
        Assert.Equal((189, total.Series), (incident.Size, incident.Lead));
        Assert.StartsWith("Part of the load is missing", incident.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void ACopySwallowsWhatItsTagsShow()
    {
        var copy = Some.Judgement(Some.Total(Metrics.TaggedUsers), Verdict.Fail, Finding.StaleCopy, rule: "stale");
        var incident = Assert.Single(From([copy, .. Tags("A", 5, Finding.Drop, 10, 20), .. Tags("B", 5, Finding.Rise, 30, 20)]));
        Assert.Equal((Finding.StaleCopy, 11), (incident.Finding, incident.Size));
        Assert.StartsWith("Yesterday's partition", incident.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5434, 1)]
    [InlineData(3000, 2)]
    public void DuplicatesSwallowWhatOnlyRoseLessThanTheOthers(double users, int incidents)
    {
        var repeated = Some.Judgement(Some.Total(Metrics.DuplicateUsers), Verdict.Fail, Finding.Duplicates, 3120, 0, "duplicates");
        // 3,392 by its own past, times what all tags did together.
        var low = Some.Judgement(Some.Tag("F1_001"), Verdict.Fail, Finding.Drop, users, 5610) with
        {
            Parts = new Decomposition { OwnPast = 3392, CommonFactor = 1.654 },
        };

        Assert.Equal(incidents, IncidentSorter.From([repeated, low], "", "").Count);
    }

    [Fact]
    public void DuplicatesSwallowTheRisesButNotTheFalls()
    {
        var repeated = Some.Judgement(Some.Total(Metrics.DuplicateUsers), Verdict.Fail, Finding.Duplicates, 3120, 0, "duplicates");
        var incidents = From([repeated, .. Tags("A", 5, Finding.Rise, 30, 20), .. Tags("B", 5, Finding.Zero, 0, 20), .. Other(30)]);
        Assert.Equal([Finding.Duplicates, Finding.Zero], incidents.Select(incident => incident.Finding));
        Assert.Equal(6, incidents[0].Size);
    }

    [Theory]
    [InlineData(Finding.Zero, 0)]
    [InlineData(Finding.Drop, 10)]
    [InlineData(Finding.Rise, 900)]
    public void TheCauseOfASingleOneFitsCrowdsAsWell(Finding finding, double value)
    {
        var incident = Assert.Single(From([Some.Judgement(Some.Tag("spring sale"), Verdict.Fail, finding, value, 100), .. Other(20)]));
        Assert.DoesNotMatch(@"\btag\b", $"{incident.Cause} {incident.Advice}");
    }

    [Fact]
    public void SingleTagsAreToldUpToTenAndThenCounted()
    {
        var incidents = From([
            .. Enumerable.Range(0, 47).Select(i => Some.Judgement(Some.Tag($"T{i}"), Verdict.Fail, Finding.Drop, 10, 100 + i)),
            .. Other(60),
        ]);
        Assert.Equal(11, incidents.Count);
        Assert.Contains(incidents, incident => incident.Title == "user tags: and 37 more tags" && incident.Size == 37);
        Assert.Contains(incidents, incident => incident.Lead.Key == "T46" && incident.Size == 1);
    }

    [Fact]
    public void NewTagsAreOneIncidentThatBlocksNobody()
    {
        var fresh = Enumerable.Range(0, 14).Select(i => Some.Judgement(Some.Tag($"N_{i}"), Verdict.Unknown, Finding.New, 10, blocking: false));
        var incident = Assert.Single(From([.. fresh, .. Other(3)]));
        Assert.Equal(("14 new tags", Verdict.Unknown, false), (incident.Title, incident.Verdict, incident.Blocking));
    }

    [Fact]
    public void ASourceThatDoesNotAnswerIsOneIncident()
    {
        var missed = new ChangeRule { AvgLast = TimeSpan.FromDays(7) }
            .Judge(Some.Batch(Some.Missed(Some.Total(Metrics.TaggedUsers)), Some.Missed(Some.Total(Metrics.ActiveUsers))));
        Assert.Equal((Finding.Missing, 2), Assert.Single(From([.. missed])) is var incident ? (incident.Finding, incident.Size) : default);
    }

    [Fact]
    public void WarningsAreToldAndDoNotBlock()
    {
        var incident = Assert.Single(From([Some.Judgement(Some.Rows, Verdict.Warn, Finding.Drop, 80, 100)]));
        Assert.Equal((Verdict.Warn, false), (incident.Verdict, incident.Blocking));
    }

    [Fact]
    public void TwoRulesThatTellTheSameOfATagTellItOnce()
    {
        var tag = Some.Judgement(Some.Tag("A_1"), Verdict.Fail, Finding.Drop);
        Assert.Equal(1, Assert.Single(From([tag, tag with { Rule = "change", Verdict = Verdict.Warn }, .. Other(9)])).Size);
    }

    [Fact]
    public void ALostSyncSaysWhatToLookAt()
    {
        var lost = Some.Judgement(Some.Total(Metrics.RightRows), Verdict.Fail, Finding.Different, 4012, 4290, "equal");
        Assert.StartsWith("The sync lost rows", Assert.Single(From([lost])).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void TheRunbookOfThePlanIsTheAdvice() =>
        Assert.Equal(
            "Call Lin.",
            Assert.Single(IncidentSorter.From([Some.Judgement(Some.Rows, Verdict.Fail, Finding.Zero)], "", "Call Lin.")).Advice);

    [Fact]
    public void TheWorstComesFirstWhateverTheOrder()
    {
        Judgement[] judgements =
        [
            Some.Judgement(Some.Tag("W"), Verdict.Warn, Finding.Drop, 80), Some.Judgement(Some.Tag("F"), Verdict.Fail, Finding.Zero),
            Some.Judgement(Some.Tag("N"), Verdict.Unknown, Finding.New, 80, blocking: false), .. Other(20), .. Tags("A_1", 4, Finding.Zero, 0, 10),
        ];
        var titles = From(judgements).Select(incident => incident.Title).ToList();
        Assert.Equal([Verdict.Fail, Verdict.Fail, Verdict.Unknown, Verdict.Warn], From(judgements).Select(incident => incident.Verdict));
        Assert.StartsWith("Family A_1", titles[0], StringComparison.Ordinal);
        Assert.Equal(titles, From([.. judgements.Reverse()]).Select(incident => incident.Title));
    }

    [Fact]
    public void TenThousandFindingsAreGroupedInAMoment()
    {
        var many = Enumerable
            .Range(0, 1000)
            .SelectMany(family => Tags($"F{family:0000}", 10, family % 2 == 0 ? Finding.Zero : Finding.Rise, 5, 10))
            .ToArray();
        var watch = Stopwatch.StartNew();
        Assert.Equal(1000, From([.. many, .. Other(1)]).Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");
    }

    static IReadOnlyList<Incident> From(params Judgement[] judgements) => IncidentSorter.From(judgements, "dana", "");

    static Judgement Passing(string key) => Some.Judgement(Some.Tag(key), Verdict.Pass, Finding.Normal, 100);

    static IEnumerable<Judgement> Other(int count) => Enumerable.Range(0, count).Select(i => Passing($"Z{i}_1"));

    static IEnumerable<Judgement> Tags(string family, int count, Finding finding, double value, double expected) =>
        Enumerable.Range(0, count).Select(i => Some.Judgement(Some.Tag($"{family}_{i:000}"), Verdict.Fail, finding, value, expected));
}
