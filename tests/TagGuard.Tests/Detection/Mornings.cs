using TagGuard.Detection;

namespace TagGuard.Tests.Detection;

/// <summary>Mornings of a source for tests, always the same for a seed.</summary>
static class Mornings
{
    public const DayOfWeek Weekday = DayOfWeek.Tuesday;

    /// <summary>Tags of about the same users each day, with a low weekend and a noise in proportion.</summary>
    public static double[] Steady(int tags, int history, double users = 10_000, double noise = 0.02, int seed = 1)
    {
        var random = new Random(seed);
        var counts = new double[tags * CheckMorning.Days];
        Array.Fill(counts, double.NaN);
        for (var tag = 0; tag < tags; tag++)
        {
            for (var day = CheckMorning.HistoryDays - Math.Min(history, CheckMorning.HistoryDays); day < CheckMorning.Days; day++)
                counts[tag * CheckMorning.Days + day] = Math.Round(users * (day % 7 < 2 ? 0.7 : 1) * (1 + noise * (random.NextDouble() - 0.5)));
        }
        return counts;
    }

    /// <summary>Tags that keep their users, but for steps from day to day; the days before today are not known.</summary>
    public static double[] Walks(int tags, int unknown, int seed, double step = 0.005)
    {
        var random = new Random(seed);
        var counts = new double[tags * CheckMorning.Days];
        for (var tag = 0; tag < tags; tag++)
        {
            var users = 20_000.0;
            for (var day = 0; day < CheckMorning.Days; day++)
            {
                users *= 1 + step * 2 * (random.NextDouble() + random.NextDouble() - 1);
                var isUnknown = day < CheckMorning.HistoryDays && day >= CheckMorning.HistoryDays - unknown;
                counts[tag * CheckMorning.Days + day] = isUnknown ? double.NaN : Math.Round(users);
            }
        }
        return counts;
    }

    public static void SetToday(this double[] counts, int tag, double value) => counts.SetDay(tag, 0, value);

    public static void SetDay(this double[] counts, int tag, int daysAgo, double value) =>
        counts[tag * CheckMorning.Days + CheckMorning.HistoryDays - daysAgo] = value;

    public static double Today(this double[] counts, int tag) => counts[tag * CheckMorning.Days + CheckMorning.HistoryDays];

    public static double Yesterday(this double[] counts, int tag) => counts[tag * CheckMorning.Days + CheckMorning.HistoryDays - 1];

    public static MorningResult Judge(double[] counts) => Detector.Judge(new CheckMorning(counts, Weekday));

    /// <summary>Tags above the score of an alarm that did nothing together with others, the most abnormal first.</summary>
    public static IReadOnlyList<int> Alarms(this MorningResult result)
    {
        var together = result.Incidents.SelectMany(incident => incident.Members).Concat(result.Groups.SelectMany(group => group.Members)).ToHashSet();
        return [.. Enumerable.Range(0, result.Tags.Count)
            .Where(tag => !together.Contains(tag) && result.Tags[tag].Score > DetectorSettings.Default.AlarmScore)
            .OrderByDescending(tag => result.Tags[tag].Score)];
    }

    public static double[] Scores(double[] counts) => [.. Judge(counts).Tags.Select(tag => tag.Score)];
}
