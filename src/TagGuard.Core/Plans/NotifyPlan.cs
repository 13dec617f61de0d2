using TagGuard.Keys;

namespace TagGuard.Plans;

/// <summary>Who is told, and how.</summary>
public sealed record NotifyPlan
{
    [PlanKey("The morning's mail. Without it there is none.")]
    public MailPlan? Mail { get; init; }
}
