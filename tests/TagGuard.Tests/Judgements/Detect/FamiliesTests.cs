using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Incidents;
using TagGuard.Judgements.Past;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Detect;

/// <summary>The users of a family, each counted once, are judged as a series of their own.</summary>
public sealed class FamiliesTests
{
    static readonly DetectRule Rule = new();

    static Shop Shop() => Stocks.Of().WithFamilies();

    static IReadOnlyList<Incident> Incidents(Batch batch) => IncidentSorter.From([.. Rule.Judge(batch)], "dana", "");

    [Fact]
    public void UsersWhoLostAllTagsOfAFamilyAreToldThoughNoTagMovedFar()
    {
        var incident = Assert.Single(Incidents(Shop().Times(Some.Family("F3"), 0.97).Morning()));

        Assert.Matches("^Family F3: [0-9,]+ users, 3(\\.\\d)?% below the [0-9,]+ expected on a Tuesday$", incident.Title);
        Assert.Contains("family F3", incident.Cause, StringComparison.Ordinal);
        Assert.Equal(Some.Family("F3"), incident.Lead);
    }

    [Fact]
    public void AFamilyThatFellWithItsTagsIsOneIncidentAndLeadsIt()
    {
        var incident = Assert.Single(
            Incidents(Shop().Times(tag => TagFamilies.Guessed.Of(tag) == "F3", 0.9).Times(Some.Family("F3"), 0.9).Morning()));

        Assert.StartsWith("Family F3: all 8 tags lower, ", incident.Title, StringComparison.Ordinal);
        Assert.Equal(Some.Family("F3"), incident.Lead);
        Assert.Equal(9, incident.Members.Count);
    }

    [Fact]
    public void ATagThatFellIsToldWithItsFamilyWhenThatFellToo()
    {
        var incident = Assert.Single(Incidents(Shop().Times(tag => tag == "F3_7", 0.8).Times(Some.Family("F3"), 0.96).Morning()));

        Assert.StartsWith("Family F3: ", incident.Title, StringComparison.Ordinal);
        Assert.Equal([Some.Family("F3"), Some.Tag("F3_7")], incident.Members.Order());
    }

    [Fact]
    public void ATagThatFellAloneIsToldAlone() =>
        Assert.StartsWith("F3_7: ", Assert.Single(Incidents(Shop().Times(tag => tag == "F3_7", 0.8).Morning())).Title, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.98)]
    [InlineData(0.5)]
    public void WhatAllFamiliesDidIsToldOfTheTags(double factor)
    {
        var shop = Shop().Times(_ => true, factor);
        for (var family = 0; family < 6; family++)
            shop.Times(Some.Family($"F{family}"), factor);

        Assert.StartsWith("All tags: ", Assert.Single(Incidents(shop.Morning())).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void AFamilyOfWhichNobodyIsLeftIsOneIncident()
    {
        var batch = Shop().Times(tag => TagFamilies.Guessed.Of(tag) == "F3", 0).Times(Some.Family("F3"), 0).Morning();
        var today = batch.Today.Where(one => one.Series.Key is not ("F3" or ['F', '3', ..])).ToList();
        var gone = batch with { Today = Vanished.AddTo(new Taking(today, "", CountedEveryKey: true), batch.History) };
        var incident = Assert.Single(Incidents(gone));

        Assert.StartsWith("Family F3: all 8 tags at zero", incident.Title, StringComparison.Ordinal);
        Assert.True(incident.Blocking);
    }

    [Fact]
    public void FamiliesThatAreNotCountedTodayDidNotVanish()
    {
        var batch = Shop().Morning();
        var today = batch.Today.Where(one => !one.Series.IsFamily).ToList();

        Assert.DoesNotContain(Vanished.AddTo(new Taking(today, "", CountedEveryKey: true), batch.History), one => one.Series.IsFamily);
    }

    [Fact]
    public void ARenamedTagLeavesItsFamilyWhole()
    {
        var shop = Shop();
        shop.Set(Some.Tag("F3_new"), 0, shop["F3_7", 0]);
        shop["F3_7", 0] = 0;
        var users = shop.Morning().Today.OfType<Measurement.Taken>().Single(one => one.Series == Some.Family("F3")).Value;
        var incident = Assert.Single(Incidents(shop.Morning()));

        Assert.Matches($"^F3_7 became F3_new: .* family F3 [0-9,]+ -> {users:#,0} in all$", incident.Title);
    }

    /// <summary>Families have their part of the false alarms that are allowed, and the tags the rest.</summary>
    [Fact]
    public void OrdinaryMorningsTellNoMoreThanTheBudget()
    {
        var shop = Stocks.Of(days: 160).WithFamilies(160);
        var told = 0;
        for (var ago = 59; ago >= 0; ago--)
            told += Rule.Judge(shop.Morning(ago)).Count(judgement => judgement.Verdict != Verdict.Pass);

        Assert.InRange(told, 0, 60);
    }

    [Fact]
    public void AFamilyWithoutHistoryHoldsNobodyUp()
    {
        var batch = Shop().Morning();
        var known = batch.History.Series.Where(series => !series.IsFamily);
        var history = new History(batch.Day.Date, known.Select(series => KeyValuePair.Create(series, batch.History.Measured(series))));
        var judgements = Rule.Judge(batch.With(history)).ToList();

        Assert.DoesNotContain(judgements, judgement => judgement.Series.IsFamily || judgement.Verdict != Verdict.Pass);
    }
}
