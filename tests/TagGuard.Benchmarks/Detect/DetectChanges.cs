using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>Puts a fault into the counts of some tags today: each user is lost, or counted twice, by chance.</summary>
static class DetectChanges
{
    /// <summary>Counts below this are thinned user by user, those above by the normal distribution of the same mean and variance.</summary>
    const double Few = 200;

    /// <param name="set">Where the morning is from.</param>
    /// <param name="batch">The morning; its own faults of today are left out.</param>
    /// <param name="tags">The tags to change.</param>
    /// <param name="factor">What is left of their counts: 0 to 2.</param>
    /// <param name="random">Chance.</param>
    /// <param name="groups">The groups to name.</param>
    public static CheckMorning Of(
        DetectSet set,
        DetectBatch batch,
        IEnumerable<int> tags,
        double factor,
        Random random,
        IReadOnlyList<int[]>? groups = null)
    {
        var morning = set.MorningOf(batch, withFaults: false);
        var counts = Enumerable.Range(0, morning.Tags).SelectMany(tag => morning.Of(tag).ToArray()).ToArray();
        foreach (var tag in tags)
        {
            ref var today = ref counts[tag * CheckMorning.Days + CheckMorning.HistoryDays];
            if (!double.IsNaN(today) && factor != 1)
                today = factor < 1 ? Thinned(today, factor, random) : today + Thinned(today, factor - 1, random);
        }
        return new CheckMorning(counts, [.. Enumerable.Range(0, morning.Tags).Select(morning.TodayOf)], groups: groups);
    }

    static double Thinned(double count, double share, Random random)
    {
        if (share is 0 or 1)
            return share * count;
        if (count < Few)
            return Enumerable.Range(0, (int)count).Count(_ => random.NextDouble() < share);
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Clamp(Math.Round(count * share + normal * Math.Sqrt(count * share * (1 - share))), 0, count);
    }
}
