using System.Runtime.InteropServices;
using TagGuard.Detection.Common;
using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;

namespace TagGuard.Detection.Drifts;

/// <summary>
/// Slow changes, which no single morning shows: the middle of the last 7 days against that of the 21 days that end 21 days ago, for a list that is
/// read once a week.
/// </summary>
public static class Drift
{
    /// <summary>A drift beyond this score is worth a line: about 2.3 false ones in 1,000
    /// clean tags and days when each tag is told once in 28.</summary>
    public const double AlarmScore = 3.5;

    /// <summary>Days after which the drift of a tag may be told again.</summary>
    public const int DaysBetweenAlarms = 28;

    /// <summary>Days that a check must be known before any drift of it can be seen.</summary>
    public const int DaysNeeded = WeeklyDrifts.DaysNeeded;

    const int Weeks = WeeklyDrifts.Weeks;

    /// <summary>A tag's own drifts count beside those of the check as if the latter were of this many weeks.</summary>
    const double CommonWeeks = 4;

    /// <summary>The spread of drifts when no tag of the check has enough weeks, as a variance in log units.</summary>
    const double AnySpread = 0.01;

    /// <summary>Fewest tags, and fewest weeks of each, for the spread of a check's drifts.</summary>
    const int MinTags = 6;

    const int MinWeeks = 5;

    /// <summary>The smallest drift that matters, added to all noise, in log units.</summary>
    const double SmallestDrift = 0.03;

    /// <summary>The tags that drifted, the strongest drift first.</summary>
    /// <param name="morning">The counts; quarantined days are left out.</param>
    /// <param name="toldLately">Tags whose drift was told in the last <see cref="DaysBetweenAlarms"/> days: they are left out.</param>
    /// <param name="minScore">The least score that is listed; 0 lists every tag that has enough days.</param>
    public static IReadOnlyList<DriftResult> Digest(CheckMorning morning, IReadOnlySet<int>? toldLately = null, double minScore = AlarmScore)
    {
        var (drifts, chances) = WeeklyDrifts.Of(morning);
        var together = RemoveTogether(drifts, morning.Tags);
        return [.. Score(drifts, chances, together)
            .Where(drift => drift.Score >= minScore && toldLately?.Contains(drift.Tag) != true)
            .OrderByDescending(drift => drift.Score).ThenBy(drift => drift.Tag)];
    }

    /// <summary>Takes from each week what all tags drifted, and tells that of the last.</summary>
    static double RemoveTogether(Span<double> drifts, int tags)
    {
        var together = 0.0;
        var known = new List<double>(tags);
        for (var week = Weeks - 1; week >= 0; week--)
        {
            known.Clear();
            for (var tag = 0; tag < tags; tag++)
            {
                if (!double.IsNaN(drifts[tag * Weeks + week]))
                    known.Add(drifts[tag * Weeks + week]);
            }
            known.Sort();
            together = known.Count == 0 ? 0 : LaneMedian.OfSorted(CollectionsMarshal.AsSpan(known)) * CommonMode.PartBelieved(tags);
            for (var tag = 0; tag < tags; tag++)
                drifts[tag * Weeks + week] -= together;
        }
        return together;
    }

    static IEnumerable<DriftResult> Score(double[] drifts, double[] chances, double together)
    {
        var own = chances.Select((_, tag) => OwnSpread(drifts.AsSpan(tag * Weeks + 1, Weeks - 1))).ToArray();
        var usual = own.Where(spread => spread.Weeks >= MinWeeks).Select(spread => spread.Variance).Order().ToArray();
        var ofCheck = usual.Length >= MinTags ? LaneMedian.OfSorted(usual) : AnySpread;
        for (var tag = 0; tag < chances.Length; tag++)
        {
            var drift = drifts[tag * Weeks];
            if (double.IsNaN(drift))
                continue;
            var (weeks, variance) = own[tag];
            var noise = Math.Sqrt((weeks * variance + CommonWeeks * ofCheck) / (weeks + CommonWeeks) + chances[tag] + SmallestDrift * SmallestDrift);
            yield return new DriftResult(tag, Math.Abs(drift) / noise, drift, together);
        }
    }

    /// <summary>The mean square of earlier drifts, those beyond the 90 % quantile clipped.</summary>
    static (int Weeks, double Variance) OwnSpread(ReadOnlySpan<double> drifts)
    {
        Span<double> sizes = stackalloc double[Weeks];
        var n = 0;
        foreach (var drift in drifts)
        {
            if (!double.IsNaN(drift))
                sizes[n++] = Math.Abs(drift);
        }
        if (n == 0)
            return (0, 0);
        sizes[..n].Sort();
        var most = NoiseScale.Quantile(sizes[..n], 0.9);
        var sum = 0.0;
        foreach (var size in sizes[..n])
            sum += Math.Min(size, most) * Math.Min(size, most);
        return (n, sum / n);
    }
}
