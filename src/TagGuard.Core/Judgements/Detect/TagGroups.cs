using System.IO.Enumeration;
using TagGuard.Facts;

namespace TagGuard.Judgements.Detect;

/// <summary>A named group of tags that may be hit together.</summary>
/// <param name="Extent">A family, or the tags of one upstream table.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tags">Its tags, as numbers of rows, ascending.</param>
readonly record struct TagGroup(Extent Extent, string Name, int[] Tags);

/// <summary>The named groups of a check's tags: families, and upstream tables by the plan.</summary>
static class TagGroups
{
    /// <param name="keys">The tags, in the order of their rows.</param>
    /// <param name="lineage">Upstream tables with the patterns of their tags.</param>
    /// <param name="families">How tags are put into families.</param>
    public static IReadOnlyList<TagGroup> Of(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, IReadOnlyList<string>> lineage, TagFamilies families)
    {
        var tables = lineage.Select(table => new TagGroup(
            Extent.Upstream,
            table.Key,
            [.. Enumerable.Range(0, keys.Count).Where(tag => table.Value.Any(pattern => Matches(pattern, keys[tag])))]));
        var ofFamilies = Enumerable
            .Range(0, keys.Count)
            .GroupBy(tag => families.Of(keys[tag]))
            .Where(family => family.Key.Length > 0)
            .Select(family => new TagGroup(Extent.Family, family.Key, [.. family]));
        return [.. tables.Concat(ofFamilies).Where(group => group.Tags.Length >= GroupLimits.MinTags && group.Tags.Length < keys.Count)];
    }

    /// <param name="pattern">`*` stands for any text.</param>
    /// <param name="key">A tag, or a family.</param>
    public static bool Matches(string pattern, string key) => FileSystemName.MatchesSimpleExpression(pattern, key, ignoreCase: false);
}
