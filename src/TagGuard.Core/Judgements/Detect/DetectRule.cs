using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;

namespace TagGuard.Judgements.Detect;

/// <summary>
/// Judges all tags of a check together: what they did together is told once, and each is judged by what is left, against its own noise. The
/// thresholds follow from how many false alarms are accepted.
/// </summary>
/// <remarks>See <see cref="Detector"/> for how, and tests/TagGuard.Benchmarks for what it finds beside other detectors.</remarks>
public sealed record DetectRule : IRule
{
    const int LeastWarmUp = 7;
    const int LeastWindow = 2, LongestWindow = 400;

    [PlanKey(
        "False alarms to accept on an average morning, over all tags of the check: which scores are told follows from it. Default 1.",
        Example = "1")]
    public double FalseAlarmsPerMorning { get; init; } = 1;

    [PlanKey(
        "Times in a month that a single tag may close the gate by a false alarm; what is told beyond that only warns. Default 1.",
        Example = "1")]
    public double FalseBlocksPerMonth { get; init; } = 1;

    [PlanKey(
        "Changes of a tag within this, or by no more than 5 users, are not worth telling, however steady it is. What is noise is learnt for each "
            + "tag and "
            + "has nothing to do with it. Default 2% both ways.",
        Example = "2%")]
    public Limits MinChange { get; init; } = new(-2, 2);

    [PlanKey("The same for rows, tagged users and active users. Default 1% both ways.", Example = "1%")]
    public Limits MinTotalChange { get; init; } = new(-1, 1);

    [PlanKey("Days that a tag must be known before it is judged. Default 14d.", Example = "14d")]
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromDays(14);

    [PlanKey(
        "Upstream tables, and the tags that are computed from each (`*` stands for any text): what these do together is one incident of the table.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lineage { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    [PlanKey(
        "Tags that count the users of the last so many days, by name, family or pattern (`*` stands for any text): who came at once is then "
            + "expected to leave together.",
        Example = "{ ordered_30d: 30d }")]
    public IReadOnlyDictionary<string, TimeSpan> Windows { get; init; } = new Dictionary<string, TimeSpan>();

    public string Kind => "detect";

    public bool ComparesDays => true;

    public IReadOnlyList<string> About => VolumeSeries.Metrics;

    public int HistoryDays => CheckMorning.HistoryDays
        + (Windows.Count == 0 ? 0 : Cohort.DaysBefore((int)Windows.Values.Max(window => Math.Clamp(window.TotalDays, 0, LongestWindow))));

    /// <summary>Days for which users stay in a series; null when it has no window.</summary>
    internal int? WindowOf(SeriesId series, TagFamilies families)
    {
        foreach (var (name, window) in Windows)
        {
            if (TagGroups.Matches(name, series.Key) || name == families.Of(series.Key))
                return (int)window.TotalDays;
        }
        return null;
    }

    internal int WarmUpDays => (int)WarmUp.TotalDays;

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (!(FalseAlarmsPerMorning > 0))
            yield return (
                "false_alarms_per_morning",
                $"false_alarms_per_morning {FalseAlarmsPerMorning}: no rule is without false alarms, so with none allowed it could never tell "
                    + "anything. Use 1, or 0.1 for one in ten mornings.");
        if (!(FalseBlocksPerMonth > 0))
            yield return (
                "false_blocks_per_month",
                $"false_blocks_per_month {FalseBlocksPerMonth}: with none allowed no single tag could ever close the gate. Use 1, or write "
                    + "`blocking: false` beside the rule.");
        else if (FalseBlocksPerMonth > 30 * FalseAlarmsPerMorning)
            yield return (
                "false_blocks_per_month",
                $"false_blocks_per_month {FalseBlocksPerMonth} is more than the {FalseAlarmsPerMorning} a morning that are told at all: use at most "
                    + $"{30 * FalseAlarmsPerMorning}.");
        if (WarmUp.Ticks % TimeSpan.TicksPerDay != 0 || WarmUpDays is < LeastWarmUp or > CheckMorning.HistoryDays)
            yield return (
                "warm_up",
                $"warm_up {WarmUp.TotalDays:0.##} days: write whole days, at least {LeastWarmUp}d (every weekday once) and at most "
                    + $"{CheckMorning.HistoryDays}d (what is looked at).");
        foreach (var (key, quiet) in new[] { ("min_change", MinChange), ("min_total_change", MinTotalChange) })
        {
            if (quiet.Drop <= -100)
                yield return (key, $"A count can fall by at most 100%, so a drop under {key} {quiet.Drop}% never comes: use e.g. 2%.");
            else if (quiet.Drop > 0 || quiet.Rise < 0)
                yield return (key, $"{key} {quiet} leaves no change out as quiet: write e.g. 2%, or [-2%, +20%].");
        }
        foreach (var (name, window) in Windows)
        {
            if (window.Ticks % TimeSpan.TicksPerDay != 0 || window.TotalDays is < LeastWindow or > LongestWindow)
                yield return (
                    $"windows.{name}",
                    $"A window of {window.TotalDays:0.##} days: write the whole days for which `{name}` looks back, {LeastWindow}d to "
                        + $"{LongestWindow}d, or take the line out when it looks back without end.");
        }
        foreach (var (table, patterns) in Lineage.Where(entry => entry.Value.Count == 0 || entry.Value.Any(string.IsNullOrWhiteSpace)))
            yield return (
                $"lineage.{table}",
                $"`{table}` names {(patterns.Count == 0 ? "no tags" : "an empty tag")}: write the tags that are computed from it, such as [A131U*, "
                    + "B121U001_*].");
    }

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var volumes = VolumeSeries.In(batch);
        var families = batch.Today.OfType<Measurement.Taken>().Where(volume => volume.Series.IsFamily).ToList().InOrder(volume => volume.Series);
        if (volumes.Count == 0)
            return [Unjudged.Missing(Kind, batch, Metrics.Rows)];
        var taken = volumes.OfType<Measurement.Taken>().ToList().InOrder(volume => volume.Series).ToLookup(volume => volume.Series.Key.Length > 0);
        var totals = new DetectTotals(this, batch).Judge([.. taken[false]]);
        return
        [
            .. volumes.OfType<Measurement.Missed>().Select(missed => Unjudged.Missing(Kind, missed)),
            .. totals,
            .. taken[true].Any() ? new DetectTags(this, batch, totals).Judge([.. taken[true]], families) : [],
        ];
    }
}
