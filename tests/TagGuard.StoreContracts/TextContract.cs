using FsCheck;
using FsCheck.Fluent;
using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.StoreContracts;

/// <summary>Text of every kind comes back as it was saved.</summary>
public abstract class TextContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
    [Theory]
    [InlineData("'; drop table verdict; --")]
    [InlineData("\"quoted\" `ticked` [bracketed]")]
    [InlineData("标签😀👨‍👩‍👧‍👦é")]
    [InlineData("nul\0inside")]
    [InlineData("\0")]
    [InlineData("line\r\nfeed\ttab\\")]
    [InlineData(" spaces ")]
    [InlineData("%_@date?:1$x")]
    [InlineData("null")]
    public async Task AnyTextComesBackAsItWasSaved(string text) => await ComesBackAsync([text]);

    [Fact]
    public async Task ATextOf64KilobytesComesBackAsItWasSaved() => await ComesBackAsync([new string('长', 65536 / 3) + "\0end"]);

    [Fact]
    public void TextsThatNobodyThoughtOfComeBackAsTheyWereSaved() =>
        Prop.ForAll<NonNull<string>[]>(texts =>
                ComesBackAsync([.. texts.Select(text => text.Get.ReplaceLoneSurrogates()).Where(text => text.Length > 0).Distinct()])
                    .GetAwaiter()
                    .GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    async Task ComesBackAsync(IReadOnlyList<string> texts)
    {
        var judgements = texts
            .Select(text => Given.Judged(Given.Tag(text), Verdict.Warn, Finding.Drop) with { Said = Phrase.Text(text), Rule = text })
            .ToArray();
        var incidents = texts.Select(Given.Incident).ToList();
        var stage = Given.Stage(Given.Volumes(texts.Select(text => Given.Volume(text, 1)), judgements)) with { Incidents = incidents };

        await Store.SaveAsync(Given.Date, stage);

        var day = await Store.DayAsync(Given.Plan, Given.Date, 1, Token);
        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date.AddDays(1), 7, Given.Later, Token);
        Assert.Equal(texts.Order(StringComparer.Ordinal), day.Series.Select(series => series.Id.Key).Order(StringComparer.Ordinal));
        Assert.Equal(texts.Order(StringComparer.Ordinal), history.Series.Select(series => series.Key).Order(StringComparer.Ordinal));
        Assert.Equal(texts, day.Stages[0].Judgements.Select(judgement => judgement.Judgement.Sentence));
        Assert.Equivalent(incidents, day.Stages[0].Incidents, strict: true);
        foreach (var text in texts)
            Assert.Contains(await Store.JudgementsAsync(Given.Plan, Given.Date, text, Token), judgement => judgement.Judgement.Series.Key == text);
    }
}
