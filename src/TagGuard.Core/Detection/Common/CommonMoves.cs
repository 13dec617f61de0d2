using System.Buffers;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Noise;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Common;

/// <summary>What the check did as a whole, and its groups beyond it.</summary>
/// <param name="Moves">The common moves; all 0 for few tags.</param>
/// <param name="Groups">The moves of the groups that the caller named, in their order.</param>
/// <param name="Factors">Latent factors removed beside them.</param>
/// <param name="UsualNoise">The median noise of the tags, for those that have none of their own.</param>
/// <param name="Calm">How calm the check is beside one of flows: 1 when its tags are flows, down to 1/15 when they are stocks.</param>
sealed record WholeMove(JointMoves Moves, IReadOnlyList<GroupMove> Groups, int Factors, double UsualNoise, double Calm);

/// <summary>The second part: removes what the tags of a check did together.</summary>
static class CommonMoves
{
    /// <summary>The noise of a tag when no tag of the check has one.</summary>
    const double AnyNoise = 0.3;

    /// <summary>No tag counts more than those of this quantile of the weights.</summary>
    const double HeaviestWeight = 0.9;

    /// <summary>The noise that is added to the moves of a check of flows, in log units.</summary>
    const double SmallestMove = 0.03;

    /// <summary>The part of the floors of flows that remains for the calmest check.</summary>
    const double LeastCalm = 1.0 / 15;

    /// <param name="sheet">What each tag did beyond its forecast; without what all did, afterwards.</param>
    /// <param name="groups">Tags that may be hit together.</param>
    /// <param name="daysSince">Days since the check was counted last.</param>
    /// <param name="settings">The constants.</param>
    public static WholeMove Remove(Sheet sheet, IReadOnlyList<int[]> groups, int daysSince, DetectorSettings settings)
    {
        var usual = Sigmas(sheet, settings);
        var weights = ArrayPool<Lanes>.Shared.Rent(sheet.Blocks);
        Weights(sheet, settings, weights.AsSpan(0, sheet.Blocks));
        var calm = CalmOf(sheet, settings);
        var moves = new JointMoves();
        var isSource = sheet.Tags >= settings.MinTagsOfCommonMode;
        if (isSource)
        {
            moves = CommonMode.Moves(sheet, weights.AsSpan(0, sheet.Blocks));
            CommonMode.Remove(sheet.Residuals, sheet.Recent, sheet.Sigmas, moves.Moves, settings.LoadingSpread);
        }
        var reach = RandomWalk.Reach(daysSince, calm);
        moves.Survey(settings, SmallestMove * calm, reach);
        var groupMoves = GroupMoves.Of(sheet, weights, groups, calm, reach, settings);
        ArrayPool<Lanes>.Shared.Return(weights);
        var factors = isSource && sheet.Tags >= settings.MinTagsOfFactors ? Factors(sheet, settings) : 0;
        return new WholeMove(moves, groupMoves, factors, usual, calm);
    }

    /// <summary>Spread of each tag's residuals; that of the usual tag for those with too few.</summary>
    static double Sigmas(Sheet sheet, DetectorSettings settings)
    {
        for (var block = 0; block < sheet.Blocks; block++)
        {
            var noise = NoiseScale.Of(sheet.ResidualsOf(block));
            sheet.Column[block] = noise.Mad;
            sheet.Sigmas[block] = KnownOrZero(Vector256.Max(noise.Up, noise.Down));
        }
        var usual = MedianOf(sheet.Column, sheet.Tags);
        for (var block = 0; block < sheet.Blocks; block++)
        {
            var mad = Vector256.ConditionalSelect(
                Vector256.Equals(sheet.Column[block], sheet.Column[block]),
                sheet.Column[block],
                Vector256.Create(usual));
            var tail = sheet.Sigmas[block];
            var half = Vector256.Create(0.5);
            var seen = mad * mad * half + half * tail * tail;
            sheet.Sigmas[block] = Vector256.Sqrt(Vector256.Max(seen, Chance(sheet, block, settings.SomeUsers / 2))) + Vector256.Create(1e-4);
        }
        return usual;
    }

    /// <summary>Variance by chance alone, in log units: of independent users who come or go, a tag's turnover of them, and one user or so.</summary>
    /// <param name="sheet">Forecasts and turnovers.</param>
    /// <param name="block">Which four tags.</param>
    /// <param name="someUsers">What moves by chance beside them, in squared users.</param>
    public static Lanes Chance(Sheet sheet, int block, double someUsers)
    {
        // The slope is sqrt(theta (x + 3/8) / (x + 3/8 + theta)) and the variance in points theta / (x + 3/8 + theta): their ratio is 1 / (x + 3/8).
        var points = sheet.Forecasts[block];
        var count = CountScale.CountAt(points & Vector256.Equals(points, points));
        var ofAll = Lanes.One / (count + Vector256.Create(0.375));
        var size = Vector256.Max(count, Lanes.One) + Lanes.One;
        return Vector256.Min(ofAll, sheet.Turnovers[block] * Vector256.Create(2.0) * ofAll + Vector256.Create(someUsers) / (size * size));
    }

    /// <summary>How much of a flow's floors a check has: by the middle turnover of its tags that are not small.</summary>
    static double CalmOf(Sheet sheet, DetectorSettings settings) =>
        Math.Clamp(settings.FlowTurnovers * sheet.MedianOfLarge(sheet.Turnovers, otherwise: 1), LeastCalm, 1);

    static void Weights(Sheet sheet, DetectorSettings settings, Span<Lanes> weights)
    {
        var sorted = new double[sheet.Tags];
        for (var block = 0; block < weights.Length; block++)
        {
            var turnover = sheet.Turnovers[block] * Vector256.Create(settings.FlowTurnovers);
            var calm = Vector256.Min(Vector256.Max(turnover, Vector256.Create(0.2)), Lanes.One);
            var sigma = Vector256.Max(sheet.Sigmas[block], Vector256.Create(0.01) * calm);
            weights[block] = Lanes.One / (sigma * sigma);
        }
        for (var tag = 0; tag < sorted.Length; tag++)
            sorted[tag] = weights[tag / CountScale.Width][tag % CountScale.Width];
        sorted.AsSpan().Sort();
        var cap = Vector256.Create(sorted.Length > 0 ? NoiseScale.Quantile(sorted, HeaviestWeight) : 0);
        foreach (ref var weight in weights)
            weight = Vector256.Min(weight, cap);
    }

    static int Factors(Sheet sheet, DetectorSettings settings)
    {
        for (var block = 0; block < sheet.Blocks; block++)
        {
            foreach (ref var residual in sheet.ResidualsOf(block))
                residual /= sheet.Sigmas[block];
            foreach (ref var residual in sheet.RecentOf(block))
                residual /= sheet.Sigmas[block];
        }
        int found;
        if (sheet.Tags <= settings.MaxTagsOfFactors)
        {
            found = LatentFactors.Remove(sheet.Residuals, sheet.Recent, [], sheet.Tags, settings);
        }
        else
        {
            var learners = Learners(sheet, settings.MaxTagsOfFactors);
            found = LatentFactors.Remove(sheet.Residuals, sheet.Recent, learners, settings.MaxTagsOfFactors, settings);
        }
        for (var block = 0; block < sheet.Blocks; block++)
        {
            foreach (ref var residual in sheet.ResidualsOf(block))
                residual *= sheet.Sigmas[block];
            foreach (ref var residual in sheet.RecentOf(block))
                residual *= sheet.Sigmas[block];
        }
        return found;
    }

    /// <summary>Every n-th tag by the size of its forecast, so the order in which tags come does not matter.</summary>
    static Lanes[] Learners(Sheet sheet, int count)
    {
        var order = new int[sheet.Tags];
        var sizes = new double[sheet.Tags];
        for (var tag = 0; tag < order.Length; tag++)
            (order[tag], sizes[tag]) = (tag, sheet.Forecasts[tag / CountScale.Width][tag % CountScale.Width]);
        Array.Sort(sizes, order);
        var learners = new Lanes[(count + CountScale.Width - 1) / CountScale.Width * Sheet.Columns];
        Array.Fill(learners, Vector256.Create(double.NaN));
        for (var i = 0; i < count; i++)
        {
            var tag = order[(long)i * order.Length / count];
            var from = sheet.ResidualsOf(tag / CountScale.Width);
            var to = learners.AsSpan(i / CountScale.Width * Sheet.Columns, Sheet.Columns);
            for (var day = 0; day < Sheet.Columns; day++)
                to[day] = to[day].WithElement(i % CountScale.Width, from[day][tag % CountScale.Width]);
        }
        return learners;
    }

    static Lanes KnownOrZero(Lanes values) => values & Vector256.Equals(values, values);

    static double MedianOf(ReadOnlySpan<Lanes> values, int tags)
    {
        var known = new double[tags];
        var n = 0;
        for (var tag = 0; tag < tags && tags > 1; tag++)
        {
            if (values[tag / CountScale.Width][tag % CountScale.Width] is var value && !double.IsNaN(value))
                known[n++] = value;
        }
        known.AsSpan(0, n).Sort();
        return n > 0 ? LaneMedian.OfSorted(known.AsSpan(0, n)) : AnyNoise;
    }
}
