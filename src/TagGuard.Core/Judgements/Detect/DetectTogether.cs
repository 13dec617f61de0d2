using TagGuard.Detection;
using TagGuard.Detection.Events;
using TagGuard.Facts;

namespace TagGuard.Judgements.Detect;

/// <summary>Which tags are told together: each with the widest movement that explains it, by its name where it has one.</summary>
/// <param name="morning">The tags and their named groups.</param>
/// <param name="result">What the detector found.</param>
/// <param name="widening">How many times as strong as on an ordinary day a movement must be.</param>
sealed class DetectTogether(VolumeMorning morning, MorningResult result, double widening)
{
    /// <summary>The score from which the detector tells a movement of the source, or of a group.</summary>
    const double LeastScore = 5;

    readonly Together?[] _together = new Together?[morning.Tags.Count];

    /// <summary>For each tag what it did with others; null for those that are judged alone.</summary>
    public Together?[] Find()
    {
        var (parts, whole) = (Incidents(isPart: true), Incidents(isPart: false));
        foreach (var incident in whole)
            Tell(incident.Members.Where(tag => Follows(incident, result.Tags[tag])), Named(incident));
        for (var i = 0; i < result.Groups.Count; i++)
        {
            if (result.Groups[i].IsFound && result.Groups[i].Score > LeastScore * widening)
                Tell(result.Groups[i].Members, Named(NameOf(i)));
        }
        foreach (var part in parts.Where(part => part.Members.Count(tag => _together[tag] is null) >= GroupLimits.MinTags))
            Tell(part.Members, Named(part));
        return _together;
    }

    List<SourceIncident> Incidents(bool isPart) =>
        [.. result.Incidents.Where(incident => incident.Kind >= SourceIncidentKind.PartFell == isPart && IsFarEnough(incident))];

    /// <summary>Chance does not make a copy, whatever the day.</summary>
    bool IsFarEnough(SourceIncident incident) => widening <= 1 || incident.Kind switch
    {
        SourceIncidentKind.StaleCopy => true,
        SourceIncidentKind.SourceMove => result.SourceMoveScore > LeastScore * widening,
        _ => incident.Members.Count(tag => result.Tags[tag].Score > DetectorSettings.Default.AlarmScore * widening) > incident.Members.Count / 2,
    };

    void Tell(IEnumerable<int> tags, Together together)
    {
        foreach (var tag in tags)
            _together[tag] ??= together;
    }

    /// <summary>A family that fell with all of its upstream table is told as the table.</summary>
    int NameOf(int found)
    {
        var family = morning.Groups[found];
        var tables = Enumerable.Range(0, result.Groups.Count).Where(i =>
            morning.Groups[i].Kind == TogetherKind.Upstream
            && result.Groups[i].Size >= GroupLimits.MinShare * result.Groups[i].Of
            && Math.Sign(result.Groups[i].Move) == Math.Sign(result.Groups[found].Move)
            && result.Groups[i].Score >= result.Groups[found].Score / 2
            && family.Tags.All(morning.Groups[i].Tags.Contains));
        return family.Kind == TogetherKind.Family ? tables.DefaultIfEmpty(found).MaxBy(i => result.Groups[i].Size) : found;
    }

    Together Named(int group) => new(
        morning.Groups[group].Kind, morning.Groups[group].Name, result.Groups[group].Move < 0 ? Finding.Drop : Finding.Rise, result.Groups[group].Of);

    static Together Named(SourceIncident incident) => incident.Kind switch
    {
        SourceIncidentKind.SourceMove => new Together(TogetherKind.Source, "", incident.Factor < 1 ? Finding.Drop : Finding.Rise, incident.Of, incident.Shards ?? 0),
        SourceIncidentKind.StaleCopy => new Together(TogetherKind.Part, "", Finding.StaleCopy, incident.Of),
        SourceIncidentKind.PartFell => new Together(TogetherKind.Part, "", Finding.Drop, incident.Of),
        _ => new Together(TogetherKind.Part, "", Finding.Rise, incident.Of),
    };

    /// <summary>Tags that stayed where they were while the others moved need no line, and are no part of the fault.</summary>
    static bool Follows(SourceIncident incident, in TagResult tag) =>
        incident.Kind != SourceIncidentKind.SourceMove || Math.Sign(tag.Move) == Math.Sign(incident.Factor - 1);
}
