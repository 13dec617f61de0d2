using TagGuard.Plans;

namespace TagGuard.Gates;

/// <summary>What the plan at hand asks of a gate before it opens.</summary>
/// <param name="Stages">The stages in their order, each with what it is judged by.</param>
/// <param name="MaxAge">A verdict older than this opens nothing.</param>
/// <param name="OnPlanChange">What counts when a stage was judged by another definition.</param>
public sealed record GateTerms(IReadOnlyList<StageDefinition> Stages, TimeSpan MaxAge, OnPlanChange OnPlanChange)
{
    /// <summary>The zone in which times are told: the plan's.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    public static GateTerms Of(Plan plan) => new(plan.Definitions, plan.Gate.MaxAge, plan.Gate.OnPlanChange) { Zone = plan.Timezone };
}
