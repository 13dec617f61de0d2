using System.Runtime.Intrinsics;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Forecast;

/// <summary>How far each weekday lies from the level of its week, in points of <see cref="CountScale"/>.</summary>
/// <remarks>
/// Places in a week are counted back from today: place 0 is today's weekday, place 1 yesterday's. So only who compares tags needs to know
/// which weekday it is.
/// </remarks>
static class WeekdayOffsets
{
    const int Today = CheckMorning.HistoryDays;
    const int Weeks = 10;
    const int LevelDays = 28;

    static readonly SortingNetwork OfWeeks = new(Weeks);
    static readonly SortingNetwork OfLevel = new(LevelDays);

    /// <summary>Median distance of each weekday of 10 weeks from its centred 7-day mean, the seven centred to 0.</summary>
    /// <param name="points">127 days.</param>
    /// <param name="offsets">7 places, written.</param>
    /// <param name="weeks">Weeks that each place was seen in, written.</param>
    public static void Own(ReadOnlySpan<Lanes> points, Span<Lanes> offsets, Span<Lanes> weeks)
    {
        Span<Lanes> same = stackalloc Lanes[Weeks];
        var total = Lanes.Zero;
        for (var place = 0; place < 7; place++)
        {
            var newest = Today - (place == 0 ? 7 : place);
            for (var week = 0; week < Weeks; week++)
                same[week] = Distance(points, newest - 7 * week);
            var median = LaneMedian.Of(same, OfWeeks, out weeks[place]);
            offsets[place] = Vector256.ConditionalSelect(Vector256.Equals(median, median), median, Lanes.Zero);
            total += offsets[place];
        }
        for (var place = 0; place < 7; place++)
            offsets[place] -= total / Vector256.Create(7.0);
    }

    /// <summary>Median of the last 28 days.</summary>
    public static Lanes Level(ReadOnlySpan<Lanes> points)
    {
        Span<Lanes> days = stackalloc Lanes[LevelDays];
        points.Slice(Today - LevelDays, LevelDays).CopyTo(days);
        return LaneMedian.Of(days, OfLevel, out _);
    }

    /// <summary>The tag's own offsets, drawn to those of the check by as many weeks as the latter counts for.</summary>
    public static void Blend(Span<Lanes> offsets, ReadOnlySpan<Lanes> weeks, ReadOnlySpan<Lanes> profile, Lanes perLogUnit, double profileWeeks)
    {
        var total = Lanes.Zero;
        for (var place = 0; place < 7; place++)
        {
            var own = weeks[place] / (weeks[place] + Vector256.Create(profileWeeks));
            offsets[place] = own * offsets[place] + (Lanes.One - own) * profile[place] * perLogUnit;
            total += offsets[place];
        }
        for (var place = 0; place < 7; place++)
            offsets[place] -= total / Vector256.Create(7.0);
    }

    /// <summary>A day's points less the mean of the seven days around it (the last seven for the last days); NaN unless all are known.</summary>
    static Lanes Distance(ReadOnlySpan<Lanes> points, int day)
    {
        var around = points.Slice(Math.Min(day - 3, Today - 7), 7);
        var sum = around[0] + around[1] + around[2] + around[3] + around[4] + around[5] + around[6];
        return points[day] - sum / Vector256.Create(7.0);
    }
}
