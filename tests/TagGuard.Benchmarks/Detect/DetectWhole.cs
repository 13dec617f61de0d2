using System.Globalization;
using TagGuard.Detection;
using TagGuard.Detection.Events;

namespace TagGuard.Benchmarks.Detect;

/// <summary>
/// A fault of the whole source, put into every single morning: how often it is told as one, and how often nothing is told as one. Left out are
/// sources most of whose tags are at a few counts a day, and mornings on which the source really broke.
/// </summary>
static class DetectWhole
{
    const int FewestTags = 8;
    const double FewestCounts = 20;

    public static Dictionary<string, double> Of(DetectSet set, IReadOnlyList<MorningResult> results)
    {
        var judged = set.Batches.Zip(results).Where(pair => IsOfCounts(pair.Second) && !set.IsBreak(pair.First.Rows)).ToList();
        var mornings = judged.Where(pair => pair.First.Type == "single").Select(pair => pair.First).ToList();
        var random = new Random(1);
        var figures = new Dictionary<string, double> { ["mornings"] = mornings.Count };
        foreach (var factor in new[] { 1, 0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.2, 1.5, 2 })
        {
            var told = mornings.Average(batch =>
                IsTold(Detector.Judge(DetectChanges.Of(set, batch, Enumerable.Range(0, batch.Rows.Count), factor, random))));
            figures[factor == 1 ? "nothing put in: share told" : string.Create(CultureInfo.InvariantCulture, $"x{factor}: share told")] = told;
        }
        figures["holidays: share told"] = judged
            .Where(pair => pair.First.Type == "holiday")
            .Select(pair => IsTold(pair.Second))
            .DefaultIfEmpty(double.NaN)
            .Average();
        return figures;
    }

    public static bool IsOfCounts(MorningResult result) =>
        result.Tags.Count >= FewestTags && 2 * result.Tags.Count(tag => tag.Expected > FewestCounts) > result.Tags.Count;

    static double IsTold(MorningResult result) => result.Incidents.Any(incident => incident.Kind == SharedEventKind.CommonMove) ? 1 : 0;
}
