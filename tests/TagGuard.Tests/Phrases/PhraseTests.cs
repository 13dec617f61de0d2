using TagGuard.Phrases;

namespace TagGuard.Tests.Phrases;

public sealed class PhraseTests
{
    static readonly Phrasebook English = Phrasebook.Of(Language.En);
    static readonly Phrasebook Chinese = Phrasebook.Of(Language.Zh);

    [Theory]
    [InlineData(1, "1 row", "1 行")]
    [InlineData(12_431, "12,431 rows", "12,431 行")]
    public void ANumberHasItsUnitInEachLanguage(double rows, string english, string chinese) =>
        Assert.Equal((english, chinese), (English.Count(rows, "row"), Chinese.Count(rows, "row")));

    [Fact]
    public void AUnitThatNobodyNamedIsSaidAsItIs() => Assert.Equal("2 dead letters", English.Count(2, "dead_letters"));

    [Fact]
    public void APhraseComesBackFromItsJsonToTheLastBit()
    {
        var phrase = Phrase.Joined(
            new Phrase(
                "verdict.some",
                ("third", 1 / 3.0),
                ("name", "a \"b\" 标签"),
                ("date", new DateOnly(2026, 11, 19)),
                ("inner", new Phrase("verdict.other", ("n", 2)))),
            Phrase.Text("Lost connection {to} 'db'."));

        Assert.Equal(phrase, PhraseJson.Read(PhraseJson.Write(phrase)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\"is\":3}")]
    [InlineData("{\"is\":\"a.b\",\"x\":true}")]
    public void WhatIsNoPhraseIsNone(string stored) => Assert.Null(PhraseJson.Read(stored));

    [Fact]
    public void APhraseThatThisVersionDoesNotKnowShowsTheTextStoredBesideIt() =>
        Assert.Equal("What was written then.", Chinese.Say(new Phrase("verdict.of_a_later_version", ("n", 2)), "What was written then."));

    [Fact]
    public void SentencesFollowEachOtherAsTheLanguageWritesThem()
    {
        var two = Phrase.Joined(Phrase.Text("A."), Phrase.Text("B."));
        Assert.Equal(("A. B.", "A.B."), (English.Say(two), Chinese.Say(two)));
    }

    [Fact]
    public void PhrasesAreEqualByNameAndValues()
    {
        Assert.Equal(new Phrase("verdict.a", ("n", 1), ("gone", null)), new Phrase("verdict.a", ("n", 1.0)));
        Assert.NotEqual(new Phrase("verdict.a", ("n", 1)), new Phrase("verdict.a", ("n", 2)));
    }

    [Fact]
    public void AValueThatCannotBeStoredIsRefused() =>
        Assert.Throws<ArgumentException>(() => new Phrase("verdict.a", ("at", DateTimeOffset.UnixEpoch)));
}
