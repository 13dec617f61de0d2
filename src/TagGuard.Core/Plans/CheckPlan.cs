using System.ComponentModel.DataAnnotations;
using TagGuard.Judgements;
using TagGuard.Keys;
using TagGuard.Measurements;

namespace TagGuard.Plans;

/// <summary>One check of a stage: what is measured and how it is judged.</summary>
/// <remarks>In the plan, the measurement is the one key of <see cref="Measurements.Measures.All"/> that the check has (`count:`, `volume:`,
/// …).</remarks>
public sealed record CheckPlan : IPlanPart
{
    static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(7);

    [Required, PlanKey("The check's name: unique in the plan, part of every row that is stored.")]
    public string Name { get; init; } = "";

    [PlanKey("Who is told when it fails.")]
    public string Owner { get; init; } = "";

    [PlanKey("What the person on duty should do first, or where that is written.")]
    public string Runbook { get; init; } = "";

    [PlanKey("How long the measurement may take. Default 10m.", Example = "10m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    [PlanKey("Rules beside those that the measurement brings.")]
    public JudgePlan Judge { get; init; } = new();

    /// <summary>The measurement: bound from the key that names its kind.</summary>
    [PlanInline]
    public IMeasure Measure { get; init; } = null!;

    /// <summary>The checks that it stands for: one for each of several services, by the service's name, or itself.</summary>
    [PlanIgnore]
    public IEnumerable<CheckPlan> Each => Measure is EqualMeasure { Services.Count: > 0 } equal
        ? equal.OfServices().Select(service => this with { Name = service.Name, Measure = service.Measure })
        : [this];

    /// <summary>All rules: those of the measurement, then those of `judge`.</summary>
    [PlanIgnore]
    public IReadOnlyList<IRule> Rules => [.. Measure.Rules, .. Judge.Rules];

    /// <summary>Days of history that the rules want.</summary>
    [PlanIgnore]
    public int HistoryDays => Rules.Select(rule => rule.HistoryDays).DefaultIfEmpty(0).Max();

    /// <summary>Where a rule stands in the check.</summary>
    string KeyOf(IRule rule) => Judge.Rules.Contains(rule) ? $"judge.{rule.Kind}" : Measures.KindOf(Measure) + $".rule.{rule.Kind}";

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Names.MistakeIn(Name) is { } mistake)
            yield return ("name", mistake);
        if (Timeout <= TimeSpan.Zero)
            yield return ("timeout", "A timeout must be longer than 0s.");
        else if (Timeout > LongestTimeout)
            yield return ("timeout", "A timeout of more than 7d is none: write how long an answer takes at most, such as 10m.");
        if (Measure is not null && Rules.Count == 0)
            yield return (
                null,
                $"Check \"{Name}\" has no rule, so it could never fail: add `judge:` with one of "
                    + $"{string.Join(", ", Judgements.RuleKinds.All.Keys)}.");
        if (Measure is null)
            yield break;
        foreach (var idle in Rules.Where(rule => !rule.About.Any(Measure.Counts.Contains)))
            yield return (
                KeyOf(idle),
                $"`{idle.Kind}` can never judge check \"{Name}\": it is about {string.Join(", ", idle.About)}, and `{Measures.KindOf(Measure)}` "
                    + $"counts {string.Join(", ", Measure.Counts)}. Take it out, or use another rule.");
        if (Judge.Blocking && Rules.Count > 0 && Rules.All(rule => !rule.CanClose))
            yield return (
                null,
                $"Check \"{Name}\" could never close its gate, for `{Rules[0].Kind}` only tells: add another rule, or `judge: {{ blocking: "
                    + $"false }}`.");
    }
}

/// <summary>Rules for a check, and what their verdicts do to the gate.</summary>
/// <remarks>In the plan, each rule is a key of <see cref="Judgements.RuleKinds.All"/> (`change:`, `baseline:`, …).</remarks>
public sealed record JudgePlan
{
    [PlanKey("Whether Fail and Unknown close the gate of the stage. Default true.")]
    public bool Blocking { get; init; } = true;

    [PlanKey("What Unknown (not measured, too little history) does: `block` closes the gate, `report` only tells. Default block.")]
    public OnUnknown OnUnknown { get; init; } = OnUnknown.Block;

    /// <summary>The rules, in the order of the plan.</summary>
    [PlanInline]
    public IReadOnlyList<IRule> Rules { get; init; } = [];
}

public enum OnUnknown { Block, Report }
