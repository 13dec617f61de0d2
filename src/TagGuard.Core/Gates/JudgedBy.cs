using TagGuard.Plans;

namespace TagGuard.Gates;

/// <summary>What a stage was judged by: its definition in the plan of then, and how many verdicts each check gave.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="Verdicts">Verdicts by the name of the check.</param>
/// <param name="HeldBy">The stages before it that were closed, when that alone kept it closed.</param>
public sealed record JudgedBy(StageDefinition Definition, IReadOnlyDictionary<string, int> Verdicts, IReadOnlyList<string> HeldBy)
{
    /// <summary>All verdicts that the flag stands for.</summary>
    public long TotalVerdicts
    {
        get
        {
            var total = 0L;
            foreach (var count in Verdicts.Values)
                total += count;
            return total;
        }
    }
}
