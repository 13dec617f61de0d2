using System.Buffers;
using System.Runtime.Intrinsics;
using TagGuard.Detection.Vectors;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Common;

/// <summary>What a named group of tags did beyond its check.</summary>
/// <param name="Tags">Its tags.</param>
/// <param name="Moves">Its moves.</param>
/// <param name="TagMoves">What each tag did today beyond its check, in log units; NaN when not known.</param>
readonly record struct GroupMove(int[] Tags, JointMoves Moves, double[] TagMoves);

/// <summary>The moves of named groups, taken before latent factors are: a factor must not explain the fault of a group away.</summary>
static class GroupMoves
{
    /// <summary>The noise that is added to the moves of a group, in log units.</summary>
    const double SmallestMove = 0.03;

    /// <param name="sheet">Residuals without the common move of the check.</param>
    /// <param name="weights">What each tag counts for, per 4 tags.</param>
    /// <param name="groups">The tags of each group.</param>
    /// <param name="calm">How calm the check is: see <see cref="WholeMove"/>.</param>
    /// <param name="reach">How far a move may go since the last count: see <see cref="Noise.RandomWalk"/>.</param>
    /// <param name="settings">How a noise is made.</param>
    public static IReadOnlyList<GroupMove> Of(
        Sheet sheet,
        ReadOnlySpan<Lanes> weights,
        IReadOnlyList<int[]> groups,
        double calm,
        double reach,
        DetectorSettings settings)
    {
        var moves = new GroupMove[groups.Count];
        for (var i = 0; i < moves.Length; i++)
            moves[i] = Of(sheet, weights, groups[i], calm, reach, settings);
        return moves;
    }

    static GroupMove Of(Sheet sheet, ReadOnlySpan<Lanes> weights, int[] tags, double calm, double reach, DetectorSettings settings)
    {
        var blocks = (tags.Length + CountScale.Width - 1) / CountScale.Width;
        var room = ArrayPool<Lanes>.Shared.Rent(3 * blocks);
        var column = room.AsSpan(0, blocks);
        var own = room.AsSpan(blocks, blocks);
        var sigmas = room.AsSpan(2 * blocks, blocks);
        Gather(weights, 1, 0, tags, 0, own);
        Gather(sheet.Sigmas, 1, 0, tags, 1, sigmas);
        var moves = new JointMoves();
        for (var day = 0; day < Sheet.Columns; day++)
        {
            Gather(sheet.Residuals, Sheet.Columns, day, tags, double.NaN, column);
            moves.Add(day, column, own, sigmas, 1);
        }
        moves.Survey(settings, SmallestMove * calm, reach);
        var today = new double[tags.Length];
        for (var i = 0; i < today.Length; i++)
            today[i] = column[i / CountScale.Width][i % CountScale.Width];
        ArrayPool<Lanes>.Shared.Return(room);
        return new GroupMove(tags, moves, today);
    }

    /// <summary>The values of some tags side by side; the last lanes are filled up.</summary>
    static void Gather(ReadOnlySpan<Lanes> values, int stride, int offset, int[] tags, double filling, Span<Lanes> gathered)
    {
        gathered.Fill(Vector256.Create(filling));
        for (var i = 0; i < tags.Length; i++)
        {
            var value = values[tags[i] / CountScale.Width * stride + offset][tags[i] % CountScale.Width];
            gathered[i / CountScale.Width] = gathered[i / CountScale.Width].WithElement(i % CountScale.Width, value);
        }
    }
}
