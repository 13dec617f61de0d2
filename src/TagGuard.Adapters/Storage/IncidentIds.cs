using TagGuard.Facts;

namespace TagGuard.Adapters.Storage;

/// <summary>Which incident a finding belongs to: the one that has it of the series, or else the first that has the series.</summary>
sealed class IncidentIds
{
    readonly Dictionary<SeriesId, (long Id, Finding Finding)> _first = [];

    /// <summary>Further incidents of a series: few series have any.</summary>
    readonly Dictionary<(SeriesId Series, Finding Finding), long> _further = [];

    public void Add(Incident incident, long id)
    {
        _first.EnsureCapacity(_first.Count + incident.Members.Count);
        foreach (var member in incident.Members)
        {
            if (!_first.TryAdd(member, (id, incident.Finding)))
                _further.TryAdd((member, incident.Finding), id);
        }
    }

    public long? Of(Judgement judgement)
    {
        if (!_first.TryGetValue(judgement.Series, out var first))
            return null;
        return first.Finding != judgement.Finding && _further.TryGetValue((judgement.Series, judgement.Finding), out var further)
            ? further
            : first.Id;
    }
}
