using System.Globalization;
using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Storage;

namespace TagGuard.Rendering.Mails;

/// <summary>Short mails about TagGuard itself.</summary>
public static class NoticeMail
{
    /// <summary>Tells the admin of a mail that nobody will get.</summary>
    /// <param name="plan">The plan's name.</param>
    /// <param name="dead">The mail.</param>
    /// <param name="report">Language, zone and plan; its gates are not told.</param>
    public static MailBody DeadLetter(string plan, OutboxRow dead, ReportOptions report)
    {
        ArgumentNullException.ThrowIfNull(dead);
        ArgumentNullException.ThrowIfNull(report);
        var words = Words.Of(report.Language);
        var subject = words.Say("mail.dead_subject", ("date", dead.Date), ("to", dead.To), ("plan", plan));
        return Write(words, report, subject,
        [
            new MailBlock.Banner(Verdict.Fail, Signs.Of(Verdict.Fail), $"{words.LongDay(dead.Date)} · {plan}", words.Say("mail.dead_title")),
            new MailBlock.Call(words.Say("mail.now"), new MailLine(words.Say("mail.dead_do", ("to", dead.To)))),
            new MailBlock.Lines([new MailLine(words.OfDead(dead, report), Verdict.Fail), new MailLine(words.Say("mail.dead_gates"))]),
        ]);
    }

    /// <summary>Tells that a run has not happened.</summary>
    /// <param name="silent">The date.</param>
    /// <param name="report">Language, zone and plan; its gates are not told.</param>
    public static MailBody Silence(SilentDate silent, ReportOptions report)
    {
        ArgumentNullException.ThrowIfNull(silent);
        ArgumentNullException.ThrowIfNull(report);
        var words = Words.Of(report.Language);
        var by = silent.ExpectedBy?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? Numbers.None;
        var subject = words.Say("mail.silence_subject", ("date", silent.Date), ("time", by), ("plan", silent.Plan));
        var run = new Commands(report, silent.Date).Run;
        var isOver = silent.Unjudged.Count == 0;
        return Write(words, report, subject,
        [
            new MailBlock.Banner(
                Verdict.Unknown,
                Signs.Of(Verdict.Unknown),
                $"{words.LongDay(silent.Date)} · {silent.Plan}",
                words.Say("mail.silence_title", ("time", by))),
            new MailBlock.Call(
                words.Say("mail.now"), new MailLine(isOver ? words.Say("mail.silence_over") : words.Say("mail.silence_do", ("command", run)))),
            new MailBlock.Lines(
            [
                new MailLine(words.Say("mail.silence_expected", ("time", by), ("zone", report.Zone.Id))),
                .. isOver
                    ? Array.Empty<MailLine>()
                    : [new MailLine(words.Say("mail.silence_unjudged", ("stages", string.Join(", ", silent.Unjudged))), Verdict.Unknown)],
            ]),
        ]);
    }

    static MailBody Write(Words words, ReportOptions report, string subject, IReadOnlyList<MailBlock> blocks)
    {
        var line = PlainText.Shown(subject);
        IReadOnlyList<MailBlock> all =
        [
            .. blocks, new MailBlock.Foot([new MailLine($"{Headline.MadeOf(words, report)} · TagGuard {report.Version}")]),
        ];
        return new MailBody(line, MailHtml.Of(words, line, all), MailText.Of(words, all), []);
    }
}
