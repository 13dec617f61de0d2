using TagGuard.Judgements.Detection;
using TagGuard.Measurements;

namespace TagGuard.Judgements;

/// <summary>Series of a batch as the detector wants them: counts of the last days side by side, and which of these days were found at fault.</summary>
sealed class VolumeMorning
{
    VolumeMorning(IReadOnlyList<Measurement.Taken> tags, TagLife[] lives, IReadOnlyList<TagGroup> groups, SourceMorning counts) =>
        (Tags, Lives, Groups, Counts) = (tags, lives, groups, counts);

    /// <summary>The series, in the order of the rows.</summary>
    public IReadOnlyList<Measurement.Taken> Tags { get; }

    public IReadOnlyList<TagLife> Lives { get; }

    /// <summary>The named groups, in the order in which the detector knows them.</summary>
    public IReadOnlyList<TagGroup> Groups { get; }

    public SourceMorning Counts { get; }

    /// <summary>Whether any of the series is old enough to be judged.</summary>
    public bool HasHistory => Lives.Any(life => life.Stage == LifeStage.Active);

    public bool IsJudged(int tag, MorningResult result) => Lives[tag].Stage == LifeStage.Active && !double.IsNaN(result.Tags[tag].Score);

    /// <param name="batch">Where the history is.</param>
    /// <param name="tags">The series to judge together.</param>
    /// <param name="rule">The rule's settings.</param>
    public static VolumeMorning Of(Batch batch, IReadOnlyList<Measurement.Taken> tags, DetectRule rule)
    {
        var counts = new double[tags.Count * SourceMorning.Days];
        Array.Fill(counts, double.NaN);
        var lives = new TagLife[tags.Count];
        var quarantined = new List<(int, int)>();
        for (var tag = 0; tag < tags.Count; tag++)
        {
            var row = counts.AsSpan(tag * SourceMorning.Days, SourceMorning.Days);
            var measured = batch.History.Measured(tags[tag].Series);
            row[^1] = tags[tag].Value;
            for (var i = measured.Count - 1; i >= 0; i--)
            {
                var day = measured[i];
                var ago = batch.Day.Date.DayNumber - day.Date.DayNumber;
                if (ago > SourceMorning.HistoryDays)
                    break;
                if (day.State is DayState.Rejected or DayState.Special)
                    continue;
                row[^(ago + 1)] = day.Value;
                if (day.State == DayState.Quarantined)
                    quarantined.Add((tag, ago));
            }
            lives[tag] = TagLife.Of(measured, batch.Day.Date, rule.WarmUpDays);
        }
        var groups = TagGroups.Of([.. tags.Select(tag => tag.Series.Key)], rule.Lineage);
        return new VolumeMorning(tags, lives, groups, new SourceMorning(counts, batch.Day.Date.DayOfWeek, quarantined, [.. groups.Select(group => group.Tags)]));
    }
}
