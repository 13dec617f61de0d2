using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Incidents;
using TagGuard.Judgements.Past;
using TagGuard.Keys;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Detect;

/// <summary>Families as a plan makes them: F3_4 is of the family 3.</summary>
public sealed class FamiliesOfThePlanTests
{
    static readonly DetectRule Rule = new();
    static readonly SeriesId Mark = Some.Total(Metrics.FamilyMark);

    static PatternFamilies Families { get; } = PatternOf("^F([0-9])");

    static PatternFamilies PatternOf(string pattern)
    {
        PortablePattern.MistakeIn(pattern, out var read);
        return new PatternFamilies(read!);
    }

    /// <summary>With the users of families as the plan makes them, counted since so many days ago; before, they were guessed.</summary>
    static Shop Shop(int since)
    {
        var shop = Stocks.Of().WithFamilies();
        for (var ago = 100; ago >= 0; ago--)
        {
            for (var family = 0; family < 6; family++)
            {
                if (ago <= since)
                    shop.Set(Some.Family($"{family}"), ago, shop[$"F{family}_7", ago] * 2);
            }
            if (ago <= since)
                shop.Set(Mark, ago, Families.Mark);
        }
        return shop;
    }

    static Batch Morning(Shop shop, int since)
    {
        var batch = shop.Morning() with { Families = Families };
        return batch with
        {
            Today = [.. batch.Today.Where(one => !one.Series.Key.StartsWith('F') || one.Series.IsTag)],
            History = batch.History.WithFamilies((series, date) =>
                series.Key.StartsWith('F') == date < Some.Date.AddDays(-since)),
        };
    }

    static IReadOnlyList<Judgement> Judged(Batch batch) => [.. Rule.Judge(FamilyDays.In(batch))];

    static Judgement Alarms(Batch batch) => Judged(batch).Single(one => one.Series.Metric == Metrics.Alarms);

    [Fact]
    public void AnIncidentHasTheFamilyOfThePlan()
    {
        var judged = Judged(Morning(Shop(100).Times(tag => tag.StartsWith("F3", StringComparison.Ordinal), 0.9).Times(Some.Family("3"), 0.9), 100));
        var incident = Assert.Single(IncidentSorter.From(judged, "", "", Families));

        Assert.StartsWith("Family 3: all 8 tags lower, ", incident.Title, StringComparison.Ordinal);
        Assert.Equal(("3", Some.Family("3"), 9), (incident.Family, incident.Lead, incident.Members.Count));
    }

    [Fact]
    public void TagsThatAreDeletedAreToldByTheirFamilyAndNeverAsARest()
    {
        var batch = Morning(Shop(100), 100);
        batch = batch with { Today = [.. batch.Today.Where(one => !one.Series.Key.StartsWith("F3") && one.Series.Key != "3")] };
        var gone = batch with { Today = Vanished.AddTo(new Taking(batch.Today, "", CountedEveryKey: true), batch.History) };

        Assert.StartsWith(
            "Family 3: all 8 tags at zero", Assert.Single(IncidentSorter.From(Judged(gone), "", "", Families)).Title, StringComparison.Ordinal);
    }

    /// <summary>The families of before have no users under their names any more, and the new ones no days before.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(12)]
    public void AfterThePlanPutsTagsIntoOtherFamiliesNoneOfThemVanishedOrJumped(int since)
    {
        var batch = Morning(Shop(since), since);
        var known = FamilyDays.Comparable(batch.Check, batch.History, Families);
        var today = Vanished.AddTo(new Taking(batch.Today, "", CountedEveryKey: true), known);
        var judged = Judged(batch with { Today = today });

        Assert.DoesNotContain(today, one => one.Series.IsFamily && one.Series.Key.StartsWith('F'));
        Assert.Empty(IncidentSorter.From(judged, "", "", Families));
        Assert.DoesNotContain(judged, one => one.Series.IsFamily);
        Assert.Contains(
            $"Families are put together as they are since {Some.Date.AddDays(-since):yyyy-MM-dd}",
            Alarms(batch).Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void FamiliesAreJudgedAgainWhenTheirDaysAreEnough()
    {
        var batch = Morning(Shop(20).Times(Some.Family("3"), 0.9), 20);

        Assert.Equal(Verdict.Fail, Judged(batch).Single(one => one.Series == Some.Family("3")).Verdict);
        Assert.DoesNotContain("Families are put together", Alarms(batch).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void OnADayThatCountedOtherFamiliesNoneIsJudged()
    {
        var batch = Stocks.Of().WithFamilies().Times(Some.Family("F3"), 0.9).Morning() with { Families = Families };

        Assert.DoesNotContain(Judged(batch), one => one.Series.IsFamily);
        Assert.Contains("they are not judged", Alarms(batch).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void AWindowOfAFamilyIsThatOfThePlansFamily()
    {
        var rule = new DetectRule { Windows = new Dictionary<string, TimeSpan> { ["3"] = TimeSpan.FromDays(30) } };

        Assert.Equal(30, rule.WindowOf(Some.Tag("F3_4"), Families));
        Assert.Null(rule.WindowOf(Some.Tag("F3_4"), TagFamilies.Guessed));
    }

    /// <summary>A person's word on a whole family is as good as one on a tag: what fell stays, and is the level.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(1.3)]
    public void AnAcceptedFamilyIsTheNextDaysLevel(double factor)
    {
        var shop = Stocks.Of().WithFamilies().Times(tag => tag.StartsWith("F3", StringComparison.Ordinal), factor, from: 4);
        for (var ago = 4; ago >= 0; ago--)
            shop.Set(Some.Family("F3"), ago, Math.Round(shop.Morning(ago).Today.OfType<Measurement.Taken>()
                .Single(one => one.Series == Some.Family("F3")).Value * factor));
        Assert.Contains(shop.Live(Rule, 4, 4)[0], judgement => judgement.Verdict == Verdict.Fail);
        foreach (var series in shop.Morning(4).Today.Select(one => one.Series).Where(series => series.Key.StartsWith("F3")))
            shop.Mark(series, 4, DayState.Confirmed);

        Assert.All(shop.Live(Rule, 3), morning => Assert.Empty(IncidentSorter.From(morning, "", "").Select(incident => incident.Title)));
    }
}
