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

    /// <summary>The most that the spread of drifts is taken for when no tag of the check has enough weeks, as a variance in log units.</summary>
    const double AnySpread = 0.01;

    /// <summary>Where calm tags drift less: the variance of the steps from day to day between the two middles.</summary>
    const double StepsOfDrift = 28;

    /// <summary>Steps that say how calm a tag is, and how many of them must be known.</summary>
    const int Steps = 28, LeastSteps = 14;

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
        return [.. Score(drifts, chances, together, morning)
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

    static IEnumerable<DriftResult> Score(double[] drifts, double[] chances, double together, CheckMorning morning)
    {
        var own = chances.Select((_, tag) => OwnSpread(drifts.AsSpan(tag * Weeks + 1, Weeks - 1))).ToArray();
        var usual = own.Where(spread => spread.Weeks >= MinWeeks).Select(spread => spread.Variance).Order().ToArray();
        var ofCheck = usual.Length >= MinTags ? LaneMedian.OfSorted(usual) : double.NaN;
        var steps = double.IsNaN(ofCheck) ? SpreadsOfSteps(morning) : [];
        for (var tag = 0; tag < chances.Length; tag++)
        {
            var drift = drifts[tag * Weeks];
            if (double.IsNaN(drift))
                continue;
            var (weeks, variance) = own[tag];
            var common = steps.Length > 0 ? steps[tag] : ofCheck;
            var noise = Math.Sqrt((weeks * variance + CommonWeeks * common) / (weeks + CommonWeeks) + chances[tag] + SmallestDrift * SmallestDrift);
            yield return new DriftResult(tag, Math.Abs(drift) / noise, drift, together);
        }
    }

    /// <summary>What the drift of each tag of a young check may be, by its steps, or by those of the middle tag where it has smaller ones.</summary>
    static double[] SpreadsOfSteps(CheckMorning morning)
    {
        var spreads = new double[morning.Tags];
        Span<double> steps = stackalloc double[Steps];
        for (var tag = 0; tag < morning.Tags; tag++)
        {
            var days = morning.Of(tag)[^(Steps + 1)..];
            var n = 0;
            for (var day = 1; day < days.Length; day++)
            {
                var step = Math.Log((Math.Max(days[day], 0) + 0.5) / (Math.Max(days[day - 1], 0) + 0.5));
                if (!double.IsNaN(step))
                    steps[n++] = step;
            }
            spreads[tag] = AnySpread;
            if (n < LeastSteps)
                continue;
            steps[..n].Sort();
            // A leak is no spread.
            var slope = LaneMedian.OfSorted(steps[..n]);
            foreach (ref var step in steps[..n])
                step = Math.Abs(step - slope);
            steps[..n].Sort();
            var spread = NoiseScale.MadToSigma * LaneMedian.OfSorted(steps[..n]);
            spreads[tag] = Math.Min(StepsOfDrift * spread * spread, AnySpread);
        }
        var middle = spreads.Length == 0 ? 0 : LaneMedian.OfSorted(spreads.Order().ToArray());
        for (var tag = 0; tag < spreads.Length; tag++)
            spreads[tag] = Math.Max(spreads[tag], middle);
        return spreads;
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
