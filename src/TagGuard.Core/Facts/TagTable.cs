namespace TagGuard.Facts;

/// <summary>What people know of a tag.</summary>
/// <param name="Family">Its family; null where the table names none, or two.</param>
/// <param name="Owner">Whom to tell.</param>
/// <param name="Lineage">What computes it: a job, a table.</param>
/// <param name="Words">What people call it.</param>
public sealed record TagEntry(string? Family, string? Owner = null, string? Lineage = null, string? Words = null)
{
    /// <summary>Two or more families that the table names at once: "news, push"; null in a table that is right.</summary>
    public string? Families { get; init; }
}

/// <summary>The warehouse's own table of its tags: what people know of each.</summary>
public sealed class TagTable(IReadOnlyDictionary<string, TagEntry> entries)
{
    public static readonly TagTable Empty = new(new Dictionary<string, TagEntry>());

    public IReadOnlyDictionary<string, TagEntry> Entries => entries;

    /// <summary>What is known of a tag; null when it is not in the table.</summary>
    public TagEntry? Find(string tag) => entries.GetValueOrDefault(tag);

    /// <summary>A tag by its name, and what people call it.</summary>
    public static string Named(string tag, TagEntry? entry) => entry?.Words is { } words ? $"{tag} ({words})" : tag;

    /// <summary>A table of rows: tag, family, owner, lineage, words; NULL and empty texts say nothing. What two rows say of a tag stands beside each
    /// other; of two families none is taken.</summary>
    public static TagTable Of(IEnumerable<IReadOnlyList<string?>> rows) => new(rows
        .Where(row => !string.IsNullOrEmpty(row[0]))
        .GroupBy(row => row[0]!, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, EntryOf, StringComparer.Ordinal));

    static TagEntry EntryOf(IEnumerable<IReadOnlyList<string?>> same)
    {
        var rows = same.ToList();
        var families = Said(1);
        return new TagEntry(families is [var only] ? only : null, Joined(2), Joined(3), Joined(4))
        {
            Families = families.Count > 1 ? string.Join(", ", families) : null,
        };

        List<string> Said(int column) =>
            [.. rows.Select(row => row[column]?.Trim()).OfType<string>().Where(text => text.Length > 0).Distinct().Order(StringComparer.Ordinal)];

        string? Joined(int column) => Said(column) is { Count: > 0 } said ? string.Join(", ", said) : null;
    }
}
