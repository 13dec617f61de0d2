using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Rules;

namespace TagGuard.Judgements;

/// <summary>Every kind of rule that a plan can name, by its key. Others stand for keys of a
/// measurement, such as `deadline` and `tolerance`, and are made there.</summary>
public static class RuleKinds
{
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["baseline"] = typeof(BaselineRule),
        ["change"] = typeof(ChangeRule),
        ["detect"] = typeof(DetectRule),
        ["drift"] = typeof(DriftRule),
        [ExpectRule.Name] = typeof(ExpectRule),
        [StaleRule.Name] = typeof(StaleRule),
        ["duplicates"] = typeof(DuplicatesRule),
    };
}
