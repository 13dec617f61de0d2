using TagGuard.Detection.Vectors;

namespace TagGuard.Detection.Drifts;

/// <summary>When a slow change of one series began, and how fast it goes.</summary>
/// <param name="DaysAgo">The last day before it, counted back from today.</param>
/// <param name="PerDay">The change of a day, in log units: -0.01 is about -1 %.</param>
/// <param name="IsSlow">Whether a slow change says clearly more of the days than a single step on any of them does.</param>
public readonly record struct DriftStart(int DaysAgo, double PerDay, bool IsSlow)
{
    /// <summary>Days that are looked at, today among them.</summary>
    const int Days = 56;

    /// <summary>The shortest change that is one of days, and the fewest days before it.</summary>
    const int MinDays = 4;

    const int MinBefore = 7;

    /// <summary>A slow change leaves at most this part of the squares that a single step leaves.</summary>
    const double MostOfStep = 0.5;

    const int Week = 7;

    /// <summary>The level that is flat and then a straight line, in logarithms, with the least squares; null with too few days.</summary>
    /// <param name="row">Counts, today the last; NaN where a count is not known.</param>
    public static DriftStart? Of(ReadOnlySpan<double> row)
    {
        if (row.Length < Days)
            return null;
        Span<double> levels = stackalloc double[Days];
        for (var day = 0; day < Days; day++)
            levels[day] = Math.Log(Math.Max(row[row.Length - Days + day], 0) + 0.5);
        RemoveWeekdays(levels);
        var best = (DaysAgo: 0, Slope: 0.0, Squares: double.PositiveInfinity);
        var ofStep = double.PositiveInfinity;
        for (var daysAgo = 1; daysAgo <= Days - MinBefore; daysAgo++)
            ofStep = Math.Min(ofStep, Fit(levels, daysAgo, isStep: true).Squares);
        for (var daysAgo = MinDays; daysAgo <= Days - MinBefore; daysAgo++)
        {
            if (Fit(levels, daysAgo, isStep: false) is var (slope, squares) && squares < best.Squares)
                best = (daysAgo, slope, squares);
        }
        return best.DaysAgo == 0 ? null : new DriftStart(best.DaysAgo, best.Slope, best.Squares < MostOfStep * ofStep);
    }

    /// <summary>The line of least squares through a shape that is 0 up to a day, and then 1, 2, 3, or 1 throughout.</summary>
    static (double Slope, double Squares) Fit(ReadOnlySpan<double> levels, int daysAgo, bool isStep)
    {
        var (n, x, y, xx, xy, yy) = (0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var day = 0; day < Days; day++)
        {
            if (double.IsNaN(levels[day]))
                continue;
            var since = Math.Max(day - (Days - 1 - daysAgo), 0);
            var shape = isStep ? Math.Min(since, 1) : since;
            n++;
            (x, y, xx) = (x + shape, y + levels[day], xx + (double)shape * shape);
            (xy, yy) = (xy + shape * levels[day], yy + levels[day] * levels[day]);
        }
        var spread = xx - x * x / n;
        if (n < MinBefore + MinDays || !(spread > 0))
            return (0, double.PositiveInfinity);
        var slope = (xy - x * y / n) / spread;
        return (slope, Math.Max(yy - y * y / n - slope * slope * spread, 0));
    }

    /// <summary>Takes from each weekday its middle distance to the mean of the week around it: a line keeps its slope.</summary>
    static void RemoveWeekdays(Span<double> levels)
    {
        Span<double> known = stackalloc double[Days / Week + 1];
        Span<double> offsets = stackalloc double[Week];
        for (var weekday = 0; weekday < Week; weekday++)
        {
            var n = 0;
            for (var day = weekday; day < Days; day += Week)
            {
                if (day < Week / 2 || day + Week / 2 >= Days)
                    continue;
                var sum = 0.0;
                foreach (var level in levels.Slice(day - Week / 2, Week))
                    sum += level;
                if (!double.IsNaN(sum))
                    known[n++] = levels[day] - sum / Week;
            }
            known[..n].Sort();
            offsets[weekday] = n >= 2 ? LaneMedian.OfSorted(known[..n]) : 0;
        }
        for (var day = 0; day < Days; day++)
            levels[day] -= offsets[day % Week];
    }
}
