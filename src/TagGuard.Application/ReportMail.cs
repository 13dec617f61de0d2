using System.Globalization;
using System.Text;
using TagGuard.Adapters.Csv;
using TagGuard.Adapters.Mail;
using TagGuard.Deliveries;
using TagGuard.Plans;
using TagGuard.Rendering;
using TagGuard.Rendering.Mails;
using TagGuard.Reports;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>The morning's mail of a date, made of what is stored.</summary>
public static class ReportMail
{
    /// <summary>The mail as it is now, for a look.</summary>
    /// <param name="session">The plan; it has a mail.</param>
    /// <param name="date">The business date.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async Task<MailMessage> WriteAsync(PlanSession session, DateOnly date, CancellationToken cancellationToken)
    {
        var (day, options) = await ReadAsync(session, date, cancellationToken);
        return MessageOf(session, day, options, MailIds.Of(session.Plan, date, RunOf(day).ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The mail for the outbox, with what it tells.</summary>
    internal static async Task<WrittenMessage> ForAsync(PlanSession session, OutboxRow row, CancellationToken cancellationToken)
    {
        var (day, options) = await ReadAsync(session, row.Date, cancellationToken);
        return new WrittenMessage(
            ReportState.Of(ReportFacts.Of(day, options.Gates)), MimeMail.Bytes(MessageOf(session, day, options, row.MessageId)));
    }

    /// <summary>The short message for a webhook, with what it tells.</summary>
    internal static async Task<WrittenMessage> ShortAsync(PlanSession session, OutboxRow row, CancellationToken cancellationToken)
    {
        var (day, options) = await ReadAsync(session, row.Date, cancellationToken);
        var facts = ReportFacts.Of(day, options.Gates);
        var when = session.Plan.Notify.Webhooks.TryGetValue(row.To, out var webhook) ? webhook.When : WebhookWhen.Closed;
        var links = new MailOptions { ReportUrl = session.Plan.Notify.Mail?.ReportUrl?.For(day.Date) };
        return new WrittenMessage(ReportState.Of(facts), ShortReport.Write(day, options, links, row.MessageId).ToJson())
        {
            IsNews = when switch
            {
                WebhookWhen.Always => true,
                WebhookWhen.Warned => !facts.IsOpen || facts.IsOverridden || facts.Incidents.Count > 0,
                _ => !facts.IsOpen || facts.IsOverridden,
            },
        };
    }

    static async Task<(StoredDay Day, ReportOptions Options)> ReadAsync(PlanSession session, DateOnly date, CancellationToken cancellationToken)
    {
        var day = await ReportFile.DayAsync(session, date, cancellationToken);
        return (day, await ReportFile.OptionsAsync(session, day, file: null, log: null, cancellationToken));
    }

    static MailMessage MessageOf(PlanSession session, StoredDay day, ReportOptions options, string id)
    {
        var plan = session.Plan.Notify.Mail ?? throw new InvalidOperationException("The plan has no mail.");
        var name = MailIds.NameOf(session.Plan, day.Date);
        var links = new MailOptions { ReportUrl = plan.ReportUrl?.For(day.Date), RerunUrl = plan.RerunUrl?.For(day.Date) };
        return new MailMessage
        {
            Id = id,
            Date = options.MadeAt,
            From = plan.From,
            To = plan.To,
            Body = DutyMail.Write(day, options, links),
            Attachments =
            [
                new MailFile($"{name}.html", "text/html", Encoding.UTF8.GetBytes(DutyReport.Render(day, options))),
                // With its mark, or Excel reads it as the machine's old code page.
                new MailFile($"{name}.csv", "text/csv", Encoding.UTF8.GetBytes("\uFEFF" + FindingsCsv.Of(day, session.Language))),
            ],
        };
    }

    /// <summary>The newest run of the date.</summary>
    static long RunOf(StoredDay day) => day.Stages.Select(stage => stage.Run?.Id ?? 0).DefaultIfEmpty(0).Max();
}
