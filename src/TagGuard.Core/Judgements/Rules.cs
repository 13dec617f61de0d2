namespace TagGuard.Judgements;

/// <summary>Every kind of rule, by its key in the plan. Measurements add their own for keys such as `deadline` and `tolerance`.</summary>
public static class Rules
{
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["baseline"] = typeof(BaselineRule),
        ["change"] = typeof(ChangeRule),
        ["detect"] = typeof(DetectRule),
        ["drift"] = typeof(DriftRule),
        ["expect"] = typeof(ExpectRule),
        ["stale"] = typeof(StaleRule),
        ["duplicates"] = typeof(DuplicatesRule),
    };

    /// <summary>Rules that a measurement's own keys stand for, by kind.</summary>
    public static IReadOnlyDictionary<string, Type> Implied { get; } = new Dictionary<string, Type>
    {
        ["deadline"] = typeof(DeadlineRule),
        ["equal"] = typeof(EqualRule),
        ["freshness"] = typeof(FreshnessRule),
        ["flawless"] = typeof(FlawlessRule),
        ["ids"] = typeof(IdsRule),
        ["holds"] = typeof(HoldsRule),
    };
}
