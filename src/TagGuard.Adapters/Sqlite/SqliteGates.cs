using TagGuard.Gates;

namespace TagGuard.Adapters.Sqlite;

/// <summary>The flags in `tag_stage_state`, and the overrides.</summary>
static class SqliteGates
{
    /// <summary>Sets a stage's flag.</summary>
    /// <param name="database">The store.</param>
    /// <param name="of">Which stage.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="run">The run that decided it; 0 while it is under way.</param>
    /// <param name="now">When.</param>
    public static void Set(SqliteDatabase database, (string Plan, DateOnly Date, string Stage) of, GateDecision decision, long run, DateTimeOffset now)
    {
        using var set = Of(database, "gate_set", of)
            .Set("@state", decision.IsOpen ? 1 : 0).Set("@exit_code", (int)decision.Exit).Set("@reason", decision.Reason)
            .Set("@run", run).Set("@now", now);
        set.Run();
    }

    public static Dictionary<string, GateState> Read(SqliteDatabase database, string plan, DateOnly date)
    {
        var gates = new Dictionary<string, GateState>();
        using var rows = database.Query("gates_of_date").Set("@plan", plan).Set("@date", date);
        while (rows.Read())
        {
            var stage = rows.Text(0);
            gates.Add(stage, new GateState
            {
                Plan = plan,
                Date = date,
                Stage = stage,
                IsGood = rows.Flag(1),
                Exit = (GateExit)rows.Int32(2),
                Reason = rows.Text(3),
                DecidedAt = rows.Instant(4),
                RunId = rows.Int64(5),
                Override = rows.IsNull(6) ? null : new Override(rows.Text(6), rows.Text(7), rows.Instant(8), rows.Instant(9)),
            });
        }
        return gates;
    }

    public static void Add(SqliteDatabase database, (string Plan, DateOnly Date, string Stage) of, Override decision, DateTimeOffset now)
    {
        using var transaction = database.BeginWrite();
        using (var add = Of(database, "override_add", of)
            .Set("@by", decision.By).Set("@why", decision.Why).Set("@since", decision.Since).Set("@until", decision.Until))
            add.Run();
        using (var unjudged = Of(database, "gate_unjudged", of)
            .Set("@exit_code", (int)GateExit.CouldNotTell).Set("@reason", "Nothing was judged.").Set("@now", now))
            unjudged.Run();
        Refresh(database, of, now);
        transaction.Commit();
    }

    public static int Revoke(SqliteDatabase database, (string Plan, DateOnly Date, string Stage) of, string by, DateTimeOffset at)
    {
        using var transaction = database.BeginWrite();
        using (var revoke = Of(database, "overrides_revoke", of).Set("@by", by).Set("@at", at))
            revoke.Run();
        var revoked = database.Changes;
        Refresh(database, of, at);
        using (var forget = Of(database, "gate_forget", of))
            forget.Run();
        transaction.Commit();
        return revoked;
    }

    static void Refresh(SqliteDatabase database, (string Plan, DateOnly Date, string Stage) of, DateTimeOffset now)
    {
        using var refresh = Of(database, "gate_refresh", of).Set("@now", now);
        refresh.Run();
    }

    static SqliteStatement Of(SqliteDatabase database, string query, (string Plan, DateOnly Date, string Stage) of) =>
        database.Query(query).Set("@plan", of.Plan).Set("@date", of.Date).Set("@stage", of.Stage);
}
