using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;

namespace TagGuard.Judgements.Detect;

/// <summary>Series of a batch as the detector wants them: counts of the last days side
/// by side, and which of these days were found at fault.</summary>
sealed class VolumeMorning
{
    readonly IReadOnlyDictionary<int, Cohort> _leaving;

    VolumeMorning(
        IReadOnlyList<Measurement.Taken> tags,
        TagLife[] lives,
        IReadOnlyList<TagGroup> groups,
        CheckMorning counts,
        IReadOnlyList<(int Tag, int DaysAgo)> quarantined,
        IReadOnlyList<(int Tag, int DaysAgo)> confirmed,
        IReadOnlyDictionary<int, Cohort> leaving) =>
        (Tags, Lives, Groups, Counts, Faults, Levels, _leaving) =
            (tags, lives, groups, counts, new UndecidedFaults(tags, lives, counts, quarantined),
                new ConfirmedLevels(counts, quarantined, confirmed), leaving);

    /// <summary>The series, in the order of the rows.</summary>
    public IReadOnlyList<Measurement.Taken> Tags { get; }

    public IReadOnlyList<TagLife> Lives { get; }

    /// <summary>The named groups, in the order in which the detector knows them.</summary>
    public IReadOnlyList<TagGroup> Groups { get; }

    public CheckMorning Counts { get; }

    /// <summary>What of them nobody has decided on.</summary>
    public UndecidedFaults Faults { get; }

    /// <summary>What a person took as right of them.</summary>
    public ConfirmedLevels Levels { get; }

    public bool IsJudged(int tag, in TagResult result) => Lives[tag].Stage == LifeStage.Active && !double.IsNaN(result.Score);

    /// <summary>Who left a series today with its window; null when none did.</summary>
    public Cohort? LeavingOf(int tag) => _leaving.TryGetValue(tag, out var cohort) ? cohort : null;

    /// <summary>What is known of the life of each series.</summary>
    public static TagLife[] LivesOf(Batch batch, IReadOnlyList<Measurement.Taken> tags, DetectRule rule) =>
        [.. tags.Select(tag => TagLife.Of(batch.History.Measured(tag.Series), batch.Day.Date, rule.WarmUpDays))];

    /// <param name="batch">Where the history is.</param>
    /// <param name="tags">The series to judge together.</param>
    /// <param name="lives">What is known of the life of each.</param>
    /// <param name="rule">The rule's settings.</param>
    public static VolumeMorning Of(Batch batch, IReadOnlyList<Measurement.Taken> tags, TagLife[] lives, DetectRule rule)
    {
        var (counts, quarantined, confirmed) = Counted(batch, tags, 0);
        var leaving = new Dictionary<int, Cohort>();
        for (var tag = 0; tag < tags.Count; tag++)
        {
            if (rule.WindowOf(tags[tag].Series, batch.Families) is int window
                && TakeOut(batch, tags[tag], window, counts.AsSpan(tag * CheckMorning.Days, CheckMorning.Days)) is { } cohort)
                leaving.Add(tag, cohort);
        }
        var groups = TagGroups.Of([.. tags.Select(tag => tag.Series.Key)], rule.Lineage, batch.Families);
        return new VolumeMorning(
            tags,
            lives,
            groups,
            new CheckMorning(counts, batch.Day.Date.DayOfWeek, quarantined, [.. groups.Select(group => group.Tags)]),
            quarantined,
            confirmed,
            leaving);
    }

    /// <summary>The same series as they were on an earlier morning; today's counts when it is today's.</summary>
    /// <param name="batch">Where the history is.</param>
    /// <param name="tags">The series.</param>
    /// <param name="ago">Days before the business date.</param>
    public static CheckMorning Before(Batch batch, IReadOnlyList<Measurement.Taken> tags, int ago)
    {
        var (counts, quarantined, _) = Counted(batch, tags, ago);
        return new CheckMorning(counts, batch.Day.Date.AddDays(-ago).DayOfWeek, quarantined);
    }

    /// <summary>Takes the cohorts of a tag with a window out of its row; the largest that left today, or null.</summary>
    static Cohort? TakeOut(Batch batch, Measurement.Taken tag, int window, Span<double> row)
    {
        var longer = new double[Cohort.DaysBefore(window) + row.Length];
        Array.Fill(longer, double.NaN);
        var today = batch.Day.Date.DayNumber;
        foreach (var day in batch.History.Measured(tag.Series))
        {
            if (today - day.Date.DayNumber is var age && age < longer.Length && day.State is not (DayState.Rejected or DayState.Special))
                longer[^(age + 1)] = day.Value;
        }
        longer[^1] = tag.Value;
        var left = Cohort.TakeOut(longer, window);
        longer.AsSpan(longer.Length - row.Length).CopyTo(row);
        return left.Where(cohort => cohort.Left == 0).Select(cohort => (Cohort?)cohort).MaxBy(cohort => cohort!.Value.Users);
    }

    /// <summary>The days up to a morning that may be compared, side by side, with today's counts when it is today's; those that failed; and those
    /// that failed and a person accepted.</summary>
    static (double[] Counts, List<(int Tag, int DaysAgo)> Quarantined, List<(int Tag, int DaysAgo)> Confirmed) Counted(
        Batch batch, IReadOnlyList<Measurement.Taken> tags, int ago)
    {
        var counts = new double[tags.Count * CheckMorning.Days];
        Array.Fill(counts, double.NaN);
        var (quarantined, confirmed) = (new List<(int, int)>(), new List<(int, int)>());
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
                if (day.State is DayState.Quarantined or DayState.Confirmed && age > 0)
                    (day.State == DayState.Quarantined ? quarantined : confirmed).Add((tag, age));
            }
            if (ago == 0)
                row[^1] = tags[tag].Value;
        }
        return (counts, quarantined, confirmed);
    }
}
