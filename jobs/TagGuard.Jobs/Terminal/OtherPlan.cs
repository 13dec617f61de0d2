using TagGuard.Plans;
using TagGuard.Runs;

namespace TagGuard.Jobs.Terminal;

/// <summary>Two plans that write one name into one store share their gates, whether they mean to or not: whoever meets the other is told.</summary>
static class OtherPlan
{
    public static IEnumerable<string> Lines(Plan plan, GateReading gates)
    {
        var told = new HashSet<string> { "", plan.File };
        foreach (var answer in gates.Answers)
        {
            if (answer.State?.JudgedBy?.Definition.PlanFile is { } file && told.Add(file))
                yield return Spoken.Say("console.other_plan", ("stage", answer.Stage), ("file", file), ("plan", plan.Name));
        }
    }
}
