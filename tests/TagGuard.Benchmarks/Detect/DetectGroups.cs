using System.Globalization;
using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>Groups of a source: some by chance, some by what the names of the series have in common. How often they are told, with a fault and
/// without; mornings as in <see cref="DetectWhole"/>.</summary>
static class DetectGroups
{
    const int FewestTags = 4;
    static readonly int[] Sizes = [5, 10, 20, 30];

    public static Dictionary<string, double> Of(DetectSet set, IReadOnlyList<MorningResult> results)
    {
        var random = new Random(7);
        var mornings = set
            .Batches.Zip(results)
            .Where(pair => pair.First.Type == "single" && DetectWhole.IsOfCounts(pair.Second))
            .Select(pair => pair.First)
            .ToList();
        var figures = new Dictionary<string, double>();
        foreach (
            var (name, groupsOf) in new (string, Func<DetectBatch, List<int[]>>)[]
            {
                ("by chance", batch => ByChance(batch, random)),
                ("by name", batch => ByName(set, batch)),
            })
        {
            var groups = mornings
                .ConvertAll(batch => (Batch: batch, Groups: groupsOf(batch).FindAll(group => !set.IsBreak(group.Select(tag => batch.Rows[tag])))))
                .Where(pair => pair.Groups.Count > 0)
                .ToList();
            var quiet = groups.SelectMany(pair => Detector.Judge(DetectChanges.Of(set, pair.Batch, [], 1, random, pair.Groups)).Groups).ToList();
            figures[$"{name}: groups and mornings"] = quiet.Count;
            figures[$"{name}: told without a fault, per 1,000"] = 1000 * quiet.Average(group => group.IsFound ? 1.0 : 0);
            foreach (var factor in new[] { 0.5, 0.7, 0.8, 0.9, 0.95, 2 })
                figures[string.Create(CultureInfo.InvariantCulture, $"{name}: x{factor} told")] = groups.Average(pair =>
                    Told(set, pair.Batch, pair.Groups[random.Next(pair.Groups.Count)], factor, random));
        }
        return figures;
    }

    static double Told(DetectSet set, DetectBatch batch, int[] group, double factor, Random random) =>
        Detector.Judge(DetectChanges.Of(set, batch, group, factor, random, [group])).Groups[0].IsFound ? 1 : 0;

    static List<int[]> ByChance(DetectBatch batch, Random random)
    {
        var tags = Enumerable.Range(0, batch.Rows.Count).ToArray();
        return [.. Sizes.Where(size => 3 * size <= tags.Length).Select(size =>
        {
            random.Shuffle(tags);
            return tags[..size];
        })];
    }

    /// <summary>Series that end alike (the kind of a site), or begin alike (a repository, a line).</summary>
    static List<int[]> ByName(DetectSet set, DetectBatch batch) =>
        [.. batch.Rows.Select((row, tag) => (set.Rows[row].Series, Tag: tag))
            .SelectMany(tag => Keys(tag.Series[(batch.Domain.Length + 1)..]).Distinct().Select(key => (Key: key, tag.Tag)))
            .GroupBy(pair => pair.Key, pair => pair.Tag)
            .Where(group => group.Count() >= FewestTags && 2 * group.Count() <= batch.Rows.Count)
            .Select(group => group.ToArray())];

    static IEnumerable<string> Keys(string name) =>
        name.IndexOf("wik", StringComparison.Ordinal) is > 0 and var at
            ? [name[at..], name[at..].Split('_')[0], "*" + name[^2..]]
            : [name.Split('.')[0], name[..1], name[..Math.Min(2, name.Length)], name[..Math.Min(3, name.Length)]];
}
