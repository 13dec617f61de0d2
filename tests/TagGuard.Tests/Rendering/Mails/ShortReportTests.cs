using TagGuard.Deliveries;
using TagGuard.Phrases;
using TagGuard.Rendering.Mails;
using TagGuard.Storage;

namespace TagGuard.Tests.Rendering.Mails;

/// <summary>The report in a few lines.</summary>
public sealed class ShortReportTests
{
    [Fact]
    public void ABadDayIsWhatToDoAndWhatBroke()
    {
        var message = Of(ReportDays.Bad());

        Assert.Equal(("closed", "report"), (message.State, message.Kind));
        Assert.Equal(SomeMail.Of(ReportDays.Bad()).Subject, message.Title);
        Assert.StartsWith("Do now: ", message.Lines[0], StringComparison.Ordinal);
        Assert.Equal(message.Incidents.Count, message.Lines.Count - 1);
        Assert.All(message.Incidents.Zip(message.Lines.Skip(1)), pair => Assert.Contains(pair.First.Title, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void AGoodDayIsOneLine()
    {
        var message = Of(ReportDays.Good());

        Assert.Equal("open", message.State);
        Assert.Single(message.Lines);
        Assert.Empty(message.Incidents);
    }

    [Fact]
    public void ItTellsFiveIncidentsAndHowManyAreLeftOut()
    {
        var message = Of(SomeMail.WithIncidents(20));

        Assert.Equal(7, message.Lines.Count);
        Assert.Equal(20, message.Incidents.Count);
        Assert.Contains("15", message.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void ItIsTheSameAfterTheStore()
    {
        var message = Of(ReportDays.Bad(), Language.Zh);

        Assert.Equal(message.ToJson(), ShortMessage.FromJson(message.ToJson()).ToJson());
        Assert.Contains("已拦截", message.Title, StringComparison.Ordinal);
    }

    static ShortMessage Of(StoredDay day, Language language = Language.En) =>
        ShortReport.Write(day, SomeMail.Options(day, language), new MailOptions(), "id@x");
}
