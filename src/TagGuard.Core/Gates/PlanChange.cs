using TagGuard.Plans;

namespace TagGuard.Gates;

/// <summary>What is not the same in two definitions of a stage.</summary>
static class PlanChange
{
    const int MostNamed = 5;

    /// <summary>Checks of the plan that have no verdict: whatever the plan says of changes, they were not judged.</summary>
    public static List<string> NotJudged(StageDefinition plan, JudgedBy judged)
    {
        var names = new List<string>();
        foreach (var check in plan.Checks.Keys)
        {
            if (!judged.Verdicts.ContainsKey(check))
                names.Add($"check \"{check}\" is new");
        }
        return names;
    }

    /// <summary>What is new, changed or gone, in words; none when the definitions are the same.</summary>
    public static List<string> Between(StageDefinition judged, StageDefinition plan)
    {
        var changes = new List<string>();
        Compare(judged.Checks, plan.Checks, "check \"{0}\"", changes);
        Compare(judged.Shared, plan.Shared, "{0}", changes);
        return changes;
    }

    public static string Sentence(List<string> changes)
    {
        var named = string.Join(", ", changes.GetRange(0, Math.Min(MostNamed, changes.Count)));
        return changes.Count > MostNamed ? $"{named} and {changes.Count - MostNamed} more" : named;
    }

    static void Compare(IReadOnlyDictionary<string, string> judged, IReadOnlyDictionary<string, string> plan, string name, List<string> changes)
    {
        foreach (var key in plan.Keys)
        {
            if (!judged.TryGetValue(key, out var hash))
                changes.Add($"{name.Replace("{0}", key, StringComparison.Ordinal)} is new");
            else if (hash != plan[key])
                changes.Add($"{name.Replace("{0}", key, StringComparison.Ordinal)} has changed");
        }
        foreach (var key in judged.Keys)
        {
            if (!plan.ContainsKey(key))
                changes.Add($"{name.Replace("{0}", key, StringComparison.Ordinal)} is gone");
        }
    }
}
