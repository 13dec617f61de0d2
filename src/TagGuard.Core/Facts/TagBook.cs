namespace TagGuard.Facts;

/// <summary>The table of tags as it was on each day: a day is judged by what was known of its tags then.</summary>
/// <param name="entries">Of each tag what was known, and since when, ascending; null where it was not in the table any more.</param>
public sealed class TagBook(IReadOnlyDictionary<string, IReadOnlyList<(DateOnly Since, TagEntry? Entry)>> entries)
{
    public static readonly TagBook None = new(new Dictionary<string, IReadOnlyList<(DateOnly Since, TagEntry? Entry)>>());

    /// <summary>What was known of a tag on a day; null when it was not in the table.</summary>
    public TagEntry? On(string tag, DateOnly date) =>
        entries.TryGetValue(tag, out var days) ? days.LastOrDefault(day => day.Since <= date).Entry : null;

    /// <summary>The table of a day.</summary>
    public TagTable On(DateOnly date) => entries.Count == 0 ? TagTable.Empty : new(entries.Keys
        .Select(tag => (Tag: tag, Entry: On(tag, date)))
        .Where(one => one.Entry is not null)
        .ToDictionary(one => one.Tag, one => one.Entry!, StringComparer.Ordinal));

    /// <summary>The same with the table of a day, and nothing later.</summary>
    public TagBook With(DateOnly date, TagTable table) => new(entries.Keys.Union(table.Entries.Keys).ToDictionary(
        tag => tag,
        IReadOnlyList<(DateOnly, TagEntry?)> (tag) =>
            [.. entries.GetValueOrDefault(tag, []).Where(day => day.Since < date), (date, table.Find(tag))],
        StringComparer.Ordinal));

    /// <summary>Tags that were in the table later than others, or of which something else was known once.</summary>
    public IEnumerable<string> Changed
    {
        get
        {
            var first = entries.Values.Min(days => (DateOnly?)days[0].Since);
            return entries.Where(tag => tag.Value.Count > 1 || tag.Value[0].Since > first).Select(tag => tag.Key);
        }
    }
}
