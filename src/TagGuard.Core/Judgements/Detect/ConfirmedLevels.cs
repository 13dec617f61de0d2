using TagGuard.Detection;

namespace TagGuard.Judgements.Detect;

/// <summary>
/// Days that failed and that a person took as right since: from then on that is the level. The days before are put there, each tag's by what it had
/// moved, so that neither a tag nor all tags of a family are told for having stayed where they were accepted.
/// </summary>
/// <param name="morning">The series as they were counted.</param>
/// <param name="faults">The days that failed and nobody accepted, as days before today.</param>
/// <param name="confirmed">The days that failed and a person accepted.</param>
sealed class ConfirmedLevels(CheckMorning morning, IReadOnlyList<(int Tag, int DaysAgo)> faults, IReadOnlyList<(int Tag, int DaysAgo)> confirmed)
{
    /// <summary>A word of longer ago has become the level by itself.</summary>
    const int Days = 28;

    const int Week = 7;

    readonly ILookup<int, int> _confirmed = confirmed.Where(day => day.DaysAgo <= Days).ToLookup(day => day.Tag, day => day.DaysAgo);
    readonly ILookup<int, int> _faults = faults.ToLookup(day => day.Tag, day => day.DaysAgo);

    public bool IsAny => _confirmed.Count > 0;

    public bool Has(int tag) => _confirmed.Contains(tag);

    /// <summary>The counts with the days before at the accepted level.</summary>
    public CheckMorning Counts()
    {
        var counts = morning.Counts.ToArray();
        foreach (var tag in _confirmed)
            Lift(counts.AsSpan(tag.Key * CheckMorning.Days, CheckMorning.Days), tag.Min(), [.. tag, .. _faults[tag.Key]]);
        return new CheckMorning(counts, morning.TodayOf(0), faults, morning.Groups);
    }

    static void Lift(Span<double> row, int accepted, HashSet<int> apart)
    {
        // The days at fault just before the accepted one were at its level already.
        var first = accepted;
        while (first + 1 < row.Length && (apart.Contains(first + 1) || double.IsNaN(row[^(first + 2)])))
            first++;
        if (Before(row, accepted, first, apart) is not { } before || !(row[^(accepted + 1)] > 0))
            return;
        var lift = row[^(accepted + 1)] / before;
        for (var day = first + 1; day < row.Length; day++)
        {
            if (!apart.Contains(day))
                row[^(day + 1)] *= lift;
        }
    }

    /// <summary>The count on the same weekday before; null when none is known.</summary>
    static double? Before(ReadOnlySpan<double> row, int accepted, int first, HashSet<int> apart)
    {
        for (var day = accepted + Week; day < row.Length; day += Week)
        {
            if (day > first && !apart.Contains(day) && row[^(day + 1)] > 0)
                return row[^(day + 1)];
        }
        return null;
    }
}
