using TagGuard.Judgements;

namespace TagGuard.Plans;

/// <summary>Rules inside a measurement: `rule: { change: { … } }`.</summary>
public sealed record RulePlan
{
    [PlanInline]
    public IReadOnlyList<IRule> Rules { get; init; } = [];
}
