using System.Collections.Concurrent;

namespace TagGuard.Facts;

/// <summary>The days that are not like others. Immutable, and quick to ask again and again, from many threads.</summary>
public sealed class Calendar
{
    public const double DefaultWidening = 2;

    readonly ILookup<DateOnly, CalendarDay> _listed;
    readonly IReadOnlyList<Func<DateOnly, CalendarDay?>> _events;
    readonly ConcurrentDictionary<DateOnly, CalendarDay?> _asked = new();

    /// <param name="listed">Days by their date, in any order; several may share one.</param>
    /// <param name="events">What each event makes of a date; null where it does not touch it.</param>
    /// <param name="widening">How many times as far a count may lie on a widened day.</param>
    public Calendar(IEnumerable<CalendarDay> listed, IReadOnlyList<Func<DateOnly, CalendarDay?>>? events = null, double widening = DefaultWidening)
    {
        _listed = listed.ToLookup(day => day.Date);
        _events = events ?? [];
        Widening = widening;
    }

    /// <summary>Every day is like every other.</summary>
    public static Calendar None { get; } = new([]);

    /// <summary>How many times as far from what is expected a count may lie on a day with <see cref="CalendarEffect.Widen"/>; above 1.</summary>
    public double Widening { get; }

    /// <summary>The last date that all of its files know; later days look ordinary only
    /// because nobody listed them. Null when it has no files.</summary>
    public DateOnly? KnownUntil { get; init; }

    /// <summary>What the calendar says of a date, or null: several days in one have their
    /// names joined, and the strongest effect and its kind.</summary>
    public CalendarDay? On(DateOnly date) => _asked.GetOrAdd(date, static (date, calendar) => calendar.Find(date), this);

    /// <summary>Whether a date may be part of a baseline. Every day that is listed may not,
    /// whatever its effect; those that come every week may.</summary>
    public bool IsOrdinary(DateOnly date) => On(date) is null or { IsWeekly: true };

    CalendarDay? Find(DateOnly date)
    {
        var days = _listed[date].Concat(_events.Select(each => each(date)).OfType<CalendarDay>()).ToList();
        return days.Count == 0 ? null : days.MaxBy(day => day.Effect)! with
        {
            Name = string.Join(", ", days.Select(day => day.Name).Distinct()),
            IsWeekly = days.TrueForAll(day => day.IsWeekly),
        };
    }
}
