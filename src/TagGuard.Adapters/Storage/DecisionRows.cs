using TagGuard.Facts;

namespace TagGuard.Adapters.Storage;

/// <summary>People's decisions on days, in `day_decision`.</summary>
static class DecisionRows
{
    public static void Add(StoreSession session, string plan, DayDecision decision)
    {
        using var add = session
            .Query("decision_add")
            .Set("@plan", plan)
            .Set("@date", decision.Date)
            .Set("@check", decision.Check)
            .Set("@key", decision.Key)
            .Set("@accepts", decision.Accepts ? 1 : 0)
            .Set("@by", decision.By)
            .Set("@why", decision.Why)
            .Set("@at", decision.At);
        add.Run();
    }

    public static int Withdraw(StoreSession session, string plan, DateOnly date, string check, string key, string by, DateTimeOffset at)
    {
        using var withdraw = session.Query("decisions_withdraw")
            .Set("@plan", plan).Set("@date", date).Set("@check", check).Set("@key", key).Set("@by", by).Set("@at", at);
        return withdraw.Run();
    }

    public static List<DayDecision> Read(StoreSession session, string plan, DateOnly from, DateOnly to)
    {
        var decisions = new List<DayDecision>();
        using var rows = session.Query("decisions_of_dates").Set("@plan", plan).Set("@from", from).Set("@to", to);
        while (rows.Read())
        {
            decisions.Add(new DayDecision(rows.Date(0), rows.Text(1), rows.Text(2), rows.Flag(3), rows.Text(4), rows.Text(5), rows.Instant(6))
            {
                WithdrawnAt = rows.IsNull(7) ? null : rows.Instant(7),
                WithdrawnBy = rows.TextOrNull(8),
            });
        }
        return decisions;
    }
}
