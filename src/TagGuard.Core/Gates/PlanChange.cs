using TagGuard.Phrases;
using TagGuard.Plans;

namespace TagGuard.Gates;

/// <summary>What is not the same in two definitions of a stage.</summary>
static class PlanChange
{
    const int MostNamed = 5;

    /// <summary>Checks of the plan that have no verdict: whatever the plan says of changes, they were not judged.</summary>
    public static List<Phrase> NotJudged(StageDefinition plan, JudgedBy judged)
    {
        var names = new List<Phrase>();
        foreach (var check in plan.Checks.Keys)
        {
            if (!judged.Verdicts.ContainsKey(check))
                names.Add(new Phrase("gate.is_new", ("name", Check(check))));
        }
        return names;
    }

    /// <summary>What is new, changed or gone; none when the definitions are the same.</summary>
    public static List<Phrase> Between(StageDefinition judged, StageDefinition plan)
    {
        var changes = new List<Phrase>();
        Compare(judged.Checks, plan.Checks, Check, changes);
        Compare(judged.Shared, plan.Shared, Phrase.Text, changes);
        return changes;
    }

    /// <summary>The changes one after another.</summary>
    public static Phrase Listed(List<Phrase> changes)
    {
        var named = changes[0];
        for (var i = 1; i < Math.Min(MostNamed, changes.Count); i++)
            named = new Phrase("gate.change_and", ("changes", named), ("next", changes[i]));
        return changes.Count > MostNamed ? new Phrase("gate.changes_more", ("changes", named), ("count", changes.Count - MostNamed)) : named;
    }

    static Phrase Check(string name) => new("gate.check", ("check", name));

    static void Compare(
        IReadOnlyDictionary<string, string> judged,
        IReadOnlyDictionary<string, string> plan,
        Func<string, Phrase> called,
        List<Phrase> changes)
    {
        foreach (var key in plan.Keys)
        {
            if (!judged.TryGetValue(key, out var hash))
                changes.Add(new Phrase("gate.is_new", ("name", called(key))));
            else if (hash != plan[key])
                changes.Add(new Phrase("gate.has_changed", ("name", called(key))));
        }
        foreach (var key in judged.Keys)
        {
            if (!plan.ContainsKey(key))
                changes.Add(new Phrase("gate.is_gone", ("name", called(key))));
        }
    }
}
