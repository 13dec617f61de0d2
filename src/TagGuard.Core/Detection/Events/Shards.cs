using TagGuard.Detection.Common;

namespace TagGuard.Detection.Events;

/// <summary>Tells a loss of 1/N across the board: one of N files, partitions or servers is missing.</summary>
static class Shards
{
    const int Most = 64;

    /// <summary>N, when all tags fell alike, their loss is near 1/N, and the usual moves are
    /// small enough to tell it from N - 1 and N + 1; else null.</summary>
    /// <param name="move">The moves of the check.</param>
    /// <param name="part">The part of the tags' middle move that the common move is.</param>
    public static int? Of(JointMoves move, double part)
    {
        if (!move.IsAlike || !(move.Today < 0))
            return null;
        var loss = -(Math.Exp(move.Today / part) - 1);
        var shards = Math.Round(1 / loss);
        if (!(shards >= 2 && shards <= Most))
            return null;
        var toNext = 1 / shards - 1 / (shards + 1);
        return Math.Abs(loss - 1 / shards) < toNext / 2 && move.UsualOfAlike / part * (1 - loss) < toNext / 2 ? (int)shards : null;
    }
}
