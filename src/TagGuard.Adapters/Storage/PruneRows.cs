using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>Takes away what is stored of a date, in one transaction. What people decided, overrides and words on days, stays for ever.</summary>
/// <param name="session">The store.</param>
/// <param name="plan">The plan's name.</param>
/// <param name="date">The business date.</param>
sealed class PruneRows(StoreSession session, string plan, DateOnly date)
{
    /// <summary>The dates before one that anything is stored of, in order.</summary>
    public static IReadOnlyList<DateOnly> Dates(StoreSession session, string plan, DateOnly before)
    {
        var dates = new List<DateOnly>();
        using var rows = session.Query("prune_dates").Set("@plan", plan).Set("@before", before);
        while (rows.Read())
            dates.Add(rows.Date(0));
        return dates;
    }

    /// <param name="what">How much of it.</param>
    /// <param name="isTrial">Whether it is only counted: then all of it is undone.</param>
    /// <returns>What was taken away; null when a run has the date now.</returns>
    public Pruned? Take(Prune what, bool isTrial)
    {
        session.TrustReferences();
        using var transaction = session.BeginWrite(plan, date);
        if (DateLocks.HeldBy(session, plan, date) is not null)
            return null;
        var stages = Ids("prune_stages");
        var taken = Pruned.Nothing;
        foreach (var stage in stages)
        {
            var verdicts = OfStage("prune_verdicts", stage) + OfStage("prune_passes", stage) + OfStage("prune_incidents", stage);
            taken = taken.Plus(new Pruned(verdicts, 0, 0));
        }
        taken = taken.Plus(new Pruned(0, 0, OfDate("prune_outbox")));
        OutboxRows.Free(session);
        if (what == Prune.Everything)
            taken = taken.Plus(Rest(stages));
        if (!isTrial)
            transaction.Commit();
        return taken;
    }

    Pruned Rest(List<long> stages)
    {
        var (numbers, others) = (0L, 0L);
        // By check, as the tables are clustered: a date alone would be looked for in all of them.
        foreach (var check in stages.SelectMany(Checks).Distinct(StringComparer.Ordinal).ToList())
            numbers += OfCheck("volumes_delete", check) + OfCheck("measurements_delete", check);
        numbers += OfDate("prune_monitor");
        foreach (var stage in stages)
            others += OfStage("prune_checks", stage) + OfStage("prune_stage", stage);
        others += OfDate("prune_gates") + OfDate("prune_lock") + OfDate("prune_runs");
        using (var plans = session.Query("prune_plans"))
            others += plans.Run();
        return new Pruned(0, numbers, others);
    }

    List<long> Ids(string query)
    {
        var ids = new List<long>();
        using var rows = session.Query(query).Set("@plan", plan).Set("@date", date);
        while (rows.Read())
            ids.Add(rows.Int64(0));
        return ids;
    }

    List<string> Checks(long stage)
    {
        var checks = new List<string>();
        using var rows = session.Query("prune_check_names").Set("@stage", stage);
        while (rows.Read())
            checks.Add(rows.Text(0));
        return checks;
    }

    long OfStage(string query, long stage)
    {
        using var delete = session.Query(query).Set("@stage", stage);
        return delete.Run();
    }

    long OfCheck(string query, string check)
    {
        using var delete = session.Query(query).Set("@plan", plan).Set("@check", check).Set("@date", date);
        return delete.Run();
    }

    long OfDate(string query)
    {
        using var delete = session.Query(query).Set("@plan", plan).Set("@date", date);
        return delete.Run();
    }
}
