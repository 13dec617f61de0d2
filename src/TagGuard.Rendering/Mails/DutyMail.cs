using TagGuard.Deliveries;
using TagGuard.Reports;
using TagGuard.Storage;

namespace TagGuard.Rendering.Mails;

/// <summary>The morning's mail for the person on duty, made only of what is stored.</summary>
public static class DutyMail
{
    /// <summary>Writes a date as a mail. Pure: the same day and options give the same bytes.</summary>
    public static MailBody Write(StoredDay day, ReportOptions report, MailOptions options)
    {
        ArgumentNullException.ThrowIfNull(day);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(options);
        var scene = new MailScene(ReportFacts.Of(day, report.Gates), Words.Of(report.Language, day), report, options);
        var blocks = MailSections.All.SelectMany(section => section(scene)).ToList();
        var subject = MailSubject.Of(scene.Facts, scene.Words);
        return new MailBody(
            subject,
            MailHtml.Of(scene.Words, subject, blocks),
            MailText.Of(scene.Words, blocks),
            [.. blocks.OfType<MailBlock.Card>().Select(card => card.Chart).OfType<MailChart>()
                .Select(chart => new MailFile(chart.Name, "image/png", ChartPicture.Png(chart.Data)))]);
    }
}
