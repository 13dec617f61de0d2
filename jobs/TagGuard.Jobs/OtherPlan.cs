using TagGuard.Gates;

namespace TagGuard.Jobs;

/// <summary>Two plans that write one name into one store share their gates, whether they mean to or not: whoever meets the other is told.</summary>
static class OtherPlan
{
    public static void Tell(Session session, IReadOnlyList<GateAnswer> answers)
    {
        var told = new HashSet<string> { "", session.Plan.File };
        foreach (var answer in answers)
        {
            if (answer.State?.JudgedBy?.Definition.PlanFile is { } file && told.Add(file))
                Console.Error.WriteLine($"NOTE   {answer.Stage} was judged by {file}, which has the name `{session.Plan.Name}` as well. If that is another plan, give one of them another `name`.");
        }
    }
}
