using TagGuard.Facts;

namespace TagGuard.Tests.Facts;

public sealed class TagTableTests
{
    static TagTable Table { get; } = TagTable.Of(
    [
        ["a", "push", "wang", "job_push", "noon push"],
        ["a", "push", "li", null, "noon push"],
        ["b", "push", null, null, null],
        ["b", "news", null, null, null],
        ["c", " ", "", null, null],
        [null, "push", "wang", null, null],
        ["", "push", "wang", null, null],
        ["B", "news", null, null, null],
    ]);

    [Fact]
    public void WhatIsSaidTwiceOfATagIsSaidOnceAndOfTwoFamiliesNoneIsTaken()
    {
        Assert.Equal(new TagEntry("push", "li, wang", "job_push", "noon push"), Table.Find("a"));
        Assert.Equal(new TagEntry(null) { Families = "news, push" }, Table.Find("b"));
        Assert.Equal(new TagEntry("news"), Table.Find("B"));
    }

    [Fact]
    public void NothingIsKnownOfARowWithoutATagAndNoFamilyOfAnEmptyOne()
    {
        Assert.Equal(new TagEntry(null), Table.Find("c"));
        Assert.Equal(["B", "a", "b", "c"], Table.Entries.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ATagWithoutAFamilyInTheTableHasTheOneThatItWouldHaveWithoutIt()
    {
        var families = new TabledFamilies(TagTable.Of([["os:x", "device", null, null, "X"], ["os:y", null, null, null, null]]), TagFamilies.Guessed);

        Assert.Equal(["device", "os", "os"], new[] { "os:x", "os:y", "os:z" }.Select(families.Of));
        Assert.Equal(["x", "y", "z"], new[] { "os:x", "os:y", "os:z" }.Select(families.ValueOf));
        Assert.Equal(["os:x (X)", "os:y"], new[] { "os:x", "os:y" }.Select(families.Named));
        Assert.Equal(("device", "os:x"), (Assert.Single(families.Moved).Family, Assert.Single(families.Moved[0].Tags)));
    }

    [Fact]
    public void ATableThatSaysWhatIsGuessedAnywayMovesNoTag() =>
        Assert.Empty(new TabledFamilies(TagTable.Of([["os:x", "os", null, null, null]]), TagFamilies.Guessed).Moved);
}
