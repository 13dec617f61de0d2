using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Incidents;
using TagGuard.Judgements.Past;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Detect;

/// <summary>Families, owners, lineage and words from a table of tags: F3_4 is of the family F3 there, as it would be without it, until somebody moves
/// it.</summary>
public sealed class FamiliesOfATableTests
{
    static TagTable Table(string? moved = null) => TagTable.Of(
        from family in Enumerable.Range(0, 6)
        from tag in Enumerable.Range(0, 8)
        let name = $"F{family}_{tag}"
        select new[] { name, name == moved ? "F5" : $"F{family}", $"owner {family}", $"job_{family}", $"tag {tag} of {family}" });

    /// <summary>The morning on which the table was changed so many days ago.</summary>
    static Batch Morning(Shop shop, TagTable before, TagTable now, int ago)
    {
        var (families, since) = (new TabledFamilies(now, TagFamilies.Guessed), Some.Date.AddDays(-ago));
        for (var day = 100; day >= 0; day--)
            shop.Set(Some.Total(Metrics.FamilyMark), day, families.Mark);
        var batch = shop.Morning();
        var book = TagBook.None.With(Some.Date.AddDays(-100), before);
        return batch with
        {
            Families = families,
            History = new History(Some.Date, batch.History.Series.Select(series => KeyValuePair.Create(series, batch.History.Measured(series))))
            {
                Tags = (ago < 100 ? book.With(since, now) : book).With(Some.Date, now),
            },
        };
    }

    static IReadOnlyList<Incident> Incidents(Batch batch) =>
        IncidentSorter.From([.. new DetectRule().Judge(FamilyDays.In(batch))], "the check's", "", batch.Families);

    [Fact]
    public void AnIncidentNamesOwnersLineageAndWordsOfItsTags()
    {
        var one = Assert.Single(Incidents(Morning(Stocks.Of().WithFamilies().Times(Some.Tag("F3_4"), 0.5), Table(), Table(), 100)));
        var family = Assert.Single(Incidents(Morning(
            Stocks.Of().WithFamilies().Times(tag => tag.StartsWith("F3", StringComparison.Ordinal), 0.5).Times(Some.Family("F3"), 0.5),
            Table(), Table(), 100)));

        Assert.StartsWith("F3_4 (tag 4 of 3): ", one.Title, StringComparison.Ordinal);
        Assert.Equal(("owner 3", "owner 3"), (one.Owner, family.Owner));
        Assert.EndsWith(" Computed by job_3.", one.Cause, StringComparison.Ordinal);
        Assert.EndsWith(" Computed by job_3.", family.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAllTagsDoIsToldToTheOwnerOfTheCheck()
    {
        var all = Assert.Single(Incidents(Morning(Stocks.Of().WithFamilies().Times(_ => true, 0.5), Table(), Table(), 100)));

        Assert.Equal("the check's", all.Owner);
        Assert.DoesNotContain("Computed by", all.Cause, StringComparison.Ordinal);
    }

    /// <summary>The users of F3 and F5 are others than before; those of F1 are not.</summary>
    [Fact]
    public void FamiliesThatATagLeftOrCameToAreNotComparedWithDaysBefore()
    {
        var batch = Morning(Stocks.Of().WithFamilies().Times(Some.Family("F1"), 0.9), Table(), Table(moved: "F3_4"), 5);
        var known = FamilyDays.In(batch).History;

        Assert.Equal([5, 5, 100], new[] { "F3", "F5", "F1" }.Select(family => Math.Min(known.Measured(Some.Family(family)).Count, 100)));
        Assert.Equal(["Family F1: "], Incidents(batch).Select(incident => incident.Title[..11]));
    }

    [Fact]
    public void ATagThatWasNewWhenItCameIntoTheTableLeavesItsFamilyComparable()
    {
        var fewer = new TagTable(Table().Entries.Where(tag => tag.Key != "F3_4").ToDictionary());
        var known = FamilyDays.In(Morning(Stocks.Of().WithFamilies(), fewer, Table(), 5)).History;

        Assert.True(known.Measured(Some.Family("F3")).Count >= 90);
    }
}
