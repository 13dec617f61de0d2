using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>Runs that should have happened by `expected_by`. Silence is no health: a date that nobody judged is told, once.</summary>
public static class ExpectedRuns
{
    /// <summary>Days that are looked back on: machines may have been away over a long holiday.</summary>
    const int Days = 7;

    /// <summary>The dates that should have been judged and were not, oldest first: of the last one any stage, of earlier ones all, for stages may
    /// have been added to the plan since.</summary>
    public static async Task<IReadOnlyList<DateOnly>> MissingAsync(PlanSession session, CancellationToken cancellationToken)
    {
        if (session.Plan.Notify.ExpectedBy is not { } time)
            return [];
        var last = LastExpected(session, time);
        var dates = await session.Store.DatesBeforeAsync(session.Plan.Name, last, cancellationToken);
        var known = dates.Count > 0 ? dates[0] : last;
        var missing = new List<DateOnly>();
        for (var date = last.AddDays(1 - Days); date <= last; date = date.AddDays(1))
        {
            // Nobody expected anything before the plan was first run.
            if (date < last && date <= known)
                continue;
            var unjudged = await UnjudgedAsync(session, date, cancellationToken);
            if (date == last ? unjudged.Count > 0 : unjudged.Count == session.Plan.Stages.Count)
                missing.Add(date);
        }
        return missing;
    }

    /// <summary>Orders a message of each that was not told yet.</summary>
    public static async Task OrderAsync(PlanSession session, CancellationToken cancellationToken)
    {
        foreach (var date in await MissingAsync(session, cancellationToken))
        {
            var orders = OutboxPost.Orders(session.Plan, OutboxKind.Silence, date);
            await session.Store.OrderAsync(session.Plan.Name, date, orders, cancellationToken);
        }
    }

    /// <summary>The stages of the plan that no run of a date has judged.</summary>
    internal static async Task<IReadOnlyList<string>> UnjudgedAsync(PlanSession session, DateOnly date, CancellationToken cancellationToken)
    {
        var gates = await session.Store.GatesAsync(session.Plan.Name, date, cancellationToken);
        return [.. session.Plan.Stages.Keys.Where(stage => !gates.TryGetValue(stage, out var gate) || gate.RunId == 0)];
    }

    /// <summary>The newest date whose time has come.</summary>
    static DateOnly LastExpected(PlanSession session, TimeOnly time)
    {
        var (now, due) = (session.Clock.GetUtcNow(), session.DateOr(null));
        return now >= new BusinessDay(due, session.Plan.Timezone).MorningAfter(time) ? due : due.AddDays(-1);
    }
}
