using System.Runtime.Intrinsics;
using TagGuard.Detection.Forecast;
using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Common;

/// <summary>What all tags of a check do together on a day, and how much of it each tag follows.</summary>
static class CommonMode
{
    const int Kept = LevelFilters.Kept;
    const int Columns = Kept + 1;
    const double Clip = 4;
    const double MaxLoading = 2.5;

    /// <summary>The move of the check on each of 63 days and today: the weighted median of the tags' residuals, drawn to 0 for few tags.</summary>
    /// <param name="sheet">Residuals, sigmas, and room for one day of all tags.</param>
    /// <param name="weights">Per 4 tags.</param>
    public static JointMoves Moves(Sheet sheet, ReadOnlySpan<Lanes> weights)
    {
        var moves = new JointMoves();
        var column = sheet.Column;
        for (var day = 0; day < Columns; day++)
        {
            for (var block = 0; block < weights.Length; block++)
                column[block] = sheet.Residuals[block * Columns + day];
            moves.Add(day, column, weights, sheet.Sigmas, PartBelieved(sheet.Tags));
        }
        return moves;
    }

    /// <summary>How much of a common move is believed: less with few tags.</summary>
    public static double PartBelieved(int tags) => tags / (tags + 6.0);

    /// <summary>Removes from each tag as much of the moves as it followed in the 63 days: a
    /// regression with the prior 1 +- spread, within 0 and 2.5.</summary>
    /// <param name="residuals">Per 4 tags 64 days, in log units; cleaned in place.</param>
    /// <param name="recent">Per 4 tags the last days before today, cleaned alike; or empty.</param>
    /// <param name="sigmas">Per 4 tags the spread of their residuals.</param>
    /// <param name="moves">64 days, of <see cref="Moves"/>.</param>
    /// <param name="spread">Spread of the loadings around 1 before anything is seen.</param>
    public static void Remove(Span<Lanes> residuals, Span<Lanes> recent, ReadOnlySpan<Lanes> sigmas, ReadOnlySpan<double> moves, double spread)
    {
        var cap = Clip * (Spread(moves[..Kept]) + 1e-9);
        Span<double> clipped = stackalloc double[Kept];
        for (var day = 0; day < Kept; day++)
            clipped[day] = Math.Clamp(moves[day], -cap, cap);
        var prior = Vector256.Create(1 / (spread * spread));
        for (var block = 0; block < sigmas.Length; block++)
        {
            var rows = residuals.Slice(block * Columns, Columns);
            var high = sigmas[block] * Vector256.Create(Clip);
            Lanes product = Lanes.Zero, square = Lanes.Zero;
            for (var day = 0; day < Kept; day++)
            {
                var known = Vector256.Equals(rows[day], rows[day]);
                var move = Vector256.Create(clipped[day]) & known;
                product += (Vector256.MinNative(Vector256.MaxNative(rows[day], -high), high) & known) * move;
                square += move * move;
            }
            var precision = Lanes.One / (sigmas[block] * sigmas[block]);
            var loading = (product * precision + prior) / (square * precision + prior);
            loading = Vector256.Min(Vector256.Max(loading, Lanes.Zero), Vector256.Create(MaxLoading));
            for (var day = 0; day < Columns; day++)
                rows[day] -= loading * Vector256.Create(moves[day]);
            for (var day = 0; day < Sheet.RecentDays && !recent.IsEmpty; day++)
                recent[block * Sheet.RecentDays + day] -= loading * Vector256.Create(moves[Kept - Sheet.RecentDays + day]);
        }
    }

    /// <summary>The usual size of a move, as a sigma.</summary>
    public static double Spread(ReadOnlySpan<double> moves)
    {
        Span<double> sizes = stackalloc double[moves.Length];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Abs(moves[i]);
        sizes.Sort();
        return NoiseScale.MadToSigma * LaneMedian.OfSorted(sizes);
    }
}
