using System.ComponentModel.DataAnnotations;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>Where a table keeps the tags of its users, and what of it is a tag.</summary>
public sealed record TagsPlan : IPlanPart
{
    const int UsuallyAtMost = 10_000;

    [
        Required,
        PlanShort,
        PlanKey(
            "Column with the tags: map<string,…> (its keys), array<string>, or a scalar when each row is one (user, tag). SQL in parentheses makes "
                + "them of other columns.",
            Example = "tagmap")
    ]
    public string Keys { get; init; } = "";

    [PlanKey("Whether the values of a map are tags too: `vip: 3` counts for vip and for vip=3; NULL and empty texts are no level. Default no.")]
    public bool Values { get; init; }

    [
        Range(1, 1_000_000),
        PlanKey("With `values`, how many tags there may be: a value that each user has another of is no level. Default 10000.", Example = "10000")
    ]
    public int? AtMost { get; init; }

    [PlanKey("The warehouse's own table of its tags: family, owner, lineage, and words that people know.")]
    public TagTablePlan? From { get; init; }

    public static implicit operator TagsPlan(string keys) => new() { Keys = keys };

    /// <summary>What is asked.</summary>
    public VolumeQuery Query(TablePart part, string user, ActiveQuery? active) =>
        new(part, user, Keys, active) { ValuesAtMost = Values ? AtMost ?? UsuallyAtMost : null };

    /// <summary>SQL of the plan, if there is some.</summary>
    internal IReadOnlyList<UserQuery> Queries => SqlField.IsSql(Keys) ? [new("tags.keys", $"select {Keys}")] : [];

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (AtMost is not null && !Values)
            yield return ("at_most", "Tags are limited where their values make them: add `values: yes`, or take `at_most` out.");
    }
}
