using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Noise;

/// <summary>How much of a tag changes from one day to the next: 1 for a flow whose users come by chance, 0.001 to 0.05 for a stock, which keeps most
/// of its users, far above 1 for a flow that is moved by more than chance.</summary>
/// <remarks>
/// The mean square of the daily differences over 91 days, or of those to the same weekday where they are smaller, over that of a Poisson flow of the
/// same mean. Differences beyond their 96 % quantile count as that, so a bad day or a new level makes no flow of a stock; one user and 8 days are
/// believed beforehand, so no tag is calmer than can be known. Of a million users who move by 0.3 % a day that would be a flow, for they move
/// together; so where the tags of a check are calm, the flow to compare with is one that moves in proportion to its size, too (as a negative binomial
/// does).
/// </remarks>
static class Turnover
{
    const int Days = 91;
    const int Today = CheckMorning.HistoryDays;

    /// <summary>The quantile of the differences beyond which they count no further.</summary>
    const double Cap = 0.96;

    /// <summary>The largest differences of which the quantile of 91 is made.</summary>
    const int Largest = 5;

    /// <summary>Days on which the counts moved by one user, believed beforehand.</summary>
    const double DaysBelieved = 8;

    /// <summary>Fewest differences to the same weekday that are believed.</summary>
    const double MinWeekly = 28;

    /// <param name="counts">127 days of counts, today the last; NaN = unknown.</param>
    /// <param name="settings">Whether differences to the same weekday count.</param>
    /// <param name="step">The usual step from one day to the next, as a part of the count.</param>
    public static Lanes Of(ReadOnlySpan<Lanes> counts, DetectorSettings settings, out Lanes step)
    {
        Lanes sum = Lanes.Zero, known = Lanes.Zero;
        foreach (var count in counts[(Today - Days)..Today])
        {
            var isKnown = Vector256.Equals(count, count);
            known += isKnown & Lanes.One;
            sum += count & isKnown;
        }
        var square = MeanSquare(counts, 1, out _);
        if (settings.WeeklySteps)
        {
            var weekly = MeanSquare(counts, 7, out var weeks);
            var isCalmer = Vector256.GreaterThanOrEqual(weeks, Vector256.Create(MinWeekly)) & Vector256.LessThan(weekly, square);
            square = Vector256.ConditionalSelect(isCalmer, weekly, square);
        }
        var size = sum / known + Lanes.One;
        step = KnownOrOne(Vector256.Sqrt(square) / size);
        return KnownOrOne(square / (size + size));
    }

    /// <summary>The mean square of the differences between days that far apart, without the largest.</summary>
    static Lanes MeanSquare(ReadOnlySpan<Lanes> counts, int apart, out Lanes days)
    {
        Span<Lanes> largest = stackalloc Lanes[Largest];
        largest.Fill(Vector256.Create(double.NegativeInfinity));
        Span<Lanes> moves = stackalloc Lanes[Days];
        days = Lanes.Zero;
        for (var day = 0; day < Days; day++)
        {
            var move = Vector256.Abs(counts[Today - Days + day] - counts[Today - Days + day - apart]);
            var isKnown = Vector256.Equals(move, move);
            days += isKnown & Lanes.One;
            moves[day] = move & isKnown;
            var carried = Vector256.ConditionalSelect(isKnown, move, Vector256.Create(double.NegativeInfinity));
            foreach (ref var one in largest)
            {
                var smaller = Vector256.MinNative(one, carried);
                one = Vector256.MaxNative(one, carried);
                carried = smaller;
            }
        }
        var cap = QuantileOf(largest, days);
        var squares = Lanes.Zero;
        foreach (var move in moves)
        {
            var capped = Vector256.MinNative(move, cap);
            squares += capped * capped;
        }
        var believed = Vector256.Create(DaysBelieved);
        return (squares + believed) / (days + believed);
    }

    /// <summary>Measures the turnovers of a calm check by a flow that also moves in proportion to its size.</summary>
    /// <param name="turnovers">By a Poisson flow; written.</param>
    /// <param name="steps">The usual step of each tag, as a part of it.</param>
    /// <param name="usualStep">The middle one of the check.</param>
    /// <param name="settings">What is calm.</param>
    public static void AllowForSize(Span<Lanes> turnovers, ReadOnlySpan<Lanes> steps, double usualStep, DetectorSettings settings)
    {
        var (stock, flow) = settings.UsualSteps;
        var noise = settings.NoiseOfLargeFlows * Math.Clamp((flow - usualStep) / (flow - stock), 0, 1);
        var weight = Vector256.Create(2 * noise * noise);
        for (var i = 0; i < turnovers.Length && noise > 0; i++)
            turnovers[i] = Lanes.One / (Lanes.One / turnovers[i] + weight / (steps[i] * steps[i]));
    }

    /// <summary>Without a day in 91 there is nothing to be calm by.</summary>
    static Lanes KnownOrOne(Lanes values) => Vector256.ConditionalSelect(Vector256.Equals(values, values), values, Lanes.One);

    /// <summary>The quantile of each lane, between two differences in proportion.</summary>
    static Lanes QuantileOf(ReadOnlySpan<Lanes> largest, Lanes days)
    {
        var values = MemoryMarshal.Cast<Lanes, double>(largest);
        var cap = Lanes.Zero;
        for (var lane = 0; lane < CountScale.Width; lane++)
        {
            var n = (int)days[lane];
            if (n == 0)
                continue;
            var place = Cap * (n - 1);
            var below = (int)place;
            var lower = values[(n - 1 - below) * CountScale.Width + lane];
            cap = cap.WithElement(lane, below >= n - 1
                ? lower
                : lower + (place - below) * (values[(n - 2 - below) * CountScale.Width + lane] - lower));
        }
        return cap;
    }
}
