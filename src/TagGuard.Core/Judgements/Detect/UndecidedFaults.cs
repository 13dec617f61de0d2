using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;

namespace TagGuard.Judgements.Detect;

/// <summary>Faults, and falls to zero, on which nobody has decided: a tag that is back to the level of before was repaired, whatever its level
/// is now.</summary>
/// <param name="tags">The series of a morning.</param>
/// <param name="lives">What is known of the life of each.</param>
/// <param name="counts">Their counts.</param>
/// <param name="quarantined">The days that failed and were not accepted since.</param>
sealed class UndecidedFaults(
    IReadOnlyList<Measurement.Taken> tags,
    IReadOnlyList<TagLife> lives,
    CheckMorning counts,
    IReadOnlyList<(int Tag, int DaysAgo)> quarantined)
{
    /// <summary>Days for which such a return is a repair, though the fault has become the level since.</summary>
    const int DaysOfRepair = 14;

    /// <summary>A tag has stayed at fault when what it moved since is at most this part of its fault.</summary>
    const double MostMoved = 1.0 / 3;

    /// <summary>Per tag that was at fault lately and has stayed as it was then, how many days ago that was for the last time.</summary>
    readonly Dictionary<int, int> _stayed = quarantined
        .Where(day => day.DaysAgo <= DaysOfRepair)
        .GroupBy(day => day.Tag, day => day.DaysAgo)
        .Select(days => (Tag: days.Key, Days: days.ToHashSet()))
        .Where(fault => HasStayed(counts.Of(fault.Tag), fault.Days))
        .ToDictionary(fault => fault.Tag, fault => fault.Days.Min());

    /// <summary>Whether any may be over today.</summary>
    public bool IsAny => Enumerable.Range(0, tags.Count).Any(MayBeOver);

    /// <summary>Whether a tag was until yesterday at fault, as it was at its last fault, or at zero with users today.</summary>
    public bool MayBeOver(int tag) => lives[tag].WasAtFault || IsBackFromZero(tag) || _stayed.ContainsKey(tag);

    /// <summary>The counts as if they had never been: their days, and those after them, are unknown.</summary>
    public CheckMorning Without()
    {
        var without = counts.Counts.ToArray();
        for (var tag = 0; tag < tags.Count; tag++)
        {
            var before = without.AsSpan(tag * CheckMorning.Days, CheckMorning.HistoryDays);
            if (_stayed.TryGetValue(tag, out var ago))
                before[^ago..].Fill(double.NaN);
            for (var day = before.Length - 1; IsBackFromZero(tag) && day >= 0 && !(before[day] > 0); day--)
                before[day] = double.NaN;
        }
        foreach (var (tag, ago) in quarantined.OrderBy(day => day.DaysAgo))
        {
            var row = without.AsSpan(tag * CheckMorning.Days, CheckMorning.Days);
            if ((lives[tag].WasAtFault || _stayed.ContainsKey(tag)) && IsUnknown(row[^ago..^1]))
                row[^(ago + 1)] = double.NaN;
        }
        return new CheckMorning(without, counts.TodayOf(0), quarantined, counts.Groups);
    }

    bool IsBackFromZero(int tag) => lives[tag].WasZero && tags[tag].Value > 0;

    /// <summary>Whether a tag was until yesterday as it was at fault, and not as before: else it was repaired long ago.</summary>
    static bool HasStayed(ReadOnlySpan<double> row, HashSet<int> days)
    {
        var last = days.Min();
        var before = last + 1;
        while (before < row.Length && (days.Contains(before) || double.IsNaN(row[^(before + 1)])))
            before++;
        return before < row.Length && Apart(row[^2], row[^(last + 1)]) < MostMoved * Apart(row[^(last + 1)], row[^(before + 1)]);
    }

    static double Apart(double count, double other) => Math.Abs(Math.Log((Math.Max(count, 0) + 0.5) / (Math.Max(other, 0) + 0.5)));

    static bool IsUnknown(ReadOnlySpan<double> days)
    {
        foreach (var day in days)
        {
            if (!double.IsNaN(day))
                return false;
        }
        return true;
    }
}
