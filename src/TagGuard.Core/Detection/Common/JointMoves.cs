using System.Runtime.Intrinsics;
using TagGuard.Detection.Forecast;
using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Common;

/// <summary>What several tags did together on each of 63 days and today, and how unusual today is.</summary>
/// <remarks>
/// A move of nature differs from tag to tag: rain, a holiday, the news. A part of the data that is missing does not. So a move is also compared with
/// those of the days alone on which the tags were about as much alike as today: a much narrower spread, in which a loss of a few per cent stands out.
/// </remarks>
sealed class JointMoves
{
    const int Kept = LevelFilters.Kept;
    const int Columns = Sheet.Columns;

    /// <summary>Deviations are clipped at this many sigmas when their mean is taken.</summary>
    const double Clip = 3;

    /// <summary>Today's tags are alike when they deviate from the move at most this many times as far as on the usual day.</summary>
    const double MostDeviation = 1.6;

    /// <summary>A day was alike when its tags deviated at most this many times as far as today's, or as the usual day's.</summary>
    const double AsToday = 1.2;

    /// <summary>The noise that is added to moves of tags that are alike, in log units: small,
    /// or a small part that is missing would not be found.</summary>
    const double SmallestOfAlike = 0.005;

    readonly double[] _moves = new double[Columns];

    /// <summary>The mean size of what each tag did beside the move, in its sigmas; NaN on days with fewer than 3 tags.</summary>
    readonly double[] _deviations = new double[Columns];

    /// <summary>The moves in log units; 0 on days with fewer than 3 tags.</summary>
    public ReadOnlySpan<double> Moves => _moves;

    public double Today => _moves[Kept];

    /// <summary>Whether today's tags deviate from their move no more than usual.</summary>
    public bool IsAlike { get; private set; }

    /// <summary>The usual size of the moves as a sigma; NaN with fewer than 3 days.</summary>
    public double Noise { get; private set; } = double.NaN;

    /// <summary>The same over the days alone on which the tags were as much alike as today.</summary>
    public double NoiseOfAlike { get; private set; } = double.NaN;

    /// <summary>The middle of the sizes of those days' moves as a sigma, with nothing added.</summary>
    public double UsualOfAlike { get; private set; } = double.NaN;

    /// <summary>Today's move in sigmas of the usual ones.</summary>
    public double Score => Noise > 0 ? Math.Abs(Today) / Noise : 0;

    /// <summary>The same among days as much alike; 0 when today's tags are not.</summary>
    public double ScoreOfAlike => IsAlike && NoiseOfAlike > 0 ? Math.Abs(Today) / NoiseOfAlike : 0;

    /// <summary>Takes in one day: the weighted median of the tags, drawn to 0 for few of them.</summary>
    /// <param name="day">0 to 63, which is today.</param>
    /// <param name="column">Residuals of the day in log units.</param>
    /// <param name="weights">What each tag counts for.</param>
    /// <param name="sigmas">The spread of each tag's residuals.</param>
    /// <param name="part">The part of the median that is believed: 0 to 1.</param>
    public void Add(int day, ReadOnlySpan<Lanes> column, ReadOnlySpan<Lanes> weights, ReadOnlySpan<Lanes> sigmas, double part)
    {
        var move = WeightedMedian.Of(column, weights);
        _moves[day] = move * part;
        var middle = Vector256.Create(move);
        Lanes sum = Lanes.Zero, known = Lanes.Zero;
        for (var i = 0; i < column.Length; i++)
        {
            var isKnown = Vector256.Equals(column[i], column[i]);
            var size = Vector256.MinNative(Vector256.Abs(column[i] - middle) / sigmas[i], Vector256.Create(Clip));
            sum += size & isKnown;
            known += Lanes.One & isKnown;
        }
        var tags = Vector256.Sum(known);
        _deviations[day] = tags >= 3 ? Vector256.Sum(sum) / tags : double.NaN;
    }

    /// <summary>Looks back, when all days are in.</summary>
    /// <param name="settings">How a noise is made.</param>
    /// <param name="smallest">The noise that is added to all moves, in log units.</param>
    /// <param name="reach">How many times as far as in one day they may go since the last count.</param>
    public void Survey(DetectorSettings settings, double smallest, double reach = 1)
    {
        Span<double> days = stackalloc double[Kept];
        var usual = Usual(days);
        IsAlike = _deviations[Kept] <= MostDeviation * usual;
        (Noise, _) = NoiseOf(days, double.PositiveInfinity, smallest, settings);
        (NoiseOfAlike, UsualOfAlike) = NoiseOf(days, AsToday * Math.Max(_deviations[Kept], usual), SmallestOfAlike, settings);
        (Noise, NoiseOfAlike) = (reach * Noise, reach * NoiseOfAlike);
    }

    double Usual(Span<double> room)
    {
        var n = 0;
        foreach (var deviation in _deviations.AsSpan(0, Kept))
        {
            if (!double.IsNaN(deviation))
                room[n++] = deviation;
        }
        room[..n].Sort();
        return n > 0 ? LaneMedian.OfSorted(room[..n]) : double.NaN;
    }

    /// <summary>The spread of the moves of the days that deviated at most so much: made of their
    /// middle, their second largest and their tail, wider for few days.</summary>
    (double Noise, double Usual) NoiseOf(Span<double> room, double mostDeviation, double smallest, DetectorSettings settings)
    {
        var n = 0;
        for (var day = 0; day < Kept; day++)
        {
            if (_deviations[day] <= mostDeviation)
                room[n++] = Math.Abs(_moves[day]);
        }
        if (n < 3)
            return (double.NaN, double.NaN);
        var sizes = room[..n];
        sizes.Sort();
        var middle = NoiseScale.MadToSigma * LaneMedian.OfSorted(sizes);
        var tail = NoiseScale.Quantile(sizes, 1 - 2 * NoiseScale.Tail) / NoiseScale.TailToSigma;
        return (NoiseScale.Sigma(middle, sizes[^2], tail, 0, smallest, n, settings), middle);
    }
}
