using SkiaSharp;
using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Rendering;
using TagGuard.Rendering.Mails;

namespace TagGuard.Tests.Rendering.Mails;

/// <summary>The picture of a chart: what the page's chart shows, in pixels.</summary>
public sealed class ChartPictureTests
{
    static readonly SeriesId Id = new("user tags", Metrics.TagCount, "A1");

    [Fact]
    public void ItHasTwiceThePixelsOfItsPlaceOnThePage()
    {
        using var picture = Draw(today: 100);

        Assert.Equal((ChartPicture.Width * 2, ChartPicture.Height * 2), (picture.Width, picture.Height));
    }

    [Fact]
    public void ItsNumbersAndDatesAreDrawnWithItsOwnFont()
    {
        using var picture = Draw(today: 100);

        Assert.True(Ink(picture, 0, 60) > 100, "No number stands beside the axis.");
        Assert.True(Ink(picture, 0, picture.Width, picture.Height - 46) > 100, "No date stands below the axis.");
        using var font = SKTypeface.FromStream(typeof(DutyReport).Assembly.GetManifestResourceStream("assets/digits.ttf"));
        Assert.Equal("TagGuard Digits", font.FamilyName);
        Assert.All("0123456789,.-−×%", character => Assert.True(font.ContainsGlyph(character), $"{character} would not be drawn."));
    }

    [Fact]
    public void TodayStandsAtTheRightInTheColourOfItsVerdict()
    {
        using var bad = Draw(today: 0, Verdict.Fail);
        using var good = Draw(today: 100, Verdict.Pass);

        Assert.True(Of(bad, SKColor.Parse("#e0503f")) > 200);
        // A day that was not accepted has a ring of the same colour.
        Assert.True(Of(good, SKColor.Parse("#e0503f")) < 100);
        Assert.True(Of(good, SKColor.Parse("#3f9d62")) > 200);
    }

    [Fact]
    public void AMissingDayIsAGapAndNeverBridged()
    {
        var all = ReportDays.One(Id, 100_000, 1) with { Today = null };
        var whole = ChartData.Of(all with { Before = [.. all.Before.Select(day => day with { IsAccepted = true })] }, null, ReportDays.Date);

        // One day of the series is not stored, and today's value is missing.
        Assert.Equal([ReportDays.MissingDay, ReportDays.Date], whole.Missing.Select(gap => gap.First));
        Assert.Equal(2, whole.Lines.Count());
    }

    [Fact]
    public void ItIsMadeOfWhatThePagesChartIsMadeOf()
    {
        var series = ReportDays.One(Id, 100_000, 1);
        var chart = ChartData.Of(series, null, ReportDays.Date);

        Assert.Equal(series.Before, chart.Shown);
        Assert.Equal(ReportDays.QuarantinedDay, chart.Refused.Single().Date);
        Assert.Equal(series.Today, chart.Today);
    }

    static SKBitmap Draw(double today, Verdict verdict = Verdict.Pass)
    {
        var series = ReportDays.One(Id, 100, 1) with { Today = today };
        var judgement = new Judgement
        {
            Series = Id,
            Rule = "baseline",
            Verdict = verdict,
            Finding = Finding.Normal,
            Said = Phrase.Text("."),
            Expected = 100,
            Low = 90,
            High = 110,
        };
        return SKBitmap.Decode(ChartPicture.Png(ChartData.Of(series, judgement, ReportDays.Date)));
    }

    static int Ink(SKBitmap picture, int left, int right, int top = 0) =>
        picture.Pixels.Index().Count(pixel =>
            pixel.Index % picture.Width >= left && pixel.Index % picture.Width < right && pixel.Index / picture.Width >= top
            && pixel.Item.Alpha > 128);

    static int Of(SKBitmap picture, SKColor colour) => picture.Pixels.Count(pixel => pixel == colour);
}
