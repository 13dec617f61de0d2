using System.Text.Json;
using TagGuard.Deliveries;
using TagGuard.Storage;

namespace TagGuard.Jobs.Terminal;

/// <summary>Who got a mail, who waits for one, and who will get none.</summary>
static class MailLines
{
    public static void Write(Receipt receipt)
    {
        if (receipt.Refusal is { } refusal)
            Spoken.Line("console.not_mailed", ("to", receipt.To), ("reason", refusal));
        else
            Spoken.Aside("console.mailed", ("to", receipt.To));
    }

    /// <param name="row">A message that is not delivered.</param>
    /// <param name="zone">The plan's zone, in which times are told.</param>
    public static void Write(OutboxRow row, TimeZoneInfo zone)
    {
        var name = row switch
        {
            { State: OutboxState.Dead } => "console.outbox_dead",
            { Attempts: 0 } => "console.outbox_new",
            _ => "console.outbox_waits",
        };
        Spoken.Line(
            name,
            ("kind", Spoken.Book.Word(row.Kind)), ("date", row.Date), ("to", row.To), ("attempts", row.Attempts), ("answer", row.Answer),
            ("time", TimeZoneInfo.ConvertTime(row.NextAttempt, zone).ToString("yyyy-MM-dd HH:mm")));
    }

    /// <summary>As the JSON line and the store have it: `dead_letter`.</summary>
    public static string NameOf(OutboxKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
