using TagGuard.Facts;

namespace TagGuard.Replays;

/// <summary>All stored days of one check, of which a replay sees those before the morning that it is at.</summary>
/// <param name="stored">The days, with the verdicts of then and nobody's decisions.</param>
/// <param name="decisions">What people decided about them.</param>
sealed class CheckPast(History stored, IReadOnlyList<DayDecision> decisions)
{
    readonly (SeriesId Series, Day[] Days)[] _series = [.. stored.Series.Order().Select(series => (series, stored.Measured(series).ToArray()))];
    readonly HashSet<(SeriesId, DateOnly)> _failed = [.. stored.Series.SelectMany(series => stored.Measured(series)
        .Where(day => day.State == DayState.Quarantined).Select(day => (series, day.Date)))];

    IReadOnlyList<DayDecision> _known = [];

    /// <summary>What was measured on a date.</summary>
    public IEnumerable<Measurement.Taken> On(DateOnly date)
    {
        foreach (var (series, days) in _series)
        {
            var at = FirstFrom(days, date);
            if (at < days.Length && days[at].Date == date)
                yield return new Measurement.Taken(series, days[at].Value);
        }
    }

    /// <summary>What was known before a date.</summary>
    /// <param name="date">The business date.</param>
    /// <param name="span">Calendar days to look back.</param>
    /// <param name="knownAt">People's decisions count when they were made by then.</param>
    public History Before(DateOnly date, int span, DateTimeOffset knownAt)
    {
        Learn(knownAt);
        var since = date.AddDays(-span);
        var known = new Dictionary<SeriesId, IReadOnlyList<Day>>(_series.Length);
        foreach (var (series, days) in _series)
        {
            var (first, end) = (FirstFrom(days, since), FirstFrom(days, date));
            if (end > first)
                known.Add(series, new ArraySegment<Day>(days, first, end - first));
        }
        return new History(date, known) { Tags = stored.Tags };
    }

    /// <summary>Takes the verdicts of the replay for those of then.</summary>
    public void Judged(DateOnly date, IReadOnlySet<SeriesId> quarantined)
    {
        foreach (var (series, days) in _series)
        {
            var at = FirstFrom(days, date);
            if (at == days.Length || days[at].Date != date)
                continue;
            _ = quarantined.Contains(series) ? _failed.Add((series, date)) : _failed.Remove((series, date));
            Decide(series, ref days[at], new DayDecisions(_known, DateTimeOffset.MaxValue));
        }
    }

    void Learn(DateTimeOffset knownAt)
    {
        List<DayDecision> known =
        [
            .. decisions.Where(decision => decision.HoldsAt(knownAt)).Select(decision => decision with { WithdrawnAt = null }),
        ];
        if (known.SequenceEqual(_known))
            return;
        var dates = known.Concat(_known).Select(decision => decision.Date).ToHashSet();
        _known = known;
        var decided = new DayDecisions(known, DateTimeOffset.MaxValue);
        foreach (var (series, days) in _series)
        {
            for (var i = 0; i < days.Length; i++)
            {
                if (dates.Contains(days[i].Date))
                    Decide(series, ref days[i], decided);
            }
        }
    }

    void Decide(SeriesId series, ref Day day, DayDecisions decided) =>
        day = day with { State = decided.StateOf(series, day.Date, !_failed.Contains((series, day.Date))) };

    /// <summary>The place of the first day on or after a date.</summary>
    static int FirstFrom(Day[] days, DateOnly date)
    {
        var (low, high) = (0, days.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = days[middle].Date < date ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
