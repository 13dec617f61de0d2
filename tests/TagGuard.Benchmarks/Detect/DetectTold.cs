using TagGuard.Detection;
using TagGuard.Detection.Events;
using TagGuard.Judgements.Detect;

namespace TagGuard.Benchmarks.Detect;

/// <summary>What people are told of a morning, as the rule `detect` chooses it with what a plan has when it says nothing.</summary>
static class DetectTold
{
    static readonly double Budget = new DetectRule().FalseAlarmsPerMorning;

    /// <summary>The tags that are told alone: they did nothing together with others, and the budget of false alarms has room for them.</summary>
    public static IReadOnlyList<int> Alone(MorningResult result)
    {
        var together = result.Incidents.SelectMany(incident => incident.Members).Concat(result.Groups.SelectMany(group => group.Members)).ToHashSet();
        var alone = Enumerable.Range(0, result.Tags.Count).Where(tag => !together.Contains(tag)).ToList();
        var choice = AlarmBudget.Choose([.. alone.Select(tag => result.Tags[tag].Score)], Budget);
        return [.. alone.Where(tag => result.Tags[tag].Score >= choice.Threshold)];
    }
}
