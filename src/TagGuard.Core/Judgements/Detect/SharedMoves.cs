using TagGuard.Detection;
using TagGuard.Detection.Events;
using TagGuard.Facts;

namespace TagGuard.Judgements.Detect;

/// <summary>Which tags are told together: each with the widest movement that explains it, by its name where it has one.</summary>
/// <param name="morning">The tags and their named groups.</param>
/// <param name="result">What the detector found.</param>
/// <param name="widening">How many times as strong as on an ordinary day a movement must be.</param>
sealed class SharedMoves(VolumeMorning morning, MorningResult result, double widening)
{
    /// <summary>The score from which the detector tells a movement of the source, or of a group.</summary>
    const double LeastScore = 5;

    readonly SharedMove?[] _shared = new SharedMove?[morning.Tags.Count];

    /// <summary>For each tag what it did with others; null for those that are judged alone.</summary>
    public SharedMove?[] Find()
    {
        var (parts, whole) = (Incidents(isPart: true), Incidents(isPart: false));
        foreach (var incident in whole)
            Tell(incident.Members.Where(tag => Follows(incident, result.Tags[tag])), Named(incident));
        for (var i = 0; i < result.Groups.Count; i++)
        {
            if (result.Groups[i].IsFound && result.Groups[i].Score > LeastScore * widening)
                Tell(result.Groups[i].Members, Named(NameOf(i)));
        }
        foreach (var part in parts.Where(part => part.Members.Count(tag => _shared[tag] is null) >= GroupLimits.MinTags))
            Tell(part.Members, Named(part));
        return _shared;
    }

    List<SharedEvent> Incidents(bool isPart) =>
        [.. result.Incidents.Where(incident => incident.Kind >= SharedEventKind.PartFell == isPart && IsFarEnough(incident))];

    /// <summary>Chance does not make a copy, whatever the day.</summary>
    bool IsFarEnough(SharedEvent incident) => widening <= 1 || incident.Kind switch
    {
        SharedEventKind.StaleCopy => true,
        SharedEventKind.CommonMove => result.CommonMoveScore > LeastScore * widening,
        _ => incident.Members.Count(tag => result.Tags[tag].Score > DetectorSettings.Default.AlarmScore * widening) > incident.Members.Count / 2,
    };

    void Tell(IEnumerable<int> tags, SharedMove move)
    {
        foreach (var tag in tags)
            _shared[tag] ??= move;
    }

    /// <summary>A family that fell with all of its upstream table is told as the table.</summary>
    int NameOf(int found)
    {
        var family = morning.Groups[found];
        var tables = Enumerable.Range(0, result.Groups.Count).Where(i =>
            morning.Groups[i].Extent == Extent.Upstream
            && result.Groups[i].Size >= GroupLimits.MinShare * result.Groups[i].Of
            && Math.Sign(result.Groups[i].Move) == Math.Sign(result.Groups[found].Move)
            && result.Groups[i].Score >= result.Groups[found].Score / 2
            && family.Tags.All(morning.Groups[i].Tags.Contains));
        return family.Extent == Extent.Family ? tables.DefaultIfEmpty(found).MaxBy(i => result.Groups[i].Size) : found;
    }

    SharedMove Named(int group) =>
        new(
            morning.Groups[group].Extent,
            morning.Groups[group].Name,
            result.Groups[group].Move < 0 ? Finding.Drop : Finding.Rise,
            result.Groups[group].Of,
            Usual: Math.Abs(result.Groups[group].Move) * LeastScore * widening / result.Groups[group].Score);

    static SharedMove Named(SharedEvent incident) =>
        incident.Kind switch
        {
            SharedEventKind.CommonMove => new SharedMove(
                Extent.Check,
                "",
                incident.Factor < 1 ? Finding.Drop : Finding.Rise,
                incident.Of,
                incident.Shards ?? 0,
                incident.Usual),
            SharedEventKind.StaleCopy => new SharedMove(Extent.Part, "", Finding.StaleCopy, incident.Of),
            SharedEventKind.PartFell => new SharedMove(Extent.Part, "", Finding.Drop, incident.Of),
            _ => new SharedMove(Extent.Part, "", Finding.Rise, incident.Of),
        };

    /// <summary>Tags that stayed where they were while the others moved need no line, and are no part of the fault.</summary>
    static bool Follows(SharedEvent incident, in TagResult tag) =>
        incident.Kind != SharedEventKind.CommonMove || Math.Sign(tag.Move) == Math.Sign(incident.Factor - 1);
}
