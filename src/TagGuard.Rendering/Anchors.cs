using TagGuard.Facts;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>Names of the places of a page, by which others jump to them.</summary>
/// <param name="facts">What the page tells.</param>
sealed class Anchors(ReportFacts facts)
{
    readonly Dictionary<IncidentFacts, string> _incidents =
        // By reference: two may say the same. What follows from an incident stands in its card.
        facts.Incidents.SelectMany((incident, i) => incident.Following.Prepend(incident).Select(one => (incident: one, Name: $"i{i + 1}")))
            .ToDictionary(one => one.incident, one => one.Name, (IEqualityComparer<IncidentFacts>)ReferenceEqualityComparer.Instance);

    readonly Lazy<Dictionary<SeriesId, string>> _members = new(() => facts.Incidents
        .SelectMany((incident, i) => incident.Incident.Members.Append(incident.Incident.Lead).Select(member => (member, Name: $"i{i + 1}")))
        .DistinctBy(one => one.member).ToDictionary(one => one.member, one => one.Name));

    public string Of(IncidentFacts incident) => _incidents[incident];

    public string Of(StageFacts stage) => $"s{facts.Stages.ToList().IndexOf(stage) + 1}";

    /// <summary>The incident that tells of a series; null when none does.</summary>
    public string? Of(SeriesId series) => _members.Value.GetValueOrDefault(series);

    /// <summary>Where a stage is told: its first incident, else its checks.</summary>
    public string Told(StageFacts stage) => facts.IncidentsOf(stage).FirstOrDefault() is { } first ? Of(first) : Of(stage);
}
