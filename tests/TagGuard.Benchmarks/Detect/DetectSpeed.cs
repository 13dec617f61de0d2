using System.Diagnostics;
using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>Series judged in a second by one thread, the best of ten rounds of each source, so that
/// what else runs on the machine counts little; reading is not in it.</summary>
static class DetectSpeed
{
    const int Rounds = 10;

    public static Dictionary<string, double> Measure(DetectSet set)
    {
        var mornings = set.Batches.Where(batch => batch.Type == "single").Select(batch => set.MorningOf(batch)).ToList();
        var ninety = set.Batches.Where(batch => batch.Type == "single").Select(batch => set.MorningOf(batch, 90)).ToList();
        var figures = new Dictionary<string, double>
        {
            ["single mornings of the set, as they are"] = Best(mornings),
            ["single mornings of the set, 90 days"] = Best(ninety),
        };
        foreach (var tags in new[] { 100, 1000, 10_000, 100_000 })
            figures[$"one source of {tags} tags, 90 days"] = Best([Joined(ninety, tags)]);
        return figures;
    }

    static double Best(List<CheckMorning> mornings)
    {
        var seconds = 0.0;
        foreach (var morning in mornings)
        {
            var best = double.MaxValue;
            for (var round = 0; round < Rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                Detector.Judge(morning);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
            seconds += best;
        }
        return mornings.Sum(morning => morning.Tags) / seconds;
    }

    /// <summary>The rows of the mornings with 90 days and more, again and again until there are as many as wanted.</summary>
    static CheckMorning Joined(List<CheckMorning> mornings, int tags)
    {
        var full = mornings.SelectMany(morning => Enumerable.Range(0, morning.Tags).Select(tag => morning.Of(tag).ToArray()))
            .Where(row => !double.IsNaN(row[^91])).Take(tags).ToList();
        var counts = new double[tags * CheckMorning.Days];
        for (var tag = 0; tag < tags; tag++)
            full[tag % full.Count].CopyTo(counts, tag * CheckMorning.Days);
        return new CheckMorning(counts, DayOfWeek.Monday);
    }
}
