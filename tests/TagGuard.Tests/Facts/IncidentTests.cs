using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Tests.Facts;

public sealed class IncidentTests
{
    static readonly Phrase Fewer = Phrase.Text("2 fewer, allowed 0.");
    static readonly Phrase ByKey = Phrase.Text("By key: 2 missing there (u7, u8).");

    static Incident Of(Phrase what) => new()
    {
        Verdict = Verdict.Fail,
        Finding = Finding.Drop,
        Blocking = true,
        Check = "copied",
        What = what,
        Why = Phrase.Text(""),
        DoFirst = Phrase.Text(""),
        Said = Fewer.And(ByKey),
        Size = 1,
        Lead = new SeriesId("copied", Metrics.Rows),
        Members = [],
    };

    [Fact]
    public void AHeadingHasTheFirstSentenceOfWhatWasFound()
    {
        var incident = Of(new Phrase("incident.of", ("name", "copied"), ("said", Fewer.And(ByKey))));

        Assert.Equal("copied: 2 fewer, allowed 0. By key: 2 missing there (u7, u8)", incident.Title);
        Assert.Equal("copied: 2 fewer, allowed 0", incident.Heading.ToString());
    }

    [Fact]
    public void AHeadingOfOneSentenceIsTheTitle()
    {
        var what = new Phrase("incident.of", ("name", "copied"), ("said", Fewer));

        Assert.Equal(what, Of(what).Heading);
    }
}
