namespace TagGuard.Facts;

/// <summary>Families that the warehouse's own table of tags names; where it names none, others.</summary>
/// <param name="table">The table.</param>
/// <param name="others">The families of tags that are not in it, or have none there.</param>
public sealed class TabledFamilies(TagTable table, TagFamilies others) : TagFamilies
{
    public TagTable Table => table;

    public TagFamilies Others => others;

    public override string Name => $"table, else {others.Name}";

    public override string Of(string tag) => Of(tag, table.Find(tag));

    /// <summary>The family of a tag when this was known of it.</summary>
    public string Of(string tag, TagEntry? entry) => entry?.Family ?? others.Of(tag);

    public override string ValueOf(string tag) => others.ValueOf(tag);

    public override TagEntry? EntryOf(string tag) => table.Find(tag);

    /// <summary>The tags that the table puts into another family than they would have without it, by family; all in the order of letters.</summary>
    public IReadOnlyList<(string Family, IReadOnlyList<string> Tags)> Moved =>
    [
        .. table.Entries
            .Where(tag => tag.Value.Family is { } family && family != others.Of(tag.Key))
            .GroupBy(tag => tag.Value.Family!, tag => tag.Key, StringComparer.Ordinal)
            .OrderBy(family => family.Key, StringComparer.Ordinal)
            .Select(family => (family.Key, (IReadOnlyList<string>)[.. family.Order(StringComparer.Ordinal)])),
    ];
}
