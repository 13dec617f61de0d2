namespace TagGuard.Detection.Common;

/// <summary>What a named group of tags did today beyond its check.</summary>
/// <param name="Move">The middle move of its tags beyond the common move of the check, in log units; 0 when fewer than 3 can be judged.</param>
/// <param name="Noise">The usual size of such moves in its past 63 days, as a sigma; NaN without a past.</param>
/// <param name="Score">The move in sigmas of its usual moves, from 0 up.</param>
/// <param name="ScoreOfAlike">The same in sigmas of the moves of days on which its tags were
/// as much alike as today; 0 when they differ more than usual.</param>
/// <param name="Size">Tags that follow the move.</param>
/// <param name="Of">Tags that can be judged.</param>
/// <param name="IsFound">Whether it is told as one event.</param>
/// <param name="Members">
/// When found, the tags that follow and need no line of their own, as numbers of their rows, ascending. A tag of several such groups is a member of
/// the one with the highest score, and of none when the check has it.
/// </param>
public sealed record GroupResult(
    double Move,
    double Noise,
    double Score,
    double ScoreOfAlike,
    int Size,
    int Of,
    bool IsFound,
    IReadOnlyList<int> Members)
{
    /// <summary>The middle factor that counts were changed by beyond the check: 0.7 for -30 %.</summary>
    public double Factor => Math.Exp(Move);
}
