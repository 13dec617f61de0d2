using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>The messages in `outbox`.</summary>
static class OutboxRows
{
    const string Replaced = "A newer report of the date takes its place.";

    /// <summary>Orders messages in a transaction of their own.</summary>
    public static bool OrderAlone(StoreSession session, (string Plan, DateOnly Date) of, IReadOnlyList<OutboxOrder> orders)
    {
        using var transaction = session.BeginWrite(of.Plan, of.Date);
        if (orders.Any(order => order.Kind == OutboxKind.Silence) && IsThere(session, of, OutboxKind.Silence))
            return false;
        foreach (var order in orders)
            Order(session, of, order, about: 0);
        transaction.Commit();
        return true;
    }

    /// <summary>Orders a message in the transaction that is open. The report of a run takes the place of those that nobody was sent yet.</summary>
    public static void Order(StoreSession session, (string Plan, DateOnly Date) of, OutboxOrder order, long about)
    {
        if (order.Kind == OutboxKind.Report && about > 0)
        {
            using var replace = Of(session, "outbox_replace", of).Set("@about", about).Set("@now", session.Now).Set("@answer", Replaced);
            if (replace.Run() > 0)
                Free(session);
        }
        using var add = Of(session, "outbox_add", of)
            .Set("@kind", NameOf(order.Kind)).Set("@about", about).Set("@channel", NameOf(order.Channel))
            .Set("@message_id", order.MessageId).Set("@now", session.Now);
        foreach (var to in order.To)
        {
            add.Set("@recipient", to);
            add.Run();
        }
    }

    /// <summary>Takes away what is kept of messages that nobody waits for any more.</summary>
    public static void Free(StoreSession session)
    {
        using var free = session.Query("outbox_content_free");
        free.Run();
    }

    public static List<OutboxRow> Open(StoreSession session, string plan)
    {
        using var rows = session.Query("outbox_open").Set("@plan", plan);
        return All(rows);
    }

    public static List<OutboxRow> Dead(StoreSession session, string plan, DateOnly from, DateOnly to)
    {
        using var rows = session.Query("outbox_dead").Set("@plan", plan).Set("@from", from).Set("@to", to);
        return All(rows);
    }

    public static List<OutboxRow> DeadSince(StoreSession session, string plan, DateTimeOffset since)
    {
        using var rows = session.Query("outbox_dead_since").Set("@plan", plan).Set("@since", since);
        return All(rows);
    }

    public static OutboxRow? Find(StoreSession session, long id)
    {
        using var rows = session.Query("outbox_row").Set("@id", id);
        return rows.Read() ? Read(rows) : null;
    }

    static List<OutboxRow> All(StoreStatement rows)
    {
        var all = new List<OutboxRow>();
        while (rows.Read())
            all.Add(Read(rows));
        return all;
    }

    public static OutboxRow Read(StoreStatement rows) => new()
    {
        Id = rows.Int64(0),
        Date = rows.Date(1),
        Kind = KindOf(rows.Text(2)),
        About = rows.Int64(3),
        To = rows.Text(4),
        MessageId = rows.Text(5),
        Told = rows.TextOrNull(6),
        State = Enum.Parse<OutboxState>(rows.Text(7), ignoreCase: true),
        Attempts = rows.Int32(8),
        Doubts = rows.Int32(9),
        NextAttempt = rows.Instant(10),
        Answer = rows.Text(11),
        Created = rows.Instant(12),
        Ended = rows.IsNull(13) ? null : rows.Instant(13),
        Channel = Enum.Parse<OutboxChannel>(rows.Text(18), ignoreCase: true),
    };

    static string NameOf(OutboxChannel channel) => channel.ToString().ToLowerInvariant();

    public static string NameOf(OutboxState state) => state.ToString().ToLowerInvariant();

    public static string NameOf(OutboxKind kind) => kind switch
    {
        OutboxKind.Report => "report",
        OutboxKind.Silence => "silence",
        _ => "dead_letter",
    };

    static OutboxKind KindOf(string name) => Enum.GetValues<OutboxKind>().First(kind => NameOf(kind) == name);

    static bool IsThere(StoreSession session, (string Plan, DateOnly Date) of, OutboxKind kind)
    {
        using var there = Of(session, "outbox_of_kind", of).Set("@kind", NameOf(kind));
        return there.Read();
    }

    static StoreStatement Of(StoreSession session, string query, (string Plan, DateOnly Date) of) =>
        session.Query(query).Set("@plan", of.Plan).Set("@date", of.Date);
}
