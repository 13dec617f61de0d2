using TagGuard.Judgements;
using TagGuard.Keys;

namespace TagGuard.Measurements;

/// <summary>Rules inside a measurement: `rule: { change: { … } }`.</summary>
public sealed record RulePlan
{
    [PlanInline]
    public IReadOnlyList<IRule> Rules { get; init; } = [];
}
