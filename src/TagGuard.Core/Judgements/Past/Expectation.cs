using TagGuard.Detection;
using TagGuard.Facts;

namespace TagGuard.Judgements.Past;

/// <summary>What a series should count on a date, by its own past: a point on <see cref="LogScale"/>, and how far it is usually off.</summary>
/// <remarks>
/// The forecast is the level (median of the last seven accepted days) and how the same season day usually lies to the level of its own time (median
/// over the seasons), so growth and accepted shifts move it within days. The spread is how far this very forecast was off on all the days of the
/// window, by the median (so one bad day does not widen it) and by the second largest (so a series with heavy tails is not taken for a quiet one).
/// </remarks>
/// <param name="Point">The forecast, on the scale.</param>
/// <param name="Scale">One robust standard deviation, on the scale, floors included.</param>
/// <param name="SeasonDays">Same season days that it is made of.</param>
/// <param name="Offset">How the same season day usually lies to the level, on the scale.</param>
readonly record struct Expectation(double Point, double Scale, int SeasonDays, double Offset = 0)
{
    public const int LevelDays = 7;

    /// <summary>Counts move a little without anybody's fault: no series is held to less than this relative spread.</summary>
    public const double RelativeFloor = 0.05;

    /// <summary>Users act in groups (households, campaigns), so chance moves counts more than if each was independent.</summary>
    const double ChanceFactor = 1.5;

    /// <summary>1 / the 75 % quantile of the normal distribution: turns a median absolute deviation into a standard deviation.</summary>
    const double MadToSd = 1.4826;

    /// <summary>Where the second largest of some 50 normal errors lies at its upper end: a normal series is not widened by it.</summary>
    const double SecondLargestToSd = 2.5;

    public double Count => LogScale.CountAt(Point);

    public double SeasonFactor => LogScale.CountAt(Point - Offset) is > 0 and var level ? Count / level : 1;

    /// <summary>The scale as a relative change of the count.</summary>
    public double Noise => Scale / LogScale.PerRelativeChange(Count);

    public double CountAt(double z) => LogScale.CountAt(Point + z * Scale);

    /// <summary>One standard deviation, with the floors, widened for few seasons.</summary>
    public static double ScaleOf(double count, double spread, int seasonDays)
    {
        var floor = RelativeFloor * LogScale.PerRelativeChange(count);
        var noise = Math.Max(spread * spread, ChanceFactor * LogScale.ChanceVariance(count));
        return Math.Sqrt((noise + floor * floor) * (1 + 2.0 / seasonDays));
    }

    /// <summary>The expectation, or the number of same season days alone (in <see cref="SeasonDays"/>) when they are fewer than wanted.</summary>
    /// <param name="days">Accepted days strictly before the date, ascending.</param>
    /// <param name="date">The business date.</param>
    /// <param name="season">Days of a season.</param>
    /// <param name="seasons">Seasons to look back.</param>
    /// <param name="least">Fewest same season days.</param>
    /// <param name="made">The expectation.</param>
    public static bool TryMake(ReadOnlySpan<Day> days, DateOnly date, int season, int seasons, int least, out Expectation made)
    {
        var n = days.Length;
        Span<double> points = n <= 256 ? stackalloc double[n] : new double[n];
        Span<double> offsets = n <= 256 ? stackalloc double[n] : new double[n];
        Span<double> some = n <= 256 ? stackalloc double[n] : new double[n];
        Span<double> errors = n <= 256 ? stackalloc double[n] : new double[n];
        for (var i = 0; i < n; i++)
            points[i] = LogScale.Of(days[i].Value);
        for (var i = 0; i < n; i++)
            offsets[i] = points[i] - Level(points, i, some);

        var own = Gather(days, offsets, date, season, seasons, 0, some);
        if (own < Math.Max(least, 1))
        {
            made = new Expectation(0, 0, own);
            return false;
        }
        var offset = Median(some[..own]);
        var known = Add(some[..own], offset, errors, 0);
        // The other days of the season tell as well how good such a forecast is. Long seasons have too few of each to be worth the time.
        for (var phase = 1; phase < season && season <= 31; phase++)
        {
            var count = Gather(days, offsets, date, season, seasons, phase, some);
            if (count >= 3)
                known = Add(some[..count], Median(some[..count]), errors, known);
        }
        var sorted = errors[..known];
        sorted.Sort();
        var spread = Math.Max(MadToSd * MiddleOf(sorted), sorted[^Math.Min(2, known)] / SecondLargestToSd);
        var point = Math.Max(Level(points, n, some) + offset, LogScale.Of(0));
        made = new Expectation(point, ScaleOf(LogScale.CountAt(point), spread, own), own, offset);
        return true;
    }

    /// <summary>Median of the last seven accepted days before a day; the first days of the history take the first seven.</summary>
    static double Level(ReadOnlySpan<double> points, int before, Span<double> scratch)
    {
        var end = before < 3 ? Math.Min(LevelDays, points.Length) : before;
        var last = points[Math.Max(0, end - LevelDays)..end];
        last.CopyTo(scratch);
        return Median(scratch[..last.Length]);
    }

    /// <summary>The offsets of the days that lie whole seasons and a number of days before the date.</summary>
    static int Gather(ReadOnlySpan<Day> days, ReadOnlySpan<double> offsets, DateOnly date, int season, int seasons, int phase, Span<double> into)
    {
        var count = 0;
        for (var i = 0; i < days.Length; i++)
        {
            var age = date.DayNumber - days[i].Date.DayNumber;
            if (age <= season * seasons && age % season == phase)
                into[count++] = offsets[i];
        }
        return count;
    }

    static int Add(ReadOnlySpan<double> offsets, double middle, Span<double> errors, int known)
    {
        foreach (var offset in offsets)
            errors[known++] = Math.Abs(offset - middle);
        return known;
    }

    static double Median(Span<double> values)
    {
        values.Sort();
        return MiddleOf(values);
    }

    static double MiddleOf(ReadOnlySpan<double> sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
}
