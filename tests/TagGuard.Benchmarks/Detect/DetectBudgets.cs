using System.Globalization;
using TagGuard.Detection;
using TagGuard.Detection.Events;

namespace TagGuard.Benchmarks.Detect;

/// <summary>How many false alarms a morning really has when so many are allowed: the clean tags of each morning, chosen from alone; and how rare
/// each score is among them, of which <see cref="Detection.Noise.ScoreChance"/> is made.</summary>
static class DetectBudgets
{
    public static Dictionary<string, double> Of(DetectSet set, IReadOnlyList<MorningResult> results)
    {
        var mornings = set
            .Batches.Zip(results)
            .Where(pair => pair.First.Type is "single" or "seq")
            .Select(pair =>
                pair.First.Rows.Zip(pair.Second.Tags)
                    .Where(row => set.Rows[row.First].Label == "clean" && !set.Rows[row.First].IsBreak)
                    .Select(row => row.Second.Score)
                    .ToArray())
            .ToList();
        var figures = new Dictionary<string, double> { ["mornings"] = mornings.Count };
        foreach (var budget in new[] { 0.05, 0.1, 0.25, 0.5, 1, 2 })
            figures[string.Create(CultureInfo.InvariantCulture, $"budget {budget}: false alarms a morning")] = mornings
                .Select(scores => (double)AlarmBudget.Choose(scores, budget).Count)
                .DefaultIfEmpty(double.NaN)
                .Average();
        var clean = mornings.SelectMany(scores => scores).Where(score => !double.IsNaN(score)).OrderDescending().ToArray();
        foreach (var score in new[] { 1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 16, 20, 30, 40, 60, 100 })
            figures[string.Create(CultureInfo.InvariantCulture, $"log10 of the share of clean tags above {score}")] =
                Math.Log10((double)clean.Count(value => value > score) / clean.Length);
        return figures;
    }
}
