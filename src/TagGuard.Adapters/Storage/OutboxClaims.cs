using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>Who sends which message: one process at a time, in transactions that also see whether a run holds the date.</summary>
/// <param name="session">The store.</param>
/// <param name="plan">The plan's name.</param>
sealed class OutboxClaims(StoreSession session, string plan)
{
    const string Unchanged = "Nothing has changed since the last report of the date.";

    const string NoNews = "The date has nothing that it is to be told of.";

    const string Overtaken = "A newer report of the date was delivered.";

    /// <summary>A message that is open, with the process that sends it.</summary>
    sealed record Open(OutboxRow Row, string Machine, int Process, string Mark, DateTimeOffset? Until);

    public OutboxClaim? Take(Holder holder, TimeSpan lease, Func<OutboxRow, bool> isWanted) => All()
        .Where(open => isWanted(open.Row) && IsDue(open, lease))
        .Select(open => Take(open, holder, lease))
        .FirstOrDefault(claim => claim is not null);

    /// <summary>Whether it may be taken. A clock that was set back since makes nothing wait longer than the longest delay, or lease.</summary>
    bool IsDue(Open open, TimeSpan lease)
    {
        var now = session.Now;
        return open.Row.State == OutboxState.Waiting
            ? open.Row.NextAttempt <= now || open.Row.NextAttempt > now + OutboxDelay.Longest
            : !ProcessMark.IsAlive(open.Machine, open.Process, open.Mark, open.Until is { } until && now < until && until <= now + (2 * lease));
    }

    OutboxClaim? Take(Open open, Holder holder, TimeSpan lease)
    {
        var row = open.Row;
        using var transaction = session.BeginWrite(plan, row.Date);
        if (row.Kind == OutboxKind.Report && DateLocks.HeldBy(session, plan, row.Date) is not null)
            return null;
        if (row.Kind == OutboxKind.Report && OrderOf(row) is var (isOvertaken, waitsForOlder) && (isOvertaken || waitsForOlder))
        {
            if (isOvertaken)
                Drop(transaction, row);
            return null;
        }
        var isDoubtful = row is { State: OutboxState.Sending, Told: not null };
        using var take = session.Query("outbox_take")
            .Set("@id", row.Id).Set("@attempts", row.Attempts).Set("@doubt", isDoubtful ? 1 : 0)
            .Set("@machine", ProcessMark.MachineOf(holder.Host)).Set("@process", holder.ProcessId)
            .Set("@mark", holder.Host == Environment.MachineName ? ProcessMark.Of(holder.ProcessId) : "")
            .Set("@until", session.Now + lease);
        if (take.Run() == 0)
            return null;
        var newest = NewestRun(row.Date);
        var content = Content(row.MessageId)?.Content;
        transaction.Commit();
        return new OutboxClaim(
            row with { State = OutboxState.Sending, Attempts = row.Attempts + 1, Doubts = row.Doubts + (isDoubtful ? 1 : 0) }, newest, content);
    }

    public OutboxClaim? Keep(OutboxClaim claim, WrittenMessage written)
    {
        var row = claim.Row;
        using var transaction = session.BeginWrite(plan, row.Date);
        // What was written while a run began may tell of half of it.
        var isStale = row.Kind == OutboxKind.Report
            && (NewestRun(row.Date) != claim.NewestRun || DateLocks.HeldBy(session, plan, row.Date) is not null);
        if (isStale)
        {
            Set(row, OutboxState.Waiting, row.Attempts - 1, session.Now, row.Answer, row.Told, ended: null);
            transaction.Commit();
            return null;
        }
        var kept = Content(row.MessageId);
        if (kept is null)
            Add(row.MessageId, written);
        var (tells, sends) = kept ?? (written.Told, written.Content);
        var before = row.Kind == OutboxKind.Report && row.About > 0 ? ToldBefore(row) : "";
        var needless = before == tells ? Unchanged : before is null && !written.IsNews ? NoNews : null;
        if (needless is not null)
        {
            Set(row, OutboxState.Dropped, row.Attempts - 1, session.Now, needless, tells, session.Now);
            OutboxRows.Free(session);
        }
        else
        {
            using var set = session.Query("outbox_told_set").Set("@told", tells).Set("@id", row.Id).Set("@taken", row.Attempts);
            set.Run();
        }
        transaction.Commit();
        return needless is not null ? null : claim with { Row = row with { Told = tells }, Content = sends };
    }

    public bool Settle(OutboxClaim claim, OutboxOutcome outcome)
    {
        var row = claim.Row;
        using var transaction = session.BeginWrite(plan, row.Date);
        var now = session.Now;
        var isOver = outcome.State != OutboxState.Waiting;
        if (!Set(row, outcome.State, row.Attempts, now + outcome.Delay, outcome.Answer, row.Told, isOver ? now : null, outcome.IsDoubtful))
            return false;
        if (isOver)
            OutboxRows.Free(session);
        if (outcome is { State: OutboxState.Dead, DeadLetter: { } letter })
            OutboxRows.Order(session, (plan, row.Date), letter, row.Id);
        transaction.Commit();
        return true;
    }

    bool Set(
        OutboxRow row,
        OutboxState state,
        int attempts,
        DateTimeOffset next,
        string answer,
        string? told,
        DateTimeOffset? ended,
        bool isDoubtful = false)
    {
        using var set = session.Query("outbox_settle")
            .Set("@id", row.Id).Set("@taken", row.Attempts).Set("@state", OutboxRows.NameOf(state)).Set("@attempts", attempts)
            .Set("@doubt", isDoubtful ? 1 : 0).Set("@next", next).Set("@answer", answer).Set("@told", told);
        if (ended is { } at)
            set.Set("@ended", at);
        else
            set.Set("@ended", (string?)null);
        return set.Run() == 1;
    }

    List<Open> All()
    {
        var all = new List<Open>();
        using var rows = session.Query("outbox_open").Set("@plan", plan);
        while (rows.Read())
            all.Add(new Open(OutboxRows.Read(rows), rows.Text(14), rows.Int32(15), rows.Text(16), rows.IsNull(17) ? null : rows.Instant(17)));
        return all;
    }

    /// <summary>What may have arrived, and tells less than what arrived since, is not sent again: the last word would be an old one.</summary>
    void Drop(StoreTransaction transaction, OutboxRow row)
    {
        using (var drop = session.Query("outbox_drop").Set("@id", row.Id).Set("@attempts", row.Attempts).Set("@now", session.Now)
            .Set("@answer", Overtaken))
            drop.Run();
        OutboxRows.Free(session);
        transaction.Commit();
    }

    (bool IsOvertaken, bool WaitsForOlder) OrderOf(OutboxRow row)
    {
        using var order = session.Query("outbox_order")
            .Set("@plan", plan).Set("@date", row.Date).Set("@recipient", row.To).Set("@id", row.Id);
        return order.Read() ? (order.Int64(0) > 0, order.Int64(1) > 0) : default;
    }

    long NewestRun(DateOnly date)
    {
        using var newest = session.Query("run_newest").Set("@plan", plan).Set("@date", date);
        return newest.Read() ? newest.Int64(0) : 0;
    }

    string? ToldBefore(OutboxRow row)
    {
        using var before = session.Query("outbox_told_before")
            .Set("@plan", plan).Set("@date", row.Date).Set("@recipient", row.To).Set("@id", row.Id);
        return before.Read() ? before.Text(0) : null;
    }

    (string Told, ReadOnlyMemory<byte> Content)? Content(string messageId)
    {
        using var find = session.Query("outbox_content_find").Set("@message_id", messageId);
        return find.Read() ? (find.Text(0), DeflatedText.Read(find.Text(1))) : null;
    }

    void Add(string messageId, WrittenMessage written)
    {
        using var add = session.Query("outbox_content_add")
            .Set("@message_id", messageId).Set("@told", written.Told).Set("@content", DeflatedText.Of(written.Content));
        add.Run();
    }
}
