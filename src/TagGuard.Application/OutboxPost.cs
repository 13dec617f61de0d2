using TagGuard.Adapters.Mail;
using TagGuard.Deliveries;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Rendering;
using TagGuard.Rendering.Mails;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>Delivers what waits in the outbox of a plan: its own messages, and those that earlier processes left.</summary>
public static class MailPost
{
    /// <summary>What a server's answer is stored in.</summary>
    const int LongestAnswer = 500;

    const string Held = "A run of the date is under way: it is sent when that has ended.";

    /// <summary>Whether a plan names a mail server. Without one, mails can only be looked at.</summary>
    public static bool IsOf(Plan plan) => plan.Notify.Mail is { Host: not null };

    /// <summary>The report of a date, for those who get it; null when the plan has no mail server.</summary>
    public static OutboxOrder? Report(Plan plan, DateOnly date) =>
        IsOf(plan) ? new OutboxOrder(OutboxKind.Report, [.. plan.Notify.Mail!.To.Distinct()], MailIds.New(plan, date)) : null;

    /// <summary>Delivers what is due.</summary>
    /// <param name="session">The plan.</param>
    /// <param name="messageId">Only this message; null for all that are due.</param>
    /// <param name="cancellationToken">Gives up; what was delivered is noted.</param>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    public static async Task<IReadOnlyList<OutboxResult>> DeliverAsync(PlanSession session, string? messageId, CancellationToken cancellationToken)
    {
        var plan = session.Plan;
        if (!IsOf(plan))
            return [];
        var mail = plan.Notify.Mail!;
        if (messageId is null)
            await ExpectedRuns.OrderAsync(session, cancellationToken);
        using var line = new SmtpSender(mail, session.Folder, session.Clock);
        var holder = new Holder(Environment.MachineName, Environment.ProcessId, Environment.UserName);
        return await new OutboxRound(session.Store, plan.Name, holder, line, (row, token) => WriteAsync(session, row, token))
        {
            // The line is opened and used within it, twice the time at most; then this process has given up itself.
            Lease = (2 * mail.Timeout) + TimeSpan.FromMinutes(2),
            DeadLetter = dead => mail.Admin is { } admin
                ? new OutboxOrder(OutboxKind.DeadLetter, [admin], MailIds.New(plan, dead.Date))
                : null,
            Shown = answer => Short(PlainText.Shown(plan.Secrets.Hide(answer))),
        }.DeliverAsync(messageId, cancellationToken);
    }

    /// <summary>Sends the report of a date to those whom the plan names, on a person's word: also when they were told the same before. Whom it does
    /// not reach now gets it later.</summary>
    public static async Task<IReadOnlyList<MailReceipt>> SendAsync(PlanSession session, DateOnly date, CancellationToken cancellationToken)
    {
        var order = Report(session.Plan, date) ?? throw new InvalidOperationException("The plan names no mail server.");
        await session.Store.OrderAsync(session.Plan.Name, date, order, cancellationToken);
        var results = (await DeliverAsync(session, order.MessageId, cancellationToken)).ToDictionary(result => result.Row.To);
        var why = results.Values.LastOrDefault(result => !result.IsDelivered)?.Outcome.Answer ?? Held;
        return [.. order.To.Select(to => results.TryGetValue(to, out var result)
            ? new MailReceipt(to, result.IsDelivered ? null : result.Outcome.Answer)
            : new MailReceipt(to, why))];
    }

    static async Task<WrittenMessage> WriteAsync(PlanSession session, OutboxRow row, CancellationToken cancellationToken) => row.Kind switch
    {
        OutboxKind.DeadLetter => await DeadLetterAsync(session, row, cancellationToken),
        OutboxKind.Silence => await SilenceAsync(session, row, cancellationToken),
        _ => await ReportMail.ForAsync(session, row, cancellationToken),
    };

    static async Task<WrittenMessage> DeadLetterAsync(PlanSession session, OutboxRow row, CancellationToken cancellationToken)
    {
        // Pruned, there is only this much left to say.
        var dead = await session.Store.OutboxRowAsync(row.About, cancellationToken) ?? row;
        return Notice(session, row, NoticeMail.DeadLetter(session.Plan.Name, dead, OptionsOf(session)));
    }

    static async Task<WrittenMessage> SilenceAsync(PlanSession session, OutboxRow row, CancellationToken cancellationToken)
    {
        var unjudged = await ExpectedRuns.UnjudgedAsync(session, row.Date, cancellationToken);
        var silence = new SilentDate(session.Plan.Name, row.Date, session.Plan.Notify.ExpectedBy, unjudged);
        return Notice(session, row, NoticeMail.Silence(silence, OptionsOf(session)));
    }

    static WrittenMessage Notice(PlanSession session, OutboxRow row, MailBody body) => new(row.MessageId, MimeMail.Bytes(new MailMessage
    {
        Id = row.MessageId,
        Date = session.Clock.GetUtcNow(),
        From = session.Plan.Notify.Mail!.From,
        To = [row.To],
        Body = body,
    }));

    static ReportOptions OptionsOf(PlanSession session) => new()
    {
        MadeAt = session.Clock.GetUtcNow(),
        Zone = session.Plan.Timezone,
        Language = session.Language,
        PlanFile = session.Plan.File,
        Host = Environment.MachineName,
    };

    static string Short(string text) => text.Length <= LongestAnswer ? text : string.Concat(text.AsSpan(0, LongestAnswer), "…");
}
