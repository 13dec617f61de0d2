using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Reports;

namespace TagGuard.Rendering.Mails;

/// <summary>What has no number today, and why: nobody may take silence for health.</summary>
static class MailNotMeasured
{
    const int MostLines = 10;
    const int MostNames = 3;

    public static IEnumerable<MailBlock> Of(MailScene scene)
    {
        var words = scene.Words;
        var missed = scene.Facts.Day.Series.Where(series => series.Missed is not null)
            .GroupBy(series => (series.Id.Check, series.Missed!.Reason))
            .Select(same => new MailLine(
                words.Say(
                    "mail.not_measured_of",
                    ("what", new Phrase("report.recovered_of", ("check", same.Key.Check), ("names", Listing.Of(
                        [.. same.Select(series => Phrase.Text(words.NameOf(series.Id)))], MostNames)))),
                    ("reason", same.Key.Reason)),
                Verdict.Unknown))
            .ToList();
        return MailScene.Titled(words.Say("mail.not_measured"), scene.AtMost(MostLines, missed));
    }
}
