using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Forecast;

/// <summary>Forecasts each day from the days before: three exponential filters, mixed by how well each did lately.</summary>
/// <remarks>
/// A filter takes in a share of each error, clipped at 3 of its sigmas (Huber), so one bad day moves it little; three days in a row on one side move
/// it all the way: the level has shifted. Weights fall with the fourth power of the recent mean error.
/// </remarks>
static class LevelFilters
{
    /// <summary>Days whose one-step errors are kept, before today.</summary>
    public const int Kept = 63;

    const int Today = CheckMorning.HistoryDays;
    const int WarmUpDays = 7;
    const double Clip = 3;

    /// <param name="points">127 days in points of <see cref="CountScale"/>; NaN = unknown.</param>
    /// <param name="offsets">7 weekday offsets, counted back from today.</param>
    /// <param name="shares">What the three filters take in of a new day.</param>
    /// <param name="errors">One-step errors in points, written: <see cref="Kept"/> days and today; NaN where unknown or too early.</param>
    /// <returns>The forecast of today without its weekday's offset, in points; NaN without a day of history.</returns>
    public static Lanes Run(
        ReadOnlySpan<Lanes> points,
        ReadOnlySpan<Lanes> offsets,
        (double Slow, double Middle, double Fast) shares,
        Span<Lanes> errors)
    {
        var first = Start(points, offsets, out var begin, out var level, out var scale);
        Filter slow = new(level, scale), middle = slow, fast = slow;
        var counted = begin + Vector256.Create((double)WarmUpDays);
        errors.Fill(Vector256.Create(double.NaN));
        for (var day = first; day < Today; day++)
        {
            var u = points[day] - offsets[(Today - day) % 7];
            var known = Vector256.Equals(u, u);
            if (day >= Today - Kept)
            {
                var isCounted = Vector256.GreaterThanOrEqual(Vector256.Create((double)day), counted);
                errors[day - (Today - Kept)] = Vector256.ConditionalSelect(isCounted, u - Mix(slow, middle, fast), Vector256.Create(double.NaN));
            }
            Step(ref slow, u, known, shares.Slow);
            Step(ref middle, u, known, shares.Middle);
            Step(ref fast, u, known, shares.Fast);
        }
        var forecast = Mix(slow, middle, fast);
        var isEnough = Vector256.GreaterThanOrEqual(Vector256.Create((double)Today), counted);
        errors[Kept] = Vector256.ConditionalSelect(isEnough, points[Today] - offsets[0] - forecast, Vector256.Create(double.NaN));
        return Vector256.ConditionalSelect(Vector256.LessThan(begin, Vector256.Create((double)Today)), forecast, Vector256.Create(double.NaN));
    }

    struct Filter(Lanes level, Lanes scale)
    {
        public Lanes Level = level;
        public Lanes Scale = scale;
        public Lanes Loss = scale + scale;

        /// <summary>Days in a row beyond 2 sigmas: positive above, negative below.</summary>
        public Lanes Run;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lanes Mix(in Filter a, in Filter b, in Filter c)
    {
        var least = Vector256.MinNative(Vector256.MinNative(a.Loss, b.Loss), c.Loss);
        Lanes p = Weight(least, a.Loss), q = Weight(least, b.Loss), r = Weight(least, c.Loss);
        return (p * a.Level + q * b.Level + r * c.Level) / (p + q + r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lanes Weight(Lanes least, Lanes loss)
    {
        var ratio = least / (loss + Vector256.Create(1e-12));
        var square = ratio * ratio;
        return square * square;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Step(ref Filter filter, Lanes u, Lanes known, double share)
    {
        var error = u - filter.Level;
        var size = Vector256.Abs(error);
        var cap = filter.Scale * Vector256.Create(Clip);
        var capped = Vector256.MinNative(Vector256.MaxNative(error, -cap), cap);
        var sign = Vector256.ConditionalSelect(Vector256.GreaterThan(error, Lanes.Zero), Lanes.One, -Lanes.One);
        var goesOn = Vector256.GreaterThan(filter.Run * error, Lanes.Zero) & filter.Run;
        var run = Vector256.GreaterThan(size, filter.Scale + filter.Scale) & (goesOn + sign);
        var hasShifted = Vector256.GreaterThanOrEqual(Vector256.Abs(run), Vector256.Create(3.0));
        var move = Vector256.ConditionalSelect(hasShifted, error * Vector256.Create(Math.Max(share, 0.6)), capped * Vector256.Create(share));
        var scale = Vector256.Sqrt(filter.Scale * filter.Scale * Vector256.Create(0.95) + capped * capped * Vector256.Create(0.05 * 1.03));
        var loss = filter.Loss * Vector256.Create(0.97) + Vector256.MinNative(size, cap);
        filter.Level = Vector256.ConditionalSelect(known, filter.Level + move, filter.Level);
        filter.Scale = Vector256.ConditionalSelect(known, scale, filter.Scale);
        filter.Loss = Vector256.ConditionalSelect(known, loss, filter.Loss);
        filter.Run = Vector256.ConditionalSelect(known, run, filter.Run);
    }

    /// <summary>Level and scale of the first seven known days of each lane.</summary>
    static int Start(ReadOnlySpan<Lanes> points, ReadOnlySpan<Lanes> offsets, out Lanes begin, out Lanes level, out Lanes scale)
    {
        begin = Vector256.Create((double)Today);
        level = Lanes.Zero;
        scale = Lanes.One;
        var first = Today;
        Span<double> days = stackalloc double[WarmUpDays];
        for (var lane = 0; lane < CountScale.Width; lane++)
        {
            var n = 0;
            for (var day = 0; day < Today && n < WarmUpDays; day++)
            {
                var value = points[day][lane];
                if (double.IsNaN(value))
                    continue;
                if (n == 0)
                {
                    first = Math.Min(first, day);
                    begin = begin.WithElement(lane, day);
                }
                days[n++] = value - offsets[(Today - day) % 7][lane];
            }
            if (n == 0)
                continue;
            var seen = days[..n];
            seen.Sort();
            var middle = LaneMedian.OfSorted(seen);
            foreach (ref var value in seen)
                value = Math.Abs(value - middle);
            seen.Sort();
            level = level.WithElement(lane, middle);
            scale = scale.WithElement(lane, Math.Max(NoiseScale.MadToSigma * LaneMedian.OfSorted(seen), 0.3));
        }
        return first;
    }
}
