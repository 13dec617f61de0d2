namespace TagGuard.Facts;

/// <summary>What some tags make of a way to put them into families.</summary>
/// <param name="Families">The families with their number of tags, the largest first.</param>
/// <param name="Without">Tags without one.</param>
public sealed record FamilySizes(IReadOnlyList<(string Family, int Tags)> Families, int Without)
{
    public static FamilySizes Of(TagFamilies families, IEnumerable<string> tags)
    {
        var sizes = tags.CountBy(families.Of).ToDictionary();
        sizes.Remove("", out var without);
        return new FamilySizes(
            [.. sizes.Select(one => (one.Key, one.Value)).OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal)],
            without);
    }
}
