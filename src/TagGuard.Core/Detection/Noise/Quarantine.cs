namespace TagGuard.Detection.Noise;

/// <summary>Days of tags that were found at fault and not accepted since: nothing usual is learnt from them.</summary>
/// <remarks>
/// The level still goes through them, for a fault that lasts may turn out to be a new level. Noise, loadings, factors and the statistics of zeros and
/// repetitions leave them out, or the second fault of a tag would be hidden by its first.
/// </remarks>
sealed class Quarantine
{
    /// <summary>Per tag that has any, a bit for each day ago.</summary>
    readonly Dictionary<int, UInt128> _days = [];

    public Quarantine(IReadOnlyList<(int Tag, int DaysAgo)> days, int tags)
    {
        foreach (var (tag, daysAgo) in days)
        {
            if (tag < 0 || tag >= tags || daysAgo < 1)
                throw new ArgumentException(
                    $"A quarantined day is one of tag {tag}, {daysAgo} days ago, but there are {tags} tags, from 0, and yesterday is 1.",
                    nameof(days));
            if (daysAgo <= CheckMorning.HistoryDays)
                _days[tag] = _days.GetValueOrDefault(tag) | (UInt128.One << daysAgo);
        }
    }

    public bool IsEmpty => _days.Count == 0;

    /// <summary>The tags that have such days.</summary>
    public IEnumerable<int> Tags => _days.Keys;

    /// <summary>Writes NaN on the quarantined days of a tag.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="values">Values of the days before today and today's, oldest first, at a distance of <paramref name="stride"/>.</param>
    /// <param name="stride">From one day to the next.</param>
    /// <returns>Whether there were any.</returns>
    public bool Blank(int tag, Span<double> values, int stride = 1)
    {
        if (!_days.TryGetValue(tag, out var days))
            return false;
        var today = (values.Length - 1) / stride;
        for (; days != 0; days &= days - UInt128.One)
        {
            var daysAgo = (int)UInt128.TrailingZeroCount(days);
            if (daysAgo <= today)
                values[(today - daysAgo) * stride] = double.NaN;
        }
        return true;
    }
}
