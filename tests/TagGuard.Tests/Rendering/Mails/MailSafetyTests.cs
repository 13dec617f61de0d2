using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using TagGuard.Phrases;

namespace TagGuard.Tests.Rendering.Mails;

/// <summary>Nothing in a mail runs, loads or breaks it, and programs take it whole.</summary>
public sealed class MailSafetyTests
{
    /// <summary>From here on Gmail hides the rest.</summary>
    const int Clipped = 102 * 1024;

    [Fact]
    public void NothingIsFetchedAndNothingRuns()
    {
        foreach (var day in new[] { ReportDays.Bad(), ReportDays.Good(), OddDays.OfNastyStrings(), OddDays.Missed() })
            Assert.DoesNotMatch(
                @"(?i)<script|https?:|url\(|@import|<link|<iframe|<object|<form|\son[a-z]+\s*=\s*""|\ssrc=""(?!cid:)",
                SomeMail.Of(day).Html);
    }

    [Fact]
    public void EveryPictureThatIsShownIsThere()
    {
        var mail = SomeMail.Of(ReportDays.Bad());
        var shown = Regex.Matches(mail.Html, "src=\"cid:([^\"]+)\"").Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(mail.Pictures.Select(picture => $"{picture.Name}@tagguard").Order(), shown.Order());
        Assert.Equal(3, shown.Count);
    }

    [Fact]
    public void ATextOfTheDataIsTextWhateverItHolds() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            var mail = SomeMail.Of(OddDays.OneSeries(5, [], (text ?? "") + "<b x='", (text ?? "") + "\"><i>&"));
            Assert.DoesNotContain("<b x=", mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<i>", mail.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(mail.Subject + mail.Text.Replace("\n", "", StringComparison.Ordinal), char.IsControl);
            // What cannot be written as UTF-8 is not in it.
            Assert.Equal(mail.Text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(mail.Text)));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(20, 20)]
    [InlineData(3_000, 20)]
    [InlineData(3_000, 500)]
    public void AMailOfManyTagsAndIncidentsIsNeitherClippedNorLarge(int tags, int incidents)
    {
        var mail = SomeMail.Of(SomeMail.WithIncidents(incidents, tags));
        var pictures = mail.Pictures.Sum(picture => picture.Content.Length);

        Assert.InRange(Encoding.UTF8.GetByteCount(mail.Html), 1, Clipped - 1);
        // Base64 makes four of three.
        Assert.InRange(Encoding.UTF8.GetByteCount(mail.Html + mail.Text) + (pictures * 4 / 3), 1, 400_000);
        Assert.Equal(5, mail.Pictures.Count);
    }

    [Fact]
    public void TheSameDayGivesTheSameMail()
    {
        var (one, other) = (SomeMail.Of(ReportDays.Bad(), Language.Zh), SomeMail.Of(ReportDays.Bad(), Language.Zh));

        Assert.Equal((one.Subject, one.Html, one.Text), (other.Subject, other.Html, other.Text));
        Assert.All(one.Pictures.Zip(other.Pictures), pair => Assert.Equal(pair.First.Content.ToArray(), pair.Second.Content.ToArray()));
    }
}
