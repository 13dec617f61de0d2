using FsCheck;
using FsCheck.Fluent;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Incidents;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements;

/// <summary>What holds for every rule and whatever is measured.</summary>
public sealed class RulePropertyTests
{
    static readonly IRule[] Rules =
    [
        new ExpectRule { AtLeast = 1, AtMost = 1000 },
        new DeadlineRule { Deadline = new TimeOnly(8, 0) },
        new EqualRule { Tolerance = new Tolerance(0.1, true) },
        new ChangeRule { AvgLast = TimeSpan.FromDays(7), Warn = new Limits(-10, 10), Fail = new Limits(-30, 50), MinUsers = 20 },
        new ChangeRule { DaysAgo = TimeSpan.FromDays(1), Fail = new Limits(-30, null) },
        new BaselineRule(),
        new BaselineRule { Season = TimeSpan.FromDays(1), MinSeasons = 3, MinUsers = 0 },
        new StaleRule { MinTags = 5 },
        new DetectRule(),
        new DetectRule { FalseAlarmsPerMorning = 100, MinChange = new Limits(-1, null), WarmUp = TimeSpan.FromDays(7) },
        new DriftRule { On = Some.Date.DayOfWeek },
        new DuplicatesRule(),
    ];

    static readonly SeriesId[] Series =
    [
        .. new[]
        {
            Metrics.Rows, Metrics.TaggedUsers, Metrics.ActiveUsers, Metrics.DuplicateUsers, Metrics.ReadyMinutes, Metrics.LeftRows, Metrics.RightRows,
        }.Select(Some.Total),
        .. Enumerable.Range(0, 8).Select(i => Some.Tag($"A{i / 4}_{i}")),
    ];

    static readonly Gen<double> Values = Gen.Frequency(
        (3, Gen.Constant(0.0)),
        (6, Gen.Choose(0, 100_000).Select(value => (double)value)),
        (1, Gen.Elements(-1.0, 0.1, 1e-300, 1e15, 1e300, double.MaxValue, -double.MaxValue)));

    static readonly Gen<Measurement?> Nothing = Gen.Constant<Measurement?>(null);

    static readonly Arbitrary<Batch> Batches = Arb.From(
        from today in Gen.CollectToArray(Series, series => Gen.Frequency(
            (8, Values.Select(value => (Measurement?)Some.Taken(series, value))),
            (1, Gen.Elements(true, false).Select(isAbsent => (Measurement?)Some.Missed(series, isAbsent))),
            (1, Nothing)))
        from past in Gen.CollectToArray(Series, series =>
            from values in Gen.ArrayOf(Values)
            from gap in Gen.Choose(1, 9)
            select KeyValuePair.Create<SeriesId, IReadOnlyList<Day>>(
                series, [.. Some.Before(series, values).Value.Where((day, i) => i % gap != 0 || gap == 1)]))
        select Some.Batch([.. today.OfType<Measurement>()]).With(Some.History(past)));

    [Fact]
    public void NoRuleThrowsAndEverySentenceIsWhole() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000),
            Prop.ForAll(
                Batches,
                batch =>
                    Assert.All(
                        All(batch),
                        judgement =>
                        {
                            Assert.EndsWith(".", judgement.Sentence, StringComparison.Ordinal);
                            Assert.DoesNotContain("NaN", judgement.Sentence, StringComparison.Ordinal);
                            Assert.All(
                                new[] { judgement.Value, judgement.Expected, judgement.Low, judgement.High },
                                number => Assert.True(number is null || double.IsFinite(number.Value)));
                        })));

    [Fact]
    public void TheOrderOfTheMeasurementsDoesNotMatter() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Batches, batch =>
        Text(All(batch)).SequenceEqual(Text(All(batch with { Today = [.. batch.Today.Reverse()] })))));

    [Fact]
    public void TheSameInputGivesTheSameVerdicts() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Batches, batch =>
        Text(All(batch)).SequenceEqual(Text(All(batch)))));

    [Fact]
    public void WhatPassesWasMeasured() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Batches, batch =>
        All(batch).All(judgement => judgement.Verdict != Verdict.Pass || judgement.Value is not null)));

    [Fact]
    public void EveryFindingIsInExactlyOneIncident() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Batches, batch =>
    {
        var judgements = All(batch).ToList();
        var incidents = IncidentSorter.From(judgements, "", "");
        var found = judgements.Where(judgement => judgement.Verdict != Verdict.Pass).Select(judgement => judgement.Series).ToHashSet();
        var tags = incidents.SelectMany(incident => incident.Members).Where(series => series.Key.Length > 0).ToList();
        return found.SetEquals(incidents.SelectMany(incident => incident.Members))
            && tags.Count == tags.Distinct().Count()
            && incidents.Any(incident => incident.Blocking) == judgements.Any(judgement => judgement.ClosesGate);
    }));

    static IEnumerable<Judgement> All(Batch batch) => Rules.SelectMany(rule => rule.Judge(batch));

    static IEnumerable<string> Text(IEnumerable<Judgement> judgements) =>
        judgements
            .Select(judgement =>
                string.Join(
                    '|',
                    judgement.Series,
                    judgement.Rule,
                    judgement.Verdict,
                    judgement.Finding,
                    judgement.Sentence,
                    judgement.Value,
                    judgement.Low,
                    judgement.High,
                    judgement.Blocking))
            .Order(StringComparer.Ordinal);
}
