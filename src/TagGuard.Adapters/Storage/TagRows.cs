using TagGuard.Facts;

namespace TagGuard.Adapters.Storage;

/// <summary>What was known of a check's tags: a row where it changed, so that every day finds what was known then.</summary>
sealed class TagRows(StoreSession session, string plan, string check)
{
    /// <summary>What was known up to a day.</summary>
    public static TagBook Read(StoreSession session, string plan, string check, DateOnly to)
    {
        using var rows = session.Query("tags_of_check").Set("@plan", plan).Set("@check", check).Set("@to", to);
        var days = new Dictionary<string, List<(DateOnly, TagEntry?)>>(StringComparer.Ordinal);
        while (rows.Read())
        {
            if (!days.TryGetValue(rows.Text(0), out var of))
                days.Add(rows.Text(0), of = []);
            of.Add((rows.Date(1), !rows.Flag(2) ? null
                : new TagEntry(rows.TextOrNull(3), rows.TextOrNull(4), rows.TextOrNull(5), rows.TextOrNull(6)) { Families = rows.TextOrNull(7) }));
        }
        return days.Count == 0 ? TagBook.None : new TagBook(days.ToDictionary(
            tag => tag.Key, tag => (IReadOnlyList<(DateOnly, TagEntry?)>)tag.Value, StringComparer.Ordinal));
    }

    /// <summary>Keeps the table of a day; later days that are stored keep theirs.</summary>
    public void Save(DateOnly date, TagTable table)
    {
        var before = Read(session, plan, check, date);
        var known = before.On(date);
        var changed = known.Entries.Keys.Union(table.Entries.Keys)
            .Where(tag => known.Find(tag) != table.Find(tag))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (changed.Count == 0)
            return;
        var (already, next) = (TagsOn(date), NextDate(date));
        var later = next is { } day ? TagsOn(day) : [];
        using var delete = session.Query("tag_delete").Set("@plan", plan).Set("@check", check).Set("@since", date);
        using var add = session.Query("tag_add").Set("@plan", plan).Set("@check", check);
        foreach (var tag in changed)
        {
            if (next is { } other && !later.Contains(tag))
                Add(add, tag, other, known.Find(tag));
            if (already.Contains(tag))
                delete.Set("@tagid", tag).Run();
            Add(add, tag, date, table.Find(tag));
        }
    }

    static void Add(StoreStatement add, string tag, DateOnly since, TagEntry? entry)
    {
        add.Set("@tagid", tag).Set("@since", since).Set("@is_listed", entry is null ? 0L : 1L)
            .Set("@family", entry?.Family).Set("@owner", entry?.Owner).Set("@lineage", entry?.Lineage).Set("@words", entry?.Words)
            .Set("@families", entry?.Families);
        add.Run();
    }

    /// <summary>The next date that is stored of the check; null when there is none.</summary>
    DateOnly? NextDate(DateOnly date)
    {
        using var next = session.Query("tags_next_date").Set("@plan", plan).Set("@check", check).Set("@date", date).Set("@metric", Metrics.TableTags);
        return next.Read() && !next.IsNull(0) ? next.Date(0) : null;
    }

    HashSet<string> TagsOn(DateOnly date)
    {
        using var rows = session.Query("tags_since").Set("@plan", plan).Set("@check", check).Set("@since", date);
        var tags = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Read())
            tags.Add(rows.Text(0));
        return tags;
    }
}
