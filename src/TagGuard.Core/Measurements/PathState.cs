using TagGuard.Judgements.Rules;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>Whether a path is finished, and by what; else why not.</summary>
/// <param name="Finished">What has the time at which it was finished; null when it is not.</param>
/// <param name="Reason">Why it is not.</param>
/// <param name="MayCome">Whether it may be finished later.</param>
sealed record PathState(PathInfo? Finished, string Reason, bool MayCome)
{
    public static PathState Unready(string reason) => new(null, reason, MayCome: true);

    /// <summary>Time does not cure it.</summary>
    public static PathState Wrong(string reason) => new(null, reason, MayCome: false);

    /// <summary>Ready, unless something changed a moment ago.</summary>
    /// <param name="finished">What has the time that is judged.</param>
    /// <param name="last">What changed last; it or something in it.</param>
    /// <param name="stableFor">How long that must be ago.</param>
    /// <param name="now">The time.</param>
    public static PathState Left(PathInfo finished, PathInfo last, TimeSpan stableFor, DateTimeOffset now)
    {
        var since = now - last.Modified;
        var quiet = since > TimeSpan.Zero ? since : TimeSpan.Zero;
        // A time far after now is not a time of a change: the rule says so of the one that it judges.
        var isJudged = last == finished && since <= -ImpossibleTime.ClockDifference;
        return quiet >= stableFor || isJudged
            ? new PathState(finished, "", MayCome: false)
            : Unready($"{last.Path} changed {quiet.TotalSeconds:0} s ago, and must be left unchanged for {stableFor.TotalSeconds:0} s.");
    }
}
