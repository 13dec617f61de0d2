namespace TagGuard.Judgements.Detection;

/// <summary>The daily counts of all tags of one source up to one morning, judged together.</summary>
public sealed class SourceMorning
{
    /// <summary>Days of history that are looked at.</summary>
    public const int HistoryDays = 126;

    /// <summary>Columns of a row: the history, oldest first, and today as the last.</summary>
    public const int Days = HistoryDays + 1;

    readonly DayOfWeek[] _todays;

    /// <param name="counts">One row of <see cref="Days"/> counts for each tag, row after row; NaN where a count is not known.</param>
    /// <param name="today">The weekday of the last column.</param>
    /// <param name="quarantined">Days found at fault in their own morning and not accepted since, counted back from today (1 = yesterday); those before the history are left out.</param>
    /// <exception cref="ArgumentException">The counts are no whole rows, or a quarantined day is none of a row or not before today.</exception>
    public SourceMorning(double[] counts, DayOfWeek today, IReadOnlyList<(int Tag, int DaysAgo)>? quarantined = null)
        : this(counts, [today], quarantined)
    {
    }

    /// <param name="counts">One row of <see cref="Days"/> counts for each tag, row after row; NaN where a count is not known.</param>
    /// <param name="todays">The weekday of the last column: one for all tags, or one for each when they do not end on the same day.</param>
    /// <param name="quarantined">Days found at fault in their own morning and not accepted since, counted back from today (1 = yesterday); those before the history are left out.</param>
    /// <exception cref="ArgumentException">The counts are no whole rows, there are other than 1 or as many weekdays as rows, or a quarantined day is none of a row or not before today.</exception>
    public SourceMorning(double[] counts, DayOfWeek[] todays, IReadOnlyList<(int Tag, int DaysAgo)>? quarantined = null)
    {
        if (counts.Length % Days != 0)
            throw new ArgumentException($"{counts.Length} counts are no whole rows of {Days} days.", nameof(counts));
        Tags = counts.Length / Days;
        if (todays.Length != 1 && todays.Length != Tags)
            throw new ArgumentException($"{todays.Length} weekdays for {Tags} tags.", nameof(todays));
        Counts = counts;
        _todays = todays;
        Quarantine = new Quarantine(quarantined ?? [], Tags);
    }

    /// <summary>Number of tags.</summary>
    public int Tags { get; }

    internal double[] Counts { get; }

    internal Quarantine Quarantine { get; }

    /// <summary>The row of a tag: <see cref="Days"/> counts, oldest first.</summary>
    public ReadOnlySpan<double> Of(int tag) => Counts.AsSpan(tag * Days, Days);

    /// <summary>The weekday of a tag's last column.</summary>
    public DayOfWeek TodayOf(int tag) => _todays[_todays.Length == 1 ? 0 : tag];
}
