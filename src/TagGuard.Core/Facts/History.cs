using System.Runtime.InteropServices;

namespace TagGuard.Facts;

/// <summary>Whether later days are compared with a day.</summary>
public enum DayState : byte
{
    /// <summary>Nothing was wrong with it, or a person accepted it.</summary>
    Accepted,

    /// <summary>Its own check failed it, and no person has decided since.</summary>
    Quarantined,

    /// <summary>A person rejected it.</summary>
    Rejected,

    /// <summary>The calendar lists it: a holiday, an event.</summary>
    Special,

    /// <summary>Its own check failed it, and a person took it as right: accepted, and the level from then on.</summary>
    Confirmed,
}

/// <summary>A value of an earlier business date.</summary>
/// <remarks>Laid out by the runtime in 16 bytes: a history of 100,000 tags holds 12 million of these.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Day(DateOnly Date, double Value, DayState State = DayState.Accepted)
{
    /// <summary>Whether later days are compared with it.</summary>
    public bool IsAccepted => State is DayState.Accepted or DayState.Confirmed;
}

/// <summary>
/// What was known before a business date: strictly earlier, ascending. The value under test and later days (of a backfill) cannot be in it, and what
/// was not accepted is only seen by who asks for it.
/// </summary>
public sealed class History
{
    readonly Dictionary<SeriesId, IReadOnlyList<Day>> _days;

    /// <param name="before">The business date; a day that is not strictly before it is refused.</param>
    /// <param name="days">Per series its measured days, ascending, accepted or not.</param>
    /// <exception cref="ArgumentException">A day is not before the business date, days are not ascending, or a value is not finite.</exception>
    public History(DateOnly before, IEnumerable<KeyValuePair<SeriesId, IReadOnlyList<Day>>> days)
    {
        Before = before;
        _days = new Dictionary<SeriesId, IReadOnlyList<Day>>();
        foreach (var (series, list) in days)
        {
            var last = DateOnly.MinValue;
            for (var i = 0; i < list.Count; i++)
            {
                var day = list[i];
                if (day.Date >= before || (i > 0 && day.Date <= last))
                    throw new ArgumentException($"{series} on {day.Date:yyyy-MM-dd} is not history before {before:yyyy-MM-dd}.", nameof(days));
                if (!double.IsFinite(day.Value))
                    throw new ArgumentException(
                        $"{series} on {day.Date:yyyy-MM-dd} is {day.Value}: a value of the history is a finite number.", nameof(days));
                last = day.Date;
            }
            _days.Add(series, list);
        }
    }

    /// <param name="before">The business date.</param>
    /// <param name="days">Days that are known to be ascending, finite and before the date.</param>
    internal History(DateOnly before, Dictionary<SeriesId, IReadOnlyList<Day>> days) => (Before, _days) = (before, days);

    public static History None(DateOnly before) => new(before, []);

    /// <summary>The same without the days that the calendar lists: they are like no other day.</summary>
    public History Without(Calendar calendar)
    {
        var first = _days.Values.Where(days => days.Count > 0).Select(days => days[0].Date).DefaultIfEmpty(Before).Min();
        var special = Enumerable
            .Range(first.DayNumber, Before.DayNumber - first.DayNumber)
            .Select(DateOnly.FromDayNumber)
            .Where(date => !calendar.IsOrdinary(date))
            .ToHashSet();
        return special.Count == 0 ? this
            : new History(Before, _days.ToDictionary(series => series.Key, series => Marked(series.Value, special))) { Tags = Tags };
    }

    /// <summary>The same without some days of families; a family that has none left is not in it.</summary>
    /// <param name="isKept">Whether a day of a family stays.</param>
    public History WithFamilies(Func<SeriesId, DateOnly, bool> isKept)
    {
        var changed = new Dictionary<SeriesId, IReadOnlyList<Day>>();
        foreach (var (series, days) in _days)
        {
            if (series.IsFamily && !days.All(day => isKept(series, day.Date)))
                changed.Add(series, [.. days.Where(day => isKept(series, day.Date))]);
        }
        if (changed.Count == 0)
            return this;
        var kept = new Dictionary<SeriesId, IReadOnlyList<Day>>(_days);
        foreach (var (series, days) in changed)
        {
            if (days.Count > 0)
                kept[series] = days;
            else
                kept.Remove(series);
        }
        return new History(Before, kept) { Tags = Tags };
    }

    static IReadOnlyList<Day> Marked(IReadOnlyList<Day> days, HashSet<DateOnly> special) =>
        [.. days.Select(day => special.Contains(day.Date) ? day with { State = DayState.Special } : day)];

    /// <summary>What was known of tags on these days, and on the business date.</summary>
    public TagBook Tags { get; init; } = TagBook.None;

    /// <summary>The same when this is known of tags on the business date.</summary>
    public History With(TagTable tags) => new(Before, _days) { Tags = Tags.With(Before, tags) };

    /// <summary>The business date it is the history of.</summary>
    public DateOnly Before { get; }

    /// <summary>Every series with a measured day, accepted or not.</summary>
    public IReadOnlyCollection<SeriesId> Series => _days.Keys;

    /// <summary>The accepted days of a series, ascending; empty when there are none.</summary>
    public IReadOnlyList<Day> Of(SeriesId series)
    {
        var days = Measured(series);
        for (var i = 0; i < days.Count; i++)
        {
            if (!days[i].IsAccepted)
                return [.. days.Where(day => day.IsAccepted)];
        }
        return days;
    }

    /// <summary>Every measured day of a series, ascending, each with its state; empty when there are none.</summary>
    public IReadOnlyList<Day> Measured(SeriesId series) => _days.TryGetValue(series, out var days) ? days : [];
}
