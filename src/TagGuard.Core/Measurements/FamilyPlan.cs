using TagGuard.Facts;
using TagGuard.Keys;

namespace TagGuard.Measurements;

/// <summary>What makes the family of a tag.</summary>
public sealed record FamilyPlan : IPlanPart
{
    [PlanKey("Text behind the family: push is the family of push:p00. Its last place counts; \"\" for no families at all.", Example = "\":\"")]
    public string? Separator { get; init; }

    [PlanKey("Regular expression whose one group is the family; a tag that does not match has none.", Example = "'^([a-z]+)[0-9]'")]
    public PortablePattern? Pattern { get; init; }

    [PlanIgnore]
    public TagFamilies Families => Pattern is not null ? new PatternFamilies(Pattern) : new SeparatedFamilies(Separator ?? "");

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Separator is null == Pattern is null)
            yield return (
                null,
                "A family is made in one way: write `family: { separator: \":\" }` or `family: { pattern: '^([a-z]+)[0-9]' }`, or take the line "
                    + "out to have it guessed.");
    }
}
