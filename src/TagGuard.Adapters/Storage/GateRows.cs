using TagGuard.Gates;
using TagGuard.Phrases;

namespace TagGuard.Adapters.Storage;

/// <summary>The flags in `tag_stage_state`, and the overrides.</summary>
static class GateRows
{
    static Phrase Gone => new("gate.lost");

    /// <summary>Sets a stage's flag.</summary>
    /// <param name="session">The store.</param>
    /// <param name="of">Which stage.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="run">The run that decided it; 0 while it is under way.</param>
    /// <param name="now">When.</param>
    public static void Set(StoreSession session, (string Plan, DateOnly Date, string Stage) of, GateDecision decision, long run, DateTimeOffset now)
    {
        using var set = Of(session, "gate_set", of)
            .Set("@state", decision.IsOpen ? 1 : 0).Set("@exit_code", (int)decision.Exit).Set("@reason", decision.Reason)
            .Set("@run", run).Set("@now", now);
        set.Run();
    }

    public static Dictionary<string, GateState> Read(StoreSession session, string plan, DateOnly date)
    {
        var gates = new Dictionary<string, GateState>();
        using var rows = session.Query("gates_of_date").Set("@plan", plan).Set("@date", date);
        while (rows.Read())
        {
            var stage = rows.Text(0);
            var judged = rows.IsNull(10) ? null : StoredJudgedBy.Read(stage, rows.Text(10));
            gates.Add(stage, new GateState
            {
                Plan = plan,
                Date = date,
                Stage = stage,
                IsGood = rows.Flag(1),
                Exit = (GateExit)rows.Int32(2),
                Reason = rows.Text(3),
                StoredWhy = rows.IsNull(13) ? null : rows.Text(13),
                DecidedAt = rows.Instant(4),
                RunId = rows.IsNull(5) ? 0 : rows.Int64(5),
                HasBegun = !rows.IsNull(5),
                JudgedBy = judged,
                // Whoever changes or loses the flag, the stage or its verdicts by hand closes the gate.
                HasItsVerdicts = !rows.IsNull(11) && rows.Int32(11) == rows.Int32(2) && (judged is null || rows.Int64(12) == judged.TotalVerdicts),
                Override = rows.IsNull(6) ? null : new Override(rows.Text(6), rows.Text(7), rows.Instant(8), rows.Instant(9)),
            });
        }
        return gates;
    }

    /// <summary>The flag of a stage that was saved, and whose flag is not in the tables any more: closed.</summary>
    public static GateState Lost(string plan, DateOnly date, string stage) => new()
    {
        Plan = plan,
        Date = date,
        Stage = stage,
        IsGood = false,
        Exit = GateExit.CouldNotTell,
        Reason = Gone.ToString(),
        StoredWhy = StoredPhrase.Of(Gone),
        DecidedAt = DateTimeOffset.MinValue,
        RunId = 0,
    };

    public static void Add(StoreSession session, (string Plan, DateOnly Date, string Stage) of, Override decision)
    {
        using var transaction = session.BeginWrite(of.Plan, of.Date);
        var now = session.Now;
        using (var add = Of(session, "override_add", of)
            .Set("@by", decision.By).Set("@why", decision.Why).Set("@since", decision.Since).Set("@until", decision.Until))
            add.Run();
        using (var unjudged = Of(session, "gate_unjudged", of)
            .Set("@exit_code", (int)GateExit.CouldNotTell).Set("@reason", new Phrase("gate.nothing_judged").ToString()).Set("@now", now))
            unjudged.Run();
        Refresh(session, of, now);
        transaction.Commit();
    }

    public static int Revoke(StoreSession session, (string Plan, DateOnly Date, string Stage) of, string by, DateTimeOffset at)
    {
        using var transaction = session.BeginWrite(of.Plan, of.Date);
        using var revoke = Of(session, "overrides_revoke", of).Set("@by", by).Set("@at", at);
        var revoked = revoke.Run();
        Refresh(session, of, at);
        using (var forget = Of(session, "gate_forget", of))
            forget.Run();
        transaction.Commit();
        return revoked;
    }

    static void Refresh(StoreSession session, (string Plan, DateOnly Date, string Stage) of, DateTimeOffset now)
    {
        using var refresh = Of(session, "gate_refresh", of).Set("@now", now);
        refresh.Run();
    }

    static StoreStatement Of(StoreSession session, string query, (string Plan, DateOnly Date, string Stage) of) =>
        session.Query(query).Set("@plan", of.Plan).Set("@date", of.Date).Set("@stage", of.Stage);
}
