using System.Globalization;
using System.Text;
using TagGuard.Adapters.Csv;
using TagGuard.Adapters.Mail;
using TagGuard.Deliveries;
using TagGuard.Plans;
using TagGuard.Rendering;
using TagGuard.Rendering.Mails;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>The morning's mail of a date, made of what is stored.</summary>
public static class ReportMail
{
    /// <param name="session">The plan; it has a mail.</param>
    /// <param name="date">The business date.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async Task<MailMessage> WriteAsync(PlanSession session, DateOnly date, CancellationToken cancellationToken)
    {
        var plan = session.Plan.Notify.Mail ?? throw new InvalidOperationException("The plan has no mail.");
        var day = await ReportFile.DayAsync(session, date, cancellationToken);
        var options = await ReportFile.OptionsAsync(session, day, file: null, log: null, cancellationToken);
        var name = NameOf(session, date);
        return new MailMessage
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{name}.{RunOf(day)}@{HostOf(plan)}"),
            Date = options.MadeAt,
            From = plan.From,
            To = plan.To,
            Body = DutyMail.Write(day, options, new MailOptions { ReportUrl = plan.ReportUrl?.For(date), RerunUrl = plan.RerunUrl?.For(date) }),
            Attachments =
            [
                new MailFile($"{name}.html", "text/html", Encoding.UTF8.GetBytes(DutyReport.Render(day, options))),
                // With its mark, or Excel reads it as the machine's old code page.
                new MailFile($"{name}.csv", "text/csv", Encoding.UTF8.GetBytes("\uFEFF" + FindingsCsv.Of(day, session.Language))),
            ],
        };
    }

    /// <summary>Hands it to the plan's mail server.</summary>
    /// <exception cref="MailException">The server cannot be used.</exception>
    public static Task<IReadOnlyList<MailReceipt>> SendAsync(PlanSession session, MailMessage mail, CancellationToken cancellationToken) =>
        new SmtpSender(session.Plan.Notify.Mail!, session.Folder, session.Clock).SendAsync(mail, cancellationToken);

    /// <summary>The newest run of the date: told again it is the same mail, and after another run it is another.</summary>
    static long RunOf(StoredDay day) => day.Stages.Select(stage => stage.Run?.Id ?? 0).DefaultIfEmpty(0).Max();

    /// <summary>A name for files and for the mail's identity: letters, digits and dashes.</summary>
    public static string NameOf(PlanSession session, DateOnly date)
    {
        var plan = string.Concat(session.Plan.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        return $"{(plan.Length > 0 ? plan : "plan")}-{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
    }

    static string HostOf(MailPlan plan) => new System.Net.Mail.MailAddress(plan.From).Host;
}
