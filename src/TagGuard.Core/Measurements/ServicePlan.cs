using TagGuard.Keys;

namespace TagGuard.Measurements;

/// <summary>One of several services that should hold what the warehouse holds.</summary>
public sealed record ServicePlan : SidePlan
{
    [PlanKey("How far this service's count may lie apart. Default: `tolerance` of the check.", Example = "0.1%")]
    public Tolerance? Tolerance { get; init; }

    [PlanKey("When its sync began. Default: `started` of the check.", Example = EqualMeasure.StartedExample)]
    public InstantPlan? Started { get; init; }
}
