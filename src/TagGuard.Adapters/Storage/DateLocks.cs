using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>Who runs a plan and date: one run at a time.</summary>
static class DateLocks
{
    /// <summary>How often a run gives a sign of life.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>After how long without one a run on another machine is taken for dead. Clocks may lie some seconds apart.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(60);

    /// <summary>The living run that holds a plan and date, or null.</summary>
    public static (Holder Holder, DateTimeOffset Since)? HeldBy(StoreSession session, string plan, DateOnly date)
    {
        using var held = session.Query("lock_of_date").Set("@plan", plan).Set("@date", date);
        if (!held.Read())
            return null;
        var holder = new Holder(held.Text(1), held.Int32(2), held.Text(3));
        return ProcessMark.IsAlive(held.Text(4), holder.ProcessId, held.Text(5), session.Now - held.Instant(7) < Expiry)
            ? (holder, held.Instant(6))
            : null;
    }

    public static void Take(StoreSession session, long run, RunStart start)
    {
        var isHere = start.Holder.Host == Environment.MachineName;
        using var take = session.Query("lock_take")
            .Set("@plan", start.Plan).Set("@date", start.Date).Set("@run", run).Set("@now", session.Now)
            .Set("@machine", ProcessMark.MachineOf(start.Holder.Host))
            .Set("@process_mark", isHere ? ProcessMark.Of(start.Holder.ProcessId) : "");
        take.Run();
    }

    /// <summary>Gives a sign of life; false when the run does not hold its date any more.</summary>
    public static bool Renew(StoreSession session, long run)
    {
        using var renew = session.Query("lock_renew").Set("@run", run).Set("@now", session.Now);
        return renew.Run() == 1;
    }

    public static int Release(StoreSession session, long run)
    {
        using var release = session.Query("lock_release").Set("@run", run);
        return release.Run();
    }
}
