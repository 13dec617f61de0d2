using TagGuard.Facts;

namespace TagGuard.Judgements.Past;

/// <summary>Tags and families that were counted lately and are not among today's: their count is zero, and zero must be judged, not
/// overlooked.</summary>
public static class Vanished
{
    /// <summary>Calendar days that a key is looked for after it was last seen with users; then it is retired.</summary>
    public const int Days = 28;

    /// <summary>Today's measurements, with a zero for every key that vanished, when every key there is was counted.</summary>
    public static IReadOnlyList<Measurement> AddTo(Taking taking, History history)
    {
        if (!taking.CountedEveryKey || history.Series.Count == 0)
            return taking.Measurements;
        var present = taking.Measurements.Select(measurement => measurement.Series).ToHashSet();
        // Where no family is counted, none vanished.
        var ofFamilies = present.Any(series => series.IsFamily);
        var since = history.Before.AddDays(-Days);
        var vanished = history.Series
            .Where(series => (series.IsFamily ? ofFamilies : series.Key.Length > 0) && !present.Contains(series))
            .Where(series => history.Measured(series).Any(day => day.Date >= since && day.Value > 0 && day.State != DayState.Rejected))
            .Order()
            .Select(series => new Measurement.Taken(series, 0, 0));
        return [.. taking.Measurements, .. vanished];
    }
}
