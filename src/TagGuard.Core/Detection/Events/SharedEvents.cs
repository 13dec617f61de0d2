using TagGuard.Detection.Common;
using TagGuard.Detection.Vectors;

namespace TagGuard.Detection.Events;

/// <summary>Folds what many tags of a check did at once into single lines.</summary>
static class SharedEvents
{
    /// <summary>A common move is told beyond this many sigmas of the usual ones, or of those of days as much alike.</summary>
    const double MinMoveScore = 5;

    const double MinScoreOfAlike = 4;

    /// <summary>Loadings are not reliable under a move as large as this: then the one line is enough.</summary>
    const double LargeMove = 0.5;

    const int MinRepeats = 5;
    const double ShareOfRepeats = 0.2;

    /// <summary>Tags whose repetition would be improbable enough to count.</summary>
    const double ImprobableRepeat = 0.1;

    const int MinPart = 6;
    const double ShareOfPart = 0.15;

    /// <summary>A tag is of the part when it moved this many sigmas and this many log units.</summary>
    const double MinSigmas = 3;

    const double MinPartMove = 0.2;

    /// <summary>The same of a check of the calmest stocks: a family may lose a fiftieth.</summary>
    const double MinCalmPartMove = 0.02;

    /// <summary>Beside a common move, what is left of it to each tag is no move of a part: loadings are not known better than this.</summary>
    const double PartOfMove = 0.25;

    /// <summary>What all did together is worth a line from here on, in log units.</summary>
    const double MinMove = 0.01;

    /// <summary>What happened to the check as a whole.</summary>
    public static IReadOnlyList<SharedEvent> OfWhole(ReadOnlySpan<TagResult> tags, JointMoves move, DetectorSettings settings)
    {
        var found = new List<SharedEvent>();
        if (IsUnusual(move))
            found.Add(Moved(tags, move.Today, settings) with { Shards = Shards.Of(move, CommonMode.PartBelieved(tags.Length)), Usual = Usual(move) });
        if ((RepeatEvidence.IsCopy(tags) ? Copied(tags) : PartlyCopied(tags)) is { } stale)
            found.Add(stale);
        return found;
    }

    /// <summary>What happened to a part of the check that has no name.</summary>
    /// <param name="tags">All tags, judged.</param>
    /// <param name="move">What the check did.</param>
    /// <param name="groups">The named groups; their members are told there.</param>
    /// <param name="settings">From which score on a tag alarms.</param>
    public static IEnumerable<SharedEvent> OfParts(TagResult[] tags, WholeMove move, IReadOnlyList<GroupResult> groups, DetectorSettings settings)
    {
        if (IsUnusual(move.Moves) && Math.Abs(move.Moves.Today) > LargeMove)
            return [];
        var isTold = new bool[tags.Length];
        foreach (var member in groups.SelectMany(group => group.Members))
            isTold[member] = true;
        var least = Math.Max(MinPartMove * move.Calm, MinCalmPartMove);
        if (IsUnusual(move.Moves))
            least = Math.Max(least, PartOfMove * Math.Abs(move.Moves.Today));
        return new[] { Part(tags, isTold, -1, least, settings), Part(tags, isTold, 1, least, settings) }.OfType<SharedEvent>();
    }

    static bool IsUnusual(JointMoves move) => Math.Abs(move.Today) > MinMove && (move.Score > MinMoveScore || move.ScoreOfAlike > MinScoreOfAlike);

    /// <summary>The move that would just have been unusual.</summary>
    static double Usual(JointMoves move) =>
        Math.Abs(move.Today)
            / new[] { move.Score / MinMoveScore, move.ScoreOfAlike / MinScoreOfAlike }.Where(double.IsFinite).DefaultIfEmpty(1).Max();

    static SharedEvent Moved(ReadOnlySpan<TagResult> tags, double move, DetectorSettings settings)
    {
        var members = new List<int>();
        var judged = 0;
        for (var i = 0; i < tags.Length; i++)
        {
            ref readonly var tag = ref tags[i];
            if (double.IsNaN(tag.Residual))
                continue;
            judged++;
            var follows = Math.Sign(tag.Move) == Math.Sign(move) && Math.Abs(tag.Move) > 0.5 * Math.Min(Math.Abs(move), 1);
            var staysBehind = Math.Sign(tag.Residual) != Math.Sign(move) && Math.Abs(tag.Move) < 2 * Math.Abs(move);
            var goesFurther = tag.Score > settings.AlarmScore && Math.Abs(tag.Move) > settings.MostOfCommonMove * Math.Abs(move);
            if ((follows && !goesFurther) || staysBehind)
                members.Add(i);
        }
        return new SharedEvent(SharedEventKind.CommonMove, Math.Exp(move), members.Count, judged, members);
    }

    /// <summary>How often a tag of the check repeats the day before on such a weekday: a check that
    /// rests on Sundays repeats a part of its tags, not always the same.</summary>
    static double RepeatsOnWeekday(ReadOnlySpan<TagResult> tags)
    {
        var (known, repeats) = (0, 0);
        foreach (ref readonly var tag in tags)
            (known, repeats) = (known + tag.Weekdays.Known, repeats + tag.Weekdays.Repeats);
        return (double)repeats / Math.Max(known, 1);
    }

    /// <summary>A part of the tags repeats that would not by chance: yesterday's data of one of several sources.</summary>
    static SharedEvent? PartlyCopied(ReadOnlySpan<TagResult> tags)
    {
        var members = new List<int>();
        var (could, byChance) = (0, 0.0);
        var usual = RepeatsOnWeekday(tags);
        for (var i = 0; i < tags.Length; i++)
        {
            ref readonly var tag = ref tags[i];
            if (!(tag.Value > 0) || !(tag.RepeatChance < ImprobableRepeat))
                continue;
            could++;
            byChance += Math.Max(tag.RepeatChance, usual);
            if (tag.IsAsYesterday)
                members.Add(i);
        }
        return members.Count >= MinRepeats && members.Count > Math.Max(ShareOfRepeats * could, 3 * byChance + MinRepeats)
            ? new SharedEvent(SharedEventKind.StaleCopy, 1, members.Count, could, members)
            : null;
    }

    /// <summary>All tags that have yesterday's count, by chance or not.</summary>
    static SharedEvent Copied(ReadOnlySpan<TagResult> tags)
    {
        var (members, known) = (new List<int>(), 0);
        for (var i = 0; i < tags.Length; i++)
        {
            known += tags[i].Value > 0 ? 1 : 0;
            if (tags[i].IsAsYesterday)
                members.Add(i);
        }
        return new SharedEvent(SharedEventKind.StaleCopy, 1, members.Count, known, members);
    }

    static SharedEvent? Part(TagResult[] tags, bool[] isTold, int side, double least, DetectorSettings settings)
    {
        var members = new List<int>();
        var moves = new List<double>();
        var large = 0;
        for (var i = 0; i < tags.Length; i++)
        {
            ref readonly var tag = ref tags[i];
            if (!isTold[i] && side * tag.Residual > 0 && tag.Score > settings.AlarmScore)
                members.Add(i);
            if (!(tag.Expected > LogScale.Theta))
                continue;
            large++;
            if (!isTold[i] && side * tag.Residual > Math.Max(MinSigmas * tag.Noise, least))
                moves.Add(tag.Residual);
        }
        if (moves.Count < MinPart || moves.Count <= ShareOfPart * Math.Max(large, 1))
            return null;
        moves.Sort();
        var middle = LaneMedian.OfSorted(moves.ToArray());
        return new SharedEvent(side < 0 ? SharedEventKind.PartFell : SharedEventKind.PartRose, Math.Exp(middle), moves.Count, large, members);
    }
}
