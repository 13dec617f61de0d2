using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Forecast;

/// <summary>Forecasts each day from the days before: four exponential filters, mixed by how well each did lately.</summary>
/// <remarks>
/// A filter takes in a share of each error, clipped at 3 of its sigmas (Huber), so one bad day moves it little; three days in a row on one side move
/// it all the way: the level has shifted; so do two of a stock, when the second hardly differs from the first. The last filter takes in all of a day
/// and drifts by what the days before moved: a stock is as it was yesterday. Weights fall with the fourth power of the recent mean error.
/// </remarks>
static class LevelFilters
{
    /// <summary>Days whose one-step errors are kept, before today.</summary>
    public const int Kept = 63;

    const int Today = CheckMorning.HistoryDays;
    const int WarmUpDays = 7;
    const double Clip = 3;

    /// <summary>The share of a day's step in the drift of the last filter.</summary>
    const double DriftShare = 0.04;

    /// <summary>A flow is not as it was yesterday: the errors of the last filter count this many times.</summary>
    const double LossOfFlow = 1.5;

    /// <summary>A second day on one side confirms a shift when it is within this part of the error of the first.</summary>
    const double SameAgain = 0.33;

    /// <summary>Points above which a steady tag may begin with a small scale: about 30 users.</summary>
    const double LargeLevel = 14;

    /// <summary>The least scale to begin with, in points, and that of a large and steady tag.</summary>
    const double MinScale = 0.3;

    const double MinSteadyScale = 0.03;

    /// <param name="points">127 days in points of <see cref="CountScale"/>; NaN = unknown.</param>
    /// <param name="offsets">7 weekday offsets, counted back from today.</param>
    /// <param name="shares">What the first three filters take in of a new day.</param>
    /// <param name="isStock">All bits of the lanes of tags that are stocks: see <see cref="Turnover"/>.</param>
    /// <param name="walks">All bits of the lanes of tags that walk on while nobody counts them: see <see cref="RandomWalk"/>.</param>
    /// <param name="errors">One-step errors in points, written: <see cref="Kept"/> days and today; NaN where unknown or too early.</param>
    /// <returns>The forecast of today without its weekday's offset, in points; NaN without a day of history.</returns>
    public static Lanes Run(
        ReadOnlySpan<Lanes> points,
        ReadOnlySpan<Lanes> offsets,
        (double Slow, double Middle, double Fast) shares,
        Lanes isStock,
        Lanes walks,
        Span<Lanes> errors)
    {
        var first = Start(points, offsets, isStock, out var begin, out var level, out var scale);
        Filter slow = new(level, scale), middle = slow, fast = slow, last = slow;
        var handicap = Vector256.ConditionalSelect(isStock, Lanes.One, Vector256.Create(LossOfFlow));
        var (before, drift, since) = (Vector256.Create(double.NaN), Lanes.Zero, Lanes.One);
        var counted = begin + Vector256.Create((double)WarmUpDays);
        errors.Fill(Vector256.Create(double.NaN));
        for (var day = first; day < Today; day++)
        {
            var u = points[day] - offsets[(Today - day) % 7];
            var known = Vector256.Equals(u, u);
            var days = Vector256.ConditionalSelect(walks, since, Lanes.One);
            var reach = Vector256.Sqrt(days);
            if (day >= Today - Kept)
            {
                var isCounted = Vector256.GreaterThanOrEqual(Vector256.Create((double)day), counted);
                var error = (u - Mix(slow, middle, fast, last, handicap)) / reach;
                errors[day - (Today - Kept)] = Vector256.ConditionalSelect(isCounted, error, Vector256.Create(double.NaN));
            }
            var step = u - before;
            var most = last.Scale + last.Scale;
            var news = Vector256.MinNative(Vector256.MaxNative(step / days - drift, -most), most);
            drift += news * Vector256.Create(DriftShare) & Vector256.Equals(step, step);
            Step(ref slow, u, step, reach, known, isStock, shares.Slow);
            Step(ref middle, u, step, reach, known, isStock, shares.Middle);
            Step(ref fast, u, step, reach, known, isStock, shares.Fast);
            Step(ref last, u, step, reach, known, isStock, 1);
            last.Level += drift & (known | walks);
            before = Vector256.ConditionalSelect(known, u, before);
            since = Vector256.ConditionalSelect(Vector256.AndNot(Vector256.Equals(before, before), known), since + Lanes.One, Lanes.One);
        }
        var forecast = Mix(slow, middle, fast, last, handicap);
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
    static Lanes Mix(in Filter slow, in Filter middle, in Filter fast, in Filter last, Lanes handicap)
    {
        var lossOfLast = last.Loss * handicap;
        var least = Vector256.MinNative(Vector256.MinNative(slow.Loss, middle.Loss), Vector256.MinNative(fast.Loss, lossOfLast));
        Lanes p = Weight(least, slow.Loss), q = Weight(least, middle.Loss), r = Weight(least, fast.Loss), s = Weight(least, lossOfLast);
        return (p * slow.Level + q * middle.Level + r * fast.Level + s * last.Level) / (p + q + r + s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Lanes Weight(Lanes least, Lanes loss)
    {
        var ratio = least / (loss + Vector256.Create(1e-12));
        var square = ratio * ratio;
        return square * square;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Step(ref Filter filter, Lanes u, Lanes step, Lanes reach, Lanes known, Lanes isStock, double share)
    {
        var error = u - filter.Level;
        var size = Vector256.Abs(error);
        // Of some days, the scale of one is the root of that many times as large.
        var spread = filter.Scale * reach;
        var cap = spread * Vector256.Create(Clip);
        var capped = Vector256.MinNative(Vector256.MaxNative(error, -cap), cap);
        var sign = Vector256.ConditionalSelect(Vector256.GreaterThan(error, Lanes.Zero), Lanes.One, -Lanes.One);
        var goesOn = Vector256.GreaterThan(filter.Run * error, Lanes.Zero) & filter.Run;
        var run = Vector256.GreaterThan(size, spread + spread) & (goesOn + sign);
        var days = Vector256.Abs(run);
        var isConfirmed = Vector256.LessThan(Vector256.Abs(step), size * Vector256.Create(SameAgain));
        var hasShifted = Vector256.GreaterThanOrEqual(days, Vector256.Create(3.0))
            | Vector256.GreaterThanOrEqual(days, Vector256.Create(2.0)) & isConfirmed & isStock;
        var move = Vector256.ConditionalSelect(hasShifted, error * Vector256.Create(Math.Max(share, 0.6)), capped * Vector256.Create(share));
        var ofADay = capped / reach;
        var scale = Vector256.Sqrt(filter.Scale * filter.Scale * Vector256.Create(0.95) + ofADay * ofADay * Vector256.Create(0.05 * 1.03));
        var loss = filter.Loss * Vector256.Create(0.97) + Vector256.MinNative(size, cap) / reach;
        filter.Level = Vector256.ConditionalSelect(known, filter.Level + move, filter.Level);
        filter.Scale = Vector256.ConditionalSelect(known, scale, filter.Scale);
        filter.Loss = Vector256.ConditionalSelect(known, loss, filter.Loss);
        filter.Run = Vector256.ConditionalSelect(known, run, filter.Run);
    }

    /// <summary>Level and scale of the first seven known days of each lane.</summary>
    static int Start(
        ReadOnlySpan<Lanes> points,
        ReadOnlySpan<Lanes> offsets,
        Lanes isStock,
        out Lanes begin,
        out Lanes level,
        out Lanes scale)
    {
        begin = Vector256.Create((double)Today);
        level = Lanes.Zero;
        scale = Lanes.One;
        var first = Today;
        Span<double> days = stackalloc double[WarmUpDays];
        Span<double> steps = stackalloc double[WarmUpDays];
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
            for (var i = 1; i < n; i++)
                steps[i - 1] = Math.Abs(seen[i] - seen[i - 1]);
            seen.Sort();
            var middle = LaneMedian.OfSorted(seen);
            foreach (ref var value in seen)
                value = Math.Abs(value - middle);
            seen.Sort();
            level = level.WithElement(lane, middle);
            var own = Math.Max(NoiseScale.MadToSigma * LaneMedian.OfSorted(seen), MinScale);
            var isSteady = n > 3 && middle > LargeLevel && isStock.AsInt64()[lane] != 0;
            scale = scale.WithElement(lane, isSteady ? Math.Min(own, SteadyScale(steps[..(n - 1)])) : own);
        }
        return first;
    }

    /// <summary>The scale of a tag by the steps of its first days.</summary>
    static double SteadyScale(Span<double> steps)
    {
        steps.Sort();
        return Math.Max(1.5 * NoiseScale.MadToSigma * LaneMedian.OfSorted(steps), MinSteadyScale);
    }
}
