using TagGuard.Keys;

namespace TagGuard.Plans;

/// <summary>When a stored verdict may open a gate.</summary>
public sealed record GatePlan : IPlanPart
{
    [PlanKey("A verdict older than this no longer opens its gate. Default 36h.", Example = "36h")]
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(36);

    [PlanKey(
        "What a gate does when the plan has changed since its stage was judged: `close` until it is judged again, `keep` the verdict. Default close.",
        Example = "keep")]
    public OnPlanChange OnPlanChange { get; init; }

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (MaxAge <= TimeSpan.Zero)
            yield return ("max_age", "No verdict is younger than that, so no gate would ever open: write e.g. `max_age: 36h`.");
    }
}

/// <summary>What a gate does when the plan has changed since its stage was judged.</summary>
public enum OnPlanChange
{
    /// <summary>It stays closed until the stage is judged by the plan as it is now.</summary>
    Close,

    /// <summary>The verdict stands. A check that has no verdict at all closes the gate even so.</summary>
    Keep,
}
