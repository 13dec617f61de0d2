using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>How many mornings on which a whole source broke were told as an incident, and in how many lines.</summary>
static class DetectIncidents
{
    public static Dictionary<string, double> Of(DetectSet set, IReadOnlyList<MorningResult> results)
    {
        var ordinary = set.Batches.Zip(results).Where(pair => IsOrdinary(pair.First.Type) && !set.IsBreak(pair.First.Rows)).ToList();
        var figures = new Dictionary<string, double>
        {
            ["ordinary mornings"] = ordinary.Count,
            ["ordinary mornings: share told as "
                + "incident"] = ordinary.Select(pair => pair.Second.Incidents.Count > 0 ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average(),
        };
        foreach (var type in set.Batches.Zip(results).GroupBy(pair => pair.First.Type).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var mornings = type.Select(pair => pair.Second).ToList();
            figures[$"{type.Key}: mornings"] = mornings.Count;
            figures[$"{type.Key}: share told as incident"] = mornings.Average(result => result.Incidents.Count > 0 ? 1.0 : 0);
            var lines = mornings.Select(result => result.Incidents.Count + DetectTold.Alone(result).Count).Order().ToList();
            figures[$"{type.Key}: lines, median"] = lines[lines.Count / 2];
            figures[$"{type.Key}: lines, most"] = lines[^1];
            figures[$"{type.Key}: tags above the threshold, mean"] = mornings.Average(result =>
                result.Tags.Count(tag => tag.Score > DetectorSettings.Default.AlarmScore));
        }
        return figures;
    }

    /// <summary>Mornings on which nothing, or only single tags, broke.</summary>
    static bool IsOrdinary(string type) => type is "single" or "echo1" or "echo7" or "inc_none" || type.StartsWith("seq", StringComparison.Ordinal);
}
