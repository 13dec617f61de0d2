using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;

namespace TagGuard.Judgements.Detect;

/// <summary>Users that came to a tag on one day, and left it together when its window had passed.</summary>
/// <remarks>
/// A tag that counts the users of the last 30 days loses on a day whoever came 30 days before and not since. What came at once, and stayed, is taken
/// out of the days in between as far as it left on its day, so that the day of its leaving is like any other; more than came, or on another day, is
/// a fall as ever.
/// </remarks>
/// <param name="Came">Days before today on which they came.</param>
/// <param name="Left">Days before today on which they left.</param>
/// <param name="Users">How many left.</param>
readonly record struct Cohort(int Came, int Left, double Users)
{
    /// <summary>What comes at once is a cohort from so many usual steps on, and from this part of the tag.</summary>
    const double LeastSteps = 4, LeastPart = 0.01;

    const double LeastUsers = 5;

    /// <summary>Days over which it must have stayed.</summary>
    const int DaysToStay = 5;

    /// <summary>Steps of one weekday, forward and back, that say what is usual.</summary>
    const int Weeks = 4, Week = 7;

    /// <summary>A window "after the day 30 days ago", and one "from" it.</summary>
    const int LeavingDays = 2;

    /// <summary>Days of history, beyond those that are looked at, in which a cohort may have come.</summary>
    public static int DaysBefore(int window) => window + DaysToStay + Week * Weeks;

    /// <summary>Takes cohorts that left out of the days on which they were there, and says which.</summary>
    /// <param name="row">Counts, today the last; NaN where a count is not known. <see cref="DaysBefore"/> days more than are wanted.</param>
    /// <param name="window">Days after which they leave.</param>
    public static IReadOnlyList<Cohort> TakeOut(Span<double> row, int window)
    {
        var steps = Excess(row);
        var usual = Median([.. steps.Where(step => !double.IsNaN(step)).Select(Math.Abs)]) * NoiseScale.MadToSigma;
        var left = new List<Cohort>();
        for (var came = 1; came + window < row.Length; came++)
        {
            var users = Math.Min(steps[came], Stayed(row, came));
            if (!(users > Math.Max(Math.Max(LeastSteps * usual, LeastPart * row[came - 1]), LeastUsers)))
                continue;
            for (var day = came + window; day < Math.Min(came + window + LeavingDays, row.Length); day++)
            {
                var gone = Math.Clamp(-steps[day], 0, users);
                if (!(gone > Math.Max(usual, LeastUsers)))
                    continue;
                left.Add(new Cohort(row.Length - 1 - came, row.Length - 1 - day, Math.Round(gone)));
                foreach (ref var count in row[came..day])
                    count -= gone;
                (users, steps[day]) = (users - gone, steps[day] + gone);
            }
        }
        return left;
    }

    /// <summary>Steps from day to day, less what is usual on their weekday; NaN where a step is not known.</summary>
    static double[] Excess(ReadOnlySpan<double> row)
    {
        var steps = new double[row.Length];
        steps[0] = double.NaN;
        for (var day = 1; day < row.Length; day++)
            steps[day] = row[day] - row[day - 1];
        var excess = new double[row.Length];
        var like = new List<double>(2 * Weeks);
        for (var day = 0; day < row.Length; day++)
        {
            like.Clear();
            for (var week = -Weeks; week <= Weeks; week++)
            {
                if (week != 0 && day + Week * week is >= 1 and var other && other < row.Length && !double.IsNaN(steps[other]))
                    like.Add(steps[other]);
            }
            excess[day] = like.Count >= Weeks ? steps[day] - Median([.. like]) : double.NaN;
        }
        return excess;
    }

    /// <summary>How many more there were in the days after a day than before it.</summary>
    static double Stayed(ReadOnlySpan<double> row, int came)
    {
        var known = new List<double>(DaysToStay);
        foreach (var count in row.Slice(came + 1, Math.Min(DaysToStay, row.Length - came - 1)))
        {
            if (!double.IsNaN(count))
                known.Add(count);
        }
        return known.Count == 0 ? double.NaN : Median([.. known]) - row[came - 1];
    }

    static double Median(double[] values)
    {
        if (values.Length == 0)
            return double.NaN;
        Array.Sort(values);
        return LaneMedian.OfSorted(values);
    }
}
