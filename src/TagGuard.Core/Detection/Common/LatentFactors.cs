using System.Buffers;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Forecast;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Common;

/// <summary>Movements that groups of tags share beyond the common one, found from 63 days of residuals and removed from today's.</summary>
/// <remarks>
/// Principal components by power iteration, with what makes them robust: residuals clipped at 3 sigmas when learning, and each day's value of a
/// factor from a regression with Huber's weights (k = 2), so a fault in a few tags does not become a factor of the day.
/// P. J. Huber, Robust estimation of a location parameter, 1964 (doi:10.1214/aoms/1177703732).
/// </remarks>
static class LatentFactors
{
    const int Kept = LevelFilters.Kept;
    const int Columns = Kept + 1;
    const double Clip = 3;
    const int PowerSteps = 12;
    const double LoadingRidge = 20;

    /// <summary>Removes the strongest factors, as long as they explain more than chance would.</summary>
    /// <param name="scores">Per 4 tags 64 days of residuals in the tag's sigmas; cleaned in place.</param>
    /// <param name="recent">Per 4 tags the last days before today, cleaned alike; or empty.</param>
    /// <param name="learners">The tags to learn from, laid out like <paramref name="scores"/>; cleaned as well. Empty: all of them.</param>
    /// <param name="tags">How many tags are learnt from.</param>
    /// <param name="settings">Most factors to remove, and the most that one may explain of today.</param>
    /// <returns>Factors found.</returns>
    public static int Remove(Span<Lanes> scores, Span<Lanes> recent, Span<Lanes> learners, int tags, DetectorSettings settings)
    {
        var learnt = learners.IsEmpty ? scores : learners;
        var blocks = learnt.Length / Columns;
        var clipped = ArrayPool<Lanes>.Shared.Rent(blocks * DayProducts.Days);
        var loadings = ArrayPool<Lanes>.Shared.Rent(Math.Max(scores.Length, learnt.Length) / Columns);
        var days = ArrayPool<Vector256<float>>.Shared.Rent(FactorOfDay.RoomFor(blocks));
        Span<double> path = stackalloc double[Kept];
        Span<double> today = stackalloc double[Columns];
        var found = 0;
        while (found < settings.Factors && Component(learnt, clipped.AsSpan(0, blocks * DayProducts.Days), tags, path))
        {
            Load(learnt, path, loadings);
            FactorOfDay.All(learnt, loadings.AsSpan(0, blocks), days, today);
            var most = settings.MostOfFactor * LargestSize(today[..Kept]);
            today[Kept] = Math.Clamp(today[Kept], -most, most);
            Subtract(learnt, loadings, today);
            if (!learners.IsEmpty)
            {
                Load(scores, path, loadings);
                Subtract(scores, loadings, today);
            }
            for (var i = 0; i < recent.Length; i++)
                recent[i] -= loadings[i / Sheet.RecentDays] * Vector256.Create(today[Kept - Sheet.RecentDays + i % Sheet.RecentDays]);
            found++;
        }
        ArrayPool<Lanes>.Shared.Return(clipped);
        ArrayPool<Lanes>.Shared.Return(loadings);
        ArrayPool<Vector256<float>>.Shared.Return(days);
        return found;
    }

    static double LargestSize(ReadOnlySpan<double> values)
    {
        var most = 0.0;
        foreach (var value in values)
            most = Math.Max(most, Math.Abs(value));
        return most;
    }

    /// <summary>The strongest component, as a path over the days of mean square 1; false
    /// when it explains too little to be more than chance.</summary>
    static bool Component(ReadOnlySpan<Lanes> scores, Span<Lanes> clipped, int tags, Span<double> path)
    {
        var total = Prepare(scores, clipped, path);
        var products = ArrayPool<double>.Shared.Rent(DayProducts.Days * DayProducts.Days);
        DayProducts.Fill(clipped, products);
        for (var step = 0; step < PowerSteps; step++)
            DayProducts.PowerStep(products, path);
        ArrayPool<double>.Shared.Return(products);
        var strength = 0.0;
        foreach (var value in path)
            strength += value * value;
        if (!(strength / (total + 1e-12) >= 2.0 / Math.Min(tags, Kept)))
            return false;
        var scale = Math.Sqrt(strength / Kept) + 1e-9;
        foreach (ref var value in path)
            value /= scale;
        return true;
    }

    /// <summary>Clips the scores, unknown ones to 0; the path begins as the tag that moved most.</summary>
    static double Prepare(ReadOnlySpan<Lanes> scores, Span<Lanes> clipped, Span<double> path)
    {
        var total = Lanes.Zero;
        var (most, block, lane) = (-1.0, 0, 0);
        for (var b = 0; b < scores.Length / Columns; b++)
        {
            var square = Lanes.Zero;
            for (var day = 0; day < Kept; day++)
            {
                var value = Clipped(scores[b * Columns + day]);
                clipped[b * DayProducts.Days + day] = value;
                square += value * value;
            }
            clipped[b * DayProducts.Days + Kept] = Lanes.Zero;
            total += square;
            for (var i = 0; i < CountScale.Width; i++)
            {
                if (square[i] > most)
                    (most, block, lane) = (square[i], b, i);
            }
        }
        for (var day = 0; day < Kept; day++)
            path[day] = clipped[block * DayProducts.Days + day][lane];
        return Vector256.Sum(total);
    }

    static Lanes Clipped(Lanes score)
    {
        var high = Vector256.Create(Clip);
        return Vector256.MinNative(Vector256.MaxNative(score, -high), high) & Vector256.Equals(score, score);
    }

    /// <summary>How much each tag follows the path, drawn to 0 for tags with few days.</summary>
    static void Load(ReadOnlySpan<Lanes> scores, ReadOnlySpan<double> path, Span<Lanes> loadings)
    {
        for (var block = 0; block < scores.Length / Columns; block++)
        {
            Lanes sum = Lanes.Zero, days = Lanes.Zero;
            for (var day = 0; day < Kept; day++)
            {
                var score = scores[block * Columns + day];
                sum += Clipped(score) * Vector256.Create(path[day]);
                days += Vector256.Equals(score, score) & Lanes.One;
            }
            loadings[block] = sum / (days + Vector256.Create(LoadingRidge));
        }
    }

    static void Subtract(Span<Lanes> scores, ReadOnlySpan<Lanes> loadings, ReadOnlySpan<double> values)
    {
        for (var block = 0; block < scores.Length / Columns; block++)
        {
            var row = scores.Slice(block * Columns, Columns);
            for (var day = 0; day < Columns; day++)
                row[day] -= loadings[block] * Vector256.Create(values[day]);
        }
    }
}
