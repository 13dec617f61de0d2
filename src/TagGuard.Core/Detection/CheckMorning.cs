using TagGuard.Detection.Noise;

namespace TagGuard.Detection;

/// <summary>The daily counts of all tags of one check up to one morning, judged together.</summary>
public sealed class CheckMorning
{
    /// <summary>Days of history that are looked at.</summary>
    public const int HistoryDays = 126;

    /// <summary>Columns of a row: the history, oldest first, and today as the last.</summary>
    public const int Days = HistoryDays + 1;

    readonly DayOfWeek[] _todays;

    /// <param name="counts">One row of <see cref="Days"/> counts for each tag, row after row; NaN where a count is not known.</param>
    /// <param name="today">The weekday of the last column.</param>
    /// <param name="quarantined">Days found at fault in their own morning and not accepted since, counted back from today (1 = yesterday); those
    /// before the history are left out.</param>
    /// <param name="groups">Tags that may be hit together, such as families and those of one
    /// upstream table, as numbers of their rows; groups may overlap.</param>
    /// <exception cref="ArgumentException">The counts are not whole rows, a quarantined day is none of a row or not before today, or a group has a
    /// tag twice or one that is no row.</exception>
    public CheckMorning(
        double[] counts,
        DayOfWeek today,
        IReadOnlyList<(int Tag, int DaysAgo)>? quarantined = null,
        IReadOnlyList<int[]>? groups = null)
        : this(counts, [today], quarantined, groups) { }

    /// <param name="counts">One row of <see cref="Days"/> counts for each tag, row after row; NaN where a count is not known.</param>
    /// <param name="todays">The weekday of the last column: one for all tags, or one for each when they do not end on the same day.</param>
    /// <param name="quarantined">Days found at fault in their own morning and not accepted since, counted back from today (1 = yesterday); those
    /// before the history are left out.</param>
    /// <param name="groups">Tags that may be hit together, such as families and those of one
    /// upstream table, as numbers of their rows; groups may overlap.</param>
    /// <exception cref="ArgumentException">The same as above, or there are other than 1 or as many weekdays as rows.</exception>
    public CheckMorning(
        double[] counts,
        DayOfWeek[] todays,
        IReadOnlyList<(int Tag, int DaysAgo)>? quarantined = null,
        IReadOnlyList<int[]>? groups = null)
    {
        if (counts.Length % Days != 0)
            throw new ArgumentException($"{counts.Length} counts are not whole rows of {Days} days.", nameof(counts));
        Tags = counts.Length / Days;
        if (todays.Length != 1 && todays.Length != Tags)
            throw new ArgumentException($"{todays.Length} weekdays for {Tags} tags.", nameof(todays));
        Counts = counts;
        _todays = todays;
        Quarantine = new Quarantine(quarantined ?? [], Tags);
        Groups = groups ?? [];
        for (var i = 0; i < Groups.Count; i++)
        {
            if (Groups[i].Any(tag => tag < 0 || tag >= Tags) || Groups[i].Distinct().Count() != Groups[i].Length)
                throw new ArgumentException($"Group {i} has a tag twice, or one that is none of the {Tags} rows.", nameof(groups));
        }
    }

    /// <summary>Number of tags.</summary>
    public int Tags { get; }

    /// <summary>Tags that may be hit together.</summary>
    public IReadOnlyList<int[]> Groups { get; }

    internal double[] Counts { get; }

    internal Quarantine Quarantine { get; }

    /// <summary>The row of a tag: <see cref="Days"/> counts, oldest first.</summary>
    public ReadOnlySpan<double> Of(int tag) => Counts.AsSpan(tag * Days, Days);

    /// <summary>Days from a tag's last known count to today: 1 when yesterday's is known, or none is.</summary>
    public int DaysSince(int tag)
    {
        var ago = Of(tag)[..HistoryDays].LastIndexOfAnyExcept(double.NaN);
        return ago < 0 ? 1 : HistoryDays - ago;
    }

    /// <summary>The middle of <see cref="DaysSince"/> of all tags: how long nobody looked.</summary>
    internal int UsualDaysSince
    {
        get
        {
            var days = new int[Tags];
            for (var tag = 0; tag < Tags; tag++)
                days[tag] = DaysSince(tag);
            Array.Sort(days);
            return Tags > 0 ? days[Tags / 2] : 1;
        }
    }

    /// <summary>The weekday of a tag's last column.</summary>
    public DayOfWeek TodayOf(int tag) => _todays[_todays.Length == 1 ? 0 : tag];
}
