using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;

namespace TagGuard.Judgements.Detect;

/// <summary>Series of a batch as the detector wants them: counts of the last days side
/// by side, and which of these days were found at fault.</summary>
sealed class VolumeMorning
{
    /// <summary>Days for which a return to the level before a fault is its repair, though the fault has become the level since.</summary>
    const int DaysOfRepair = 14;

    readonly IReadOnlyList<(int Tag, int DaysAgo)> _quarantined;

    /// <summary>Per tag that was at fault lately and has stayed as it was then, how many days ago that was for the last time.</summary>
    readonly Dictionary<int, int> _lastFaults;

    VolumeMorning(
        IReadOnlyList<Measurement.Taken> tags,
        TagLife[] lives,
        IReadOnlyList<TagGroup> groups,
        CheckMorning counts,
        IReadOnlyList<(int Tag, int DaysAgo)> quarantined) =>
        (Tags, Lives, Groups, Counts, _quarantined, _lastFaults) = (tags, lives, groups, counts, quarantined, LastFaults(counts, quarantined));

    static Dictionary<int, int> LastFaults(CheckMorning counts, IReadOnlyList<(int Tag, int DaysAgo)> quarantined) =>
        quarantined.Where(day => day.DaysAgo <= DaysOfRepair)
            .GroupBy(day => day.Tag, day => day.DaysAgo)
            .Select(days => (Tag: days.Key, Days: days.ToHashSet()))
            .Where(fault => HasStayed(counts.Of(fault.Tag), fault.Days))
            .ToDictionary(fault => fault.Tag, fault => fault.Days.Min());

    /// <summary>Whether a tag was until yesterday as it was at fault, and not as before: else it was repaired long ago.</summary>
    static bool HasStayed(ReadOnlySpan<double> row, HashSet<int> days)
    {
        var last = days.Min();
        var before = last + 1;
        while (before < row.Length && (days.Contains(before) || double.IsNaN(row[^(before + 1)])))
            before++;
        return before < row.Length && Apart(row[^2], row[^(last + 1)]) < Apart(row[^(last + 1)], row[^(before + 1)]) / 3;
    }

    static double Apart(double count, double other) => Math.Abs(Math.Log((Math.Max(count, 0) + 0.5) / (Math.Max(other, 0) + 0.5)));

    /// <summary>The series, in the order of the rows.</summary>
    public IReadOnlyList<Measurement.Taken> Tags { get; }

    public IReadOnlyList<TagLife> Lives { get; }

    /// <summary>The named groups, in the order in which the detector knows them.</summary>
    public IReadOnlyList<TagGroup> Groups { get; }

    public CheckMorning Counts { get; }

    public bool IsJudged(int tag, in TagResult result) => Lives[tag].Stage == LifeStage.Active && !double.IsNaN(result.Score);

    /// <summary>Whether a tag may be back to the level that it had before a fault or zeros on which nobody has decided.</summary>
    public bool MayBeRepaired(int tag) =>
        Lives[tag].WasAtFault || (Lives[tag].WasZero && Tags[tag].Value > 0) || _lastFaults.ContainsKey(tag);

    /// <summary>The counts as if such a fault, and what came after it, had never been: these days are unknown.</summary>
    public CheckMorning WithoutLastFaults()
    {
        var counts = Counts.Counts.ToArray();
        for (var tag = 0; tag < Tags.Count; tag++)
        {
            var before = counts.AsSpan(tag * CheckMorning.Days, CheckMorning.HistoryDays);
            if (_lastFaults.TryGetValue(tag, out var ago))
                before[^ago..].Fill(double.NaN);
            for (var day = before.Length - 1; day >= 0 && MayBeRepaired(tag) && Lives[tag].WasZero && !(before[day] > 0); day--)
                before[day] = double.NaN;
        }
        foreach (var (tag, ago) in _quarantined.OrderBy(day => day.DaysAgo))
        {
            var row = counts.AsSpan(tag * CheckMorning.Days, CheckMorning.Days);
            if ((Lives[tag].WasAtFault || _lastFaults.ContainsKey(tag)) && IsUnknown(row[^ago..^1]))
                row[^(ago + 1)] = double.NaN;
        }
        return new CheckMorning(counts, Counts.TodayOf(0), _quarantined, Counts.Groups);
    }

    static bool IsUnknown(ReadOnlySpan<double> days)
    {
        foreach (var day in days)
        {
            if (!double.IsNaN(day))
                return false;
        }
        return true;
    }

    /// <summary>What is known of the life of each series.</summary>
    public static TagLife[] LivesOf(Batch batch, IReadOnlyList<Measurement.Taken> tags, DetectRule rule) =>
        [.. tags.Select(tag => TagLife.Of(batch.History.Measured(tag.Series), batch.Day.Date, rule.WarmUpDays))];

    /// <param name="batch">Where the history is.</param>
    /// <param name="tags">The series to judge together.</param>
    /// <param name="lives">What is known of the life of each.</param>
    /// <param name="rule">The rule's settings.</param>
    public static VolumeMorning Of(Batch batch, IReadOnlyList<Measurement.Taken> tags, TagLife[] lives, DetectRule rule)
    {
        var (counts, quarantined) = Counted(batch, tags, 0);
        SetToday(counts, tags);
        var groups = TagGroups.Of([.. tags.Select(tag => tag.Series.Key)], rule.Lineage);
        return new VolumeMorning(
            tags,
            lives,
            groups,
            new CheckMorning(counts, batch.Day.Date.DayOfWeek, quarantined, [.. groups.Select(group => group.Tags)]),
            quarantined);
    }

    /// <summary>The same series as they were on an earlier morning; today's counts when it is today's.</summary>
    /// <param name="batch">Where the history is.</param>
    /// <param name="tags">The series.</param>
    /// <param name="ago">Days before the business date.</param>
    public static CheckMorning Before(Batch batch, IReadOnlyList<Measurement.Taken> tags, int ago)
    {
        var (counts, quarantined) = Counted(batch, tags, ago);
        if (ago == 0)
            SetToday(counts, tags);
        return new CheckMorning(counts, batch.Day.Date.AddDays(-ago).DayOfWeek, quarantined);
    }

    static void SetToday(double[] counts, IReadOnlyList<Measurement.Taken> tags)
    {
        for (var tag = 0; tag < tags.Count; tag++)
            counts[(tag + 1) * CheckMorning.Days - 1] = tags[tag].Value;
    }

    /// <summary>The days up to a morning that may be compared, side by side; and those of them that failed.</summary>
    static (double[] Counts, List<(int Tag, int DaysAgo)> Quarantined) Counted(Batch batch, IReadOnlyList<Measurement.Taken> tags, int ago)
    {
        var counts = new double[tags.Count * CheckMorning.Days];
        Array.Fill(counts, double.NaN);
        var quarantined = new List<(int, int)>();
        var today = batch.Day.Date.DayNumber - ago;
        for (var tag = 0; tag < tags.Count; tag++)
        {
            var row = counts.AsSpan(tag * CheckMorning.Days, CheckMorning.Days);
            var measured = batch.History.Measured(tags[tag].Series);
            for (var i = measured.Count - 1; i >= 0 && today - measured[i].Date.DayNumber <= CheckMorning.HistoryDays; i--)
            {
                var day = measured[i];
                var age = today - day.Date.DayNumber;
                if (age < 0 || day.State is DayState.Rejected or DayState.Special)
                    continue;
                row[^(age + 1)] = day.Value;
                if (day.State == DayState.Quarantined && age > 0)
                    quarantined.Add((tag, age));
            }
        }
        return (counts, quarantined);
    }
}
