using TagGuard.Detection.Events;

namespace TagGuard.Detection.Common;

/// <summary>Tells which of the named groups moved as one.</summary>
static class Groups
{
    /// <summary>Fewest tags that make an event of a group.</summary>
    internal const int MinTags = 3;

    /// <summary>A group is told beyond this many sigmas of its usual moves, or of those of
    /// days as much alike, when most of its tags follow.</summary>
    const double MinScore = 5;

    const double MinScoreOfAlike = 5.5;

    /// <summary>A tag follows when it moved at least this part of the way, or of one log unit.</summary>
    const double MinFollowed = 0.5;

    /// <param name="tags">All tags, judged.</param>
    /// <param name="moves">The moves of the groups.</param>
    /// <param name="incidents">What is told of the check: its tags are told there.</param>
    /// <param name="settings">Which tags go further than their group.</param>
    public static IReadOnlyList<GroupResult> Judge(
        ReadOnlySpan<TagResult> tags,
        IReadOnlyList<GroupMove> moves,
        IReadOnlyList<SharedEvent> incidents,
        DetectorSettings settings)
    {
        var isTold = new bool[moves.Count > 0 ? tags.Length : 0];
        foreach (var member in moves.Count > 0 ? incidents.SelectMany(incident => incident.Members) : [])
            isTold[member] = true;
        var results = new GroupResult[moves.Count];
        foreach (var i in Enumerable.Range(0, moves.Count).OrderByDescending(i => moves[i].Moves.Score).ThenBy(i => i))
            results[i] = Judge(tags, moves[i], isTold, settings);
        return results;
    }

    static GroupResult Judge(ReadOnlySpan<TagResult> tags, in GroupMove group, bool[] isTold, DetectorSettings settings)
    {
        var moves = group.Moves;
        var members = new List<int>();
        var (follow, known) = (0, 0);
        for (var i = 0; i < group.Tags.Length; i++)
        {
            var move = group.TagMoves[i];
            if (double.IsNaN(move))
                continue;
            known++;
            if (Math.Sign(move) != Math.Sign(moves.Today) || Math.Abs(move) < MinFollowed * Math.Min(Math.Abs(moves.Today), 1))
                continue;
            follow++;
            var goesFurther = tags[group.Tags[i]].Score > settings.AlarmScore && Math.Abs(move) > settings.MostOfCommonMove * Math.Abs(moves.Today);
            if (!goesFurther && !isTold[group.Tags[i]])
                members.Add(group.Tags[i]);
        }
        var isUnusual = moves.Score > MinScore || moves.ScoreOfAlike > MinScoreOfAlike;
        var isFound = isUnusual && 2 * follow > known && members.Count >= MinTags;
        foreach (var member in isFound ? members : [])
            isTold[member] = true;
        members.Sort();
        return new GroupResult(moves.Today, moves.Noise, moves.Score, moves.ScoreOfAlike, follow, known, isFound, isFound ? members : []);
    }
}
