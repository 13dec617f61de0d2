using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Rules;

public sealed class TagTableRuleTests
{
    static readonly SeriesId Table = Some.Total(Metrics.TableTags);

    /// <summary>The tags a, b and c today; the table has what is given of them, and had it on the day before.</summary>
    static Judgement Judged(TagTable today, TagTable? before, Measurement? read = null, params string[] known)
    {
        var history = new History(Some.Date,
        [
            .. known.Select(tag => Some.Before(Some.Tag(tag), 10)),
            .. before is null ? [] : new[] { Some.Before(Table, before.Entries.Count) },
        ])
        {
            Tags = (before is null ? TagBook.None : TagBook.None.With(Some.Date.AddDays(-1), before)).With(Some.Date, today),
        };
        Measurement[] all = [.. new[] { "a", "b", "c" }.Select(tag => Some.Taken(Some.Tag(tag), 10)), read ?? Some.Taken(Table, today.Entries.Count)];
        var families = new TabledFamilies(today, TagFamilies.Guessed);
        return Assert.Single(new TagTableRule().Judge(Some.Batch(all).With(history) with { Families = families }));
    }

    static TagTable Of(params string[] tags) => TagTable.Of(tags.Select(tag => new[] { tag, "f", null, null, null }));

    [Fact]
    public void ATableWithAllTagsPasses() => Is(Verdict.Pass, "All 3 tags are in the table of tags.", Judged(Of("a", "b", "c"), null));

    [Fact]
    public void ANewTagThatTheTableLacksIsToldOnce()
    {
        Is(Verdict.Warn, "1 tag is not in the table of tags: c.", Judged(Of("a", "b"), Of("a", "b"), null, "a", "b"));
        Is(Verdict.Pass, "1 tag is not in the table of tags: c.", Judged(Of("a", "b"), Of("a", "b"), null, "a", "b", "c"));
    }

    [Fact]
    public void TagsThatLeftTheTableAreTold() =>
        Is(Verdict.Warn, "2 tags are not in the table of tags: b, c.", Judged(Of("a"), Of("a", "b", "c"), null, "a", "b", "c"));

    [Fact]
    public void OnTheFirstMorningAllThatTheTableLacksIsTold() =>
        Is(Verdict.Warn, "2 tags are not in the table of tags: b, c.", Judged(Of("a"), null, null, "a", "b", "c"));

    [Fact]
    public void ATagInTwoFamiliesIsToldEveryMorning()
    {
        (string Tag, string Family)[] rows = [("a", "f"), ("a", "g"), ("b", "f"), ("c", "f")];
        var twice = TagTable.Of(rows.Select(row => new[] { row.Tag, row.Family, null, null, null }));

        Is(
            Verdict.Warn,
            "The table of tags puts 1 tag into two families at once: a (f, g). Their family is taken from their names.",
            Judged(twice, twice, null, "a", "b", "c"));
    }

    [Fact]
    public void ATableThatCannotBeReadSaysWhoseEntriesStand()
    {
        Is(
            Verdict.Warn,
            "The table of tags could not be read: It is empty. Families, owners and words are those of 2026-02-02.",
            Judged(Of("a"), Of("a"), new Measurement.Missed(Table, "It is empty.", IsAbsent: false)));
        Is(
            Verdict.Warn,
            "The table of tags could not be read: Down. Nothing is known of tags yet, and families are put together without it.",
            Judged(TagTable.Empty, null, new Measurement.Missed(Table, "Down.", IsAbsent: false)));
    }

    [Fact]
    public void OfADayOnWhichNobodyReadATableNothingIsSaid() => Assert.Empty(new TagTableRule().Judge(Some.Batch(Some.Taken(Some.Tag("a"), 1))));

    static void Is(Verdict verdict, string sentence, Judgement judgement)
    {
        Assert.Equal((verdict, sentence), (judgement.Verdict, judgement.Sentence));
        Assert.False(judgement.ClosesGate);
    }
}
