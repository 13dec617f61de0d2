using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Forecast;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Noise;

/// <summary>What is told of the residuals of 63 days about the noise of a tag: all in the residuals' unit.</summary>
/// <param name="Mad">1.4826 times the median size, the sigma of a normal distribution.</param>
/// <param name="Second">The second largest size.</param>
/// <param name="Up">The 96 % quantile, at least 0, as a sigma.</param>
/// <param name="Down">The 4 % quantile below 0, as a sigma.</param>
/// <param name="Days">Residuals known.</param>
readonly record struct Noise(Lanes Mad, Lanes Second, Lanes Up, Lanes Down, Lanes Days);

/// <summary>The robust spread of residuals.</summary>
static class NoiseScale
{
    /// <summary>Median absolute deviation to the sigma of a normal distribution.</summary>
    public const double MadToSigma = 1.4826;

    const int Kept = LevelFilters.Kept;

    /// <summary>The share of residuals beyond the tail on one side.</summary>
    public const double Tail = 0.04;

    /// <summary>The 96 % quantile of a normal distribution, in sigmas.</summary>
    public const double TailToSigma = 1.75;

    /// <summary>The second largest of 63 normal residuals, in sigmas.</summary>
    const double SecondToSigma = 2.6;

    static readonly SortingNetwork Whole = new(Kept);
    static readonly SortingNetwork OfSizes = new(Kept, Kept / 2, Kept - 2);
    static readonly SortingNetwork OfResiduals = new(Kept, 2, 3, Kept - 4, Kept - 3);

    /// <summary>The noise of each lane; NaN with fewer than 3 known residuals.</summary>
    /// <param name="residuals">63 days and today, which is not looked at.</param>
    public static Noise Of(ReadOnlySpan<Lanes> residuals)
    {
        Span<Lanes> sizes = stackalloc Lanes[Kept];
        Span<Lanes> sorted = stackalloc Lanes[Kept];
        var sum = Lanes.Zero;
        for (var day = 0; day < Kept; day++)
        {
            sorted[day] = residuals[day];
            sizes[day] = Vector256.Abs(residuals[day]);
            sum += residuals[day];
        }
        if (!Vector256.EqualsAll(sum, sum))
            return WithGaps(residuals);
        OfSizes.Sort(sizes);
        OfResiduals.Sort(sorted);
        const double place = Tail * (Kept - 1);
        const int low = (int)place;
        const double highPlace = (1 - Tail) * (Kept - 1);
        const int high = (int)highPlace;
        var down = sorted[low] + Vector256.Create(place - low) * (sorted[low + 1] - sorted[low]);
        var up = sorted[high] + Vector256.Create(highPlace - high) * (sorted[high + 1] - sorted[high]);
        return new Noise(
            sizes[Kept / 2] * Vector256.Create(MadToSigma),
            sizes[Kept - 2],
            Vector256.Max(up, Lanes.Zero) / Vector256.Create(TailToSigma),
            Vector256.Max(-down, Lanes.Zero) / Vector256.Create(TailToSigma),
            Vector256.Create((double)Kept));
    }

    /// <summary>One sigma made of the middle of the residuals, their second largest and their tail.</summary>
    /// <param name="mad">1.4826 times the median size.</param>
    /// <param name="second">The second largest size.</param>
    /// <param name="tail">The tail, as a sigma.</param>
    /// <param name="least">The least variance.</param>
    /// <param name="smallest">The noise that is added to all.</param>
    /// <param name="days">Residuals that this is known from: of few, the noise is made wider.</param>
    /// <param name="settings">What each counts for.</param>
    public static double Sigma(double mad, double second, double tail, double least, double smallest, double days, DetectorSettings settings)
    {
        var seen =
            settings.MedianWeight * Square(mad) + settings.SecondLargestWeight * Square(second / SecondToSigma) + settings.TailWeight * Square(tail);
        return Math.Sqrt((Math.Max(seen, least) + Square(smallest)) * (1 + settings.ShortHistory / Math.Max(days, 1)));
    }

    static double Square(double value) => value * value;

    /// <summary>The value at a share of the way through sorted values, between two of them in proportion.</summary>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below >= sorted.Length - 1 ? sorted[^1] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }

    /// <summary>Unknown residuals are sorted behind all others, and each lane is read as far as it is known.</summary>
    static Noise WithGaps(ReadOnlySpan<Lanes> residuals)
    {
        Span<Lanes> sizes = stackalloc Lanes[Kept];
        Span<Lanes> sorted = stackalloc Lanes[Kept];
        var days = Lanes.Zero;
        for (var day = 0; day < Kept; day++)
        {
            var known = Vector256.Equals(residuals[day], residuals[day]);
            days += known & Lanes.One;
            sorted[day] = Vector256.ConditionalSelect(known, residuals[day], Vector256.Create(double.PositiveInfinity));
            sizes[day] = Vector256.Abs(sorted[day]);
        }
        Whole.Sort(sizes);
        Whole.Sort(sorted);
        var nothing = Vector256.Create(double.NaN);
        Lanes mad = nothing, second = nothing, up = nothing, down = nothing;
        Span<double> lone = stackalloc double[Kept];
        for (var lane = 0; lane < CountScale.Width; lane++)
        {
            var n = (int)days[lane];
            if (n < 3)
                continue;
            var known = lone[..n];
            Take(sizes, lane, known);
            mad = mad.WithElement(lane, MadToSigma * Quantile(known, 0.5));
            second = second.WithElement(lane, known[n - 2]);
            Take(sorted, lane, known);
            up = up.WithElement(lane, Math.Max(Quantile(known, 1 - Tail), 0) / TailToSigma);
            down = down.WithElement(lane, Math.Max(-Quantile(known, Tail), 0) / TailToSigma);
        }
        return new Noise(mad, second, up, down, days);
    }

    static void Take(ReadOnlySpan<Lanes> from, int lane, Span<double> to)
    {
        var values = MemoryMarshal.Cast<Lanes, double>(from);
        for (var i = 0; i < to.Length; i++)
            to[i] = values[i * CountScale.Width + lane];
    }
}
