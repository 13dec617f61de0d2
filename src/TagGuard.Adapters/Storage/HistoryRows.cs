using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>How much is stored of each check.</summary>
static class HistoryRows
{
    public static IReadOnlyList<CheckHistory> Read(StoreSession session, string plan)
    {
        using var moment = session.BeginRead();
        var decisions = new DayDecisions(DecisionRows.Read(session, plan, DateOnly.MinValue, DateOnly.MaxValue), DateTimeOffset.MaxValue);
        var days = new List<(string Check, DateOnly Date, DayState State)>();
        using var rows = session.Query("days_of_checks").Set("@plan", plan);
        while (rows.Read())
            days.Add((rows.Text(0), rows.Date(1), decisions.StateOf(new SeriesId(rows.Text(0), ""), rows.Date(1), rows.Flag(2))));
        return
        [
            .. days.GroupBy(day => day.Check, StringComparer.Ordinal).Select(check => new CheckHistory(
                check.Key,
                check.Min(day => day.Date),
                check.Max(day => day.Date),
                check.Count(),
                check.Count(day => day.State is DayState.Accepted or DayState.Confirmed))),
        ];
    }
}
