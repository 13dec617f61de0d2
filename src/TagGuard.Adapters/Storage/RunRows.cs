using System.Globalization;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>The beginning and the end of a run.</summary>
static class RunRows
{
    /// <summary>Takes the date and closes the gates, in one transaction; or says who holds the date.</summary>
    public static (long Run, int Attempt, (Holder Holder, DateTimeOffset Since)? HeldBy) Begin(StoreSession session, RunStart start)
    {
        using var transaction = session.BeginWrite(start.Plan, start.Date);
        var now = session.Now;
        if (DateLocks.HeldBy(session, start.Plan, start.Date) is { } holder)
            return (0, 0, holder);
        var attempt = NextAttempt(session, start);
        var run = Add(session, start, attempt);
        if (start.Judging.Length > 0)
            Keep(session, start);
        DateLocks.Take(session, run, start);
        foreach (var report in start.Reports)
            OutboxRows.Order(session, (start.Plan, start.Date), report, run);
        var why = new Phrase(
            "gate.begun",
            ("run", run.ToString(CultureInfo.InvariantCulture)),
            ("attempt", attempt),
            ("at", now.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)));
        foreach (var stage in start.Stages)
            GateRows.Set(session, (start.Plan, start.Date, stage), new GateDecision(false, GateExit.CouldNotTell, why), run: 0, now);
        transaction.Commit();
        return (run, attempt, null);
    }

    public static void End(StoreSession session, long run, int exitCode, DateTimeOffset finished)
    {
        using var end = session.Query("run_end").Set("@run", run).Set("@exit_code", exitCode).Set("@finished", finished);
        end.Run();
    }

    /// <summary>The plan and date of a run.</summary>
    /// <exception cref="StoreException">There is no such run: a database that is not asked to keep
    /// each commit may lose the last second when its server crashes.</exception>
    public static (string Plan, DateOnly Date) Find(StoreSession session, long run)
    {
        using var find = session.Query("run_find").Set("@run", run);
        return find.Read() ? (find.Text(0), find.Date(1)) : throw new StoreException(Lost(run));
    }

    static string Lost(long run) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Run {run} is not in the store: its database was recreated or restored, or lost its last second in a crash (see `tagguard doctor`). "
                + $"Nothing was saved; run it again.");

    static int NextAttempt(StoreSession session, RunStart start)
    {
        using var next = session.Query("attempt_next").Set("@plan", start.Plan).Set("@date", start.Date).Set("@verb", start.Verb);
        return next.Read() ? next.Int32(0) : 1;
    }

    /// <summary>What runs of a plan's hash judged by; null when it is not stored.</summary>
    public static string? Judging(StoreSession session, string planHash)
    {
        using var find = session.Query("judging_plan").Set("@plan_hash", planHash);
        return find.Read() ? find.Text(0) : null;
    }

    static void Keep(StoreSession session, RunStart start)
    {
        using var keep = session.Query("judging_plan_add").Set("@plan_hash", start.PlanHash).Set("@judging", start.Judging);
        keep.Run();
    }

    static long Add(StoreSession session, RunStart start, int attempt)
    {
        using var add = session
            .Query("run_add")
            .Set("@plan", start.Plan)
            .Set("@plan_hash", start.PlanHash)
            .Set("@verb", start.Verb)
            .Set("@date", start.Date)
            .Set("@attempt", attempt)
            .Set("@host", start.Holder.Host)
            .Set("@process_id", start.Holder.ProcessId)
            .Set("@user", start.Holder.User)
            .Set("@started", start.Started);
        add.Run();
        return session.LastId;
    }
}
