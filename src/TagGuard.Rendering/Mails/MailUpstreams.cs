using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Reports;

namespace TagGuard.Rendering.Mails;

/// <summary>What landed last, against when it usually does, and what took longest to measure.</summary>
static class MailUpstreams
{
    const int MostRows = 5;
    const int MostSlow = 3;
    const int UsualDays = 28;

    static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public static IEnumerable<MailBlock> Of(MailScene scene)
    {
        var words = scene.Words;
        var latest = scene.Facts.Day.Series.Where(series => series.Id is { Metric: Metrics.ReadyMinutes, Key: "" } && series.Today is not null)
            .Select(series => (Name: series.Id.Check, Today: series.Today!.Value, Usual: Median([.. series.Before
                .Where(day => day.IsAccepted && day.Date >= scene.Facts.Day.Date.AddDays(-UsualDays)).Select(day => day.Value)])))
            .OrderByDescending(one => one.Today)
            .ToList();
        if (scene.IsQuiet)
        {
            if (latest is [var (name, today, usual), ..])
                yield return new MailBlock.Lines([new MailLine(words.Say(
                    usual is null ? "mail.latest_alone" : "mail.latest",
                    ("name", name), ("clock", ClockOf(scene, today)), ("usual", usual is double known ? ClockOf(scene, known) : null)))]);
            yield break;
        }
        if (latest.Count > 0)
        {
            yield return new MailBlock.Heading(words.Say("mail.upstream"));
            yield return new MailBlock.Table(
                ["", words.Say("mail.ready"), words.Say("mail.usually"), words.Say("mail.later")],
                [.. latest.Take(MostRows).Select(one => new MailRow(
                [
                    new MailCell(one.Name),
                    MailCell.Number(ClockOf(scene, one.Today)),
                    MailCell.Number(one.Usual is double usual ? ClockOf(scene, usual) : Numbers.None),
                    MailCell.Number(one.Usual is double before ? words.Minutes(one.Today - before) : Numbers.None),
                ]))]);
        }
        var slow = scene.Facts.Stages.SelectMany(stage => stage.Stored?.Checks ?? []).Where(check => check.Took >= Slow)
            .OrderByDescending(check => check.Took).Take(MostSlow)
            .Select(check => new Phrase("mail.slowest_is", ("check", check.Name), ("took", words.Took(check.Took))))
            .ToList();
        if (slow.Count > 0)
            yield return new MailBlock.Lines([new MailLine(words.Say("mail.slowest", ("checks", Listing.Of(slow, slow.Count))))]);
    }

    /// <summary>A clock time on the morning after the business date, else with its day.</summary>
    static string ClockOf(MailScene scene, double minutes)
    {
        var (day, options) = (new BusinessDay(scene.Facts.Day.Date, scene.Report.Zone), scene.Report);
        var instant = day.InstantAfter(minutes);
        return minutes is >= 0 and < 24 * 60 ? Words.Clock(instant, options) : scene.Words.Time(instant, options);
    }

    static double? Median(List<double> values)
    {
        if (values.Count == 0)
            return null;
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
