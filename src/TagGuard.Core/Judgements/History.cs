using TagGuard.Measurements;

namespace TagGuard.Judgements;

/// <summary>A value of an earlier, accepted business date.</summary>
public readonly record struct Day(DateOnly Date, double Value);

/// <summary>
/// What was known before a business date: accepted days only, strictly earlier, ascending. The value under test, later days (of a backfill) and
/// days that were not accepted cannot be in it.
/// </summary>
public sealed class History
{
    readonly Dictionary<SeriesId, IReadOnlyList<Day>> _days;

    /// <param name="before">The business date; a day that is not strictly before it is refused.</param>
    /// <param name="days">Per series its accepted days, ascending.</param>
    /// <exception cref="ArgumentException">A day is not before the business date, days are not ascending, or a value is not finite.</exception>
    public History(DateOnly before, IEnumerable<KeyValuePair<SeriesId, IReadOnlyList<Day>>> days)
    {
        Before = before;
        _days = new Dictionary<SeriesId, IReadOnlyList<Day>>();
        foreach (var (series, list) in days)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i].Date >= before || (i > 0 && list[i].Date <= list[i - 1].Date))
                    throw new ArgumentException($"{series} on {list[i].Date:yyyy-MM-dd} is no history before {before:yyyy-MM-dd}.", nameof(days));
                if (!double.IsFinite(list[i].Value))
                    throw new ArgumentException($"{series} on {list[i].Date:yyyy-MM-dd} is {list[i].Value}: a value of the history is a finite number.", nameof(days));
            }
            _days.Add(series, list);
        }
    }

    public static History None(DateOnly before) => new(before, []);

    /// <summary>The business date it is the history of.</summary>
    public DateOnly Before { get; }

    public IReadOnlyCollection<SeriesId> Series => _days.Keys;

    /// <summary>The accepted days of a series, ascending; empty when there are none.</summary>
    public IReadOnlyList<Day> Of(SeriesId series) => _days.TryGetValue(series, out var days) ? days : [];
}
