using TagGuard.Judgements.Detection;

namespace TagGuard.Judgements;

/// <summary>Which tags are told together: each with the widest movement that explains it.</summary>
static class DetectTogether
{
    /// <summary>For each tag what it did with others; null for those that are judged alone.</summary>
    public static Together?[] Of(VolumeMorning morning, MorningResult result)
    {
        var together = new Together?[morning.Tags.Count];
        foreach (var incident in result.Incidents)
        {
            var group = Named(incident);
            foreach (var tag in incident.Members)
                together[tag] ??= Follows(incident, result.Tags[tag]) ? group : null;
        }
        return together;
    }

    static Together Named(SourceIncident incident) => incident.Kind switch
    {
        SourceIncidentKind.SourceMove => new Together(TogetherKind.Source, "", incident.Factor < 1 ? Finding.Drop : Finding.Rise, incident.Of),
        SourceIncidentKind.StaleCopy => new Together(TogetherKind.Part, "", Finding.StaleCopy, incident.Of),
        SourceIncidentKind.PartFell => new Together(TogetherKind.Part, "", Finding.Drop, incident.Of),
        _ => new Together(TogetherKind.Part, "", Finding.Rise, incident.Of),
    };

    /// <summary>Tags that stayed where they were while the others moved need no line, and are no part of the fault.</summary>
    static bool Follows(SourceIncident incident, in TagResult tag) =>
        incident.Kind != SourceIncidentKind.SourceMove || Math.Sign(tag.Move) == Math.Sign(incident.Factor - 1);
}
