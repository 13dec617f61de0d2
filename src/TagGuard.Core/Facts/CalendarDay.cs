namespace TagGuard.Facts;

/// <summary>A day that is not like others: a holiday, a make-up working day, an event of one's own.</summary>
/// <param name="Date">The business date.</param>
/// <param name="Name">What it is called: `Spring Festival`, `2 days after Singles' Day`; several that fall together are joined with commas.</param>
/// <param name="Kind">A free word: `holiday`, `workday`, `shopping`.</param>
/// <param name="Effect">What it does to the judgements of the date.</param>
public sealed record CalendarDay(DateOnly Date, string Name, string Kind, CalendarEffect Effect)
{
    /// <summary>It comes every week, and a baseline compares weekdays with their own kind, so it stays in baselines whatever its effect.</summary>
    public bool IsWeekly { get; init; }
}

/// <summary>What a day of the calendar does to the judgements of its date, from weak to strong: the strongest of several holds.</summary>
public enum CalendarEffect
{
    /// <summary>Judged as always, and told as always, but the gate does not close for it.</summary>
    ReportOnly,

    /// <summary>A count may lie further from what is expected: <see cref="Calendar.Widening"/> times as far.</summary>
    Widen,

    /// <summary>Counts are not compared with other days.</summary>
    Exclude,
}
