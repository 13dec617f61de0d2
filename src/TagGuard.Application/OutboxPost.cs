using TagGuard.Adapters.Mail;
using TagGuard.Adapters.Webhooks;
using TagGuard.Deliveries;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Rendering;
using TagGuard.Rendering.Mails;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>Delivers what waits in the outbox of a plan: its own messages, and those that earlier processes left.</summary>
public static class OutboxPost
{
    /// <summary>What a server's answer is stored in.</summary>
    const int LongestAnswer = 500;

    const string Held = "A run of the date is under way: it is sent when that has ended.";

    /// <summary>Whether a plan names a mail server or a webhook. Without one, mails can only be looked at.</summary>
    public static bool IsOf(Plan plan) => HasMail(plan) || plan.Notify.Webhooks.Count > 0;

    /// <summary>What tells one thing to all who get it, an order each channel.</summary>
    public static IReadOnlyList<OutboxOrder> Orders(Plan plan, OutboxKind kind, DateOnly date)
    {
        var orders = new List<OutboxOrder>();
        if (HasMail(plan))
            orders.Add(new OutboxOrder(kind, [.. plan.Notify.Mail!.To.Distinct()], MailIds.New(plan, date)));
        // Each has its own bytes: one is told of closed gates only, another of everything.
        orders.AddRange(plan.Notify.Webhooks.Keys.Select(
            name => new OutboxOrder(kind, [name], MailIds.New(plan, date)) { Channel = OutboxChannel.Webhook }));
        return orders;
    }

    static bool HasMail(Plan plan) => plan.Notify.Mail is { Host: not null };

    /// <summary>Delivers what is due.</summary>
    /// <param name="session">The plan.</param>
    /// <param name="isWanted">Only these messages; null for all that are due.</param>
    /// <param name="cancellationToken">Gives up; what was delivered is noted.</param>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    public static async Task<IReadOnlyList<OutboxResult>> DeliverAsync(
        PlanSession session, Func<OutboxRow, bool>? isWanted, CancellationToken cancellationToken)
    {
        var plan = session.Plan;
        if (!IsOf(plan))
            return [];
        if (isWanted is null)
            await ExpectedRuns.OrderAsync(session, cancellationToken);
        using var mail = HasMail(plan) ? new SmtpSender(plan.Notify.Mail!, session.Folder, session.Clock) : null;
        var webhooks = new WebhookSender(plan.Notify.Webhooks, session.Folder, session.Clock);
        var holder = new Holder(Environment.MachineName, Environment.ProcessId, Environment.UserName);
        return await new OutboxRound(session.Store, plan.Name, holder, LineOf, (row, token) => WriteAsync(session, row, token))
        {
            // The line is opened and used within it, twice the time at most; then this process has given up itself.
            Lease = (2 * Slowest(plan.Notify)) + TimeSpan.FromMinutes(2),
            DeadLetter = dead => plan.Notify.Mail is { Host: not null, Admin: { } admin }
                ? new OutboxOrder(OutboxKind.DeadLetter, [admin], MailIds.New(plan, dead.Date))
                : null,
            Shown = answer => Short(PlainText.Shown(plan.Secrets.Hide(answer))),
        }.DeliverAsync(isWanted, cancellationToken);

        IMessageLine? LineOf(OutboxChannel channel) => channel == OutboxChannel.Mail ? mail : webhooks;
    }

    static TimeSpan Slowest(NotifyPlan notify) =>
        notify.Webhooks.Values.Select(webhook => webhook.Timeout).Append(notify.Mail?.Timeout ?? default).Max();

    /// <summary>Sends the report of a date to those whom the plan names, on a person's word: also when they were told the same before. Whom it does
    /// not reach now gets it later.</summary>
    public static async Task<IReadOnlyList<Receipt>> SendAsync(PlanSession session, DateOnly date, CancellationToken cancellationToken)
    {
        var orders = Orders(session.Plan, OutboxKind.Report, date);
        await session.Store.OrderAsync(session.Plan.Name, date, orders, cancellationToken);
        var ids = orders.Select(order => order.MessageId).ToHashSet();
        var results = (await DeliverAsync(session, row => ids.Contains(row.MessageId), cancellationToken)).ToDictionary(result => result.Row.To);
        var why = results.Values.LastOrDefault(result => !result.IsDelivered)?.Outcome.Answer ?? Held;
        return [.. orders.SelectMany(order => order.To).Select(to => results.TryGetValue(to, out var result)
            ? new Receipt(to, result.IsDelivered ? null : result.Outcome.Answer)
            : new Receipt(to, why))];
    }

    static async Task<WrittenMessage> WriteAsync(PlanSession session, OutboxRow row, CancellationToken cancellationToken) => row.Kind switch
    {
        OutboxKind.DeadLetter => await DeadLetterAsync(session, row, cancellationToken),
        OutboxKind.Silence => await SilenceAsync(session, row, cancellationToken),
        _ when row.Channel == OutboxChannel.Webhook => await ReportMail.ShortAsync(session, row, cancellationToken),
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

    static WrittenMessage Notice(PlanSession session, OutboxRow row, MailBody body) => new(row.MessageId, row.Channel == OutboxChannel.Webhook
        ? ShortReport.Of(body, row, session.Plan.Name).ToJson()
        : MimeMail.Bytes(new MailMessage
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
