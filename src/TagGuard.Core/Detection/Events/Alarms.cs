using TagGuard.Detection.Noise;

namespace TagGuard.Detection.Events;

/// <summary>Which tags are worth a line of their own.</summary>
/// <remarks>
/// Those above a fixed score and, when asked for, those that keep the expected share of false ones of a morning small: Y. Benjamini, Y. Hochberg,
/// Controlling the false discovery rate, 1995 (doi:10.1111/j.2517-6161.1995.tb02031.x).
/// </remarks>
static class Alarms
{
    public static IReadOnlyList<int> Of(ReadOnlySpan<TagResult> tags, IReadOnlyList<IReadOnlyList<int>> events, DetectorSettings settings)
    {
        var isTold = new bool[tags.Length];
        foreach (var member in events.SelectMany(members => members))
            isTold[member] = true;
        var ranked = new List<(double Score, int Tag)>();
        for (var i = 0; i < tags.Length; i++)
        {
            if (!isTold[i] && tags[i].Score > 0)
                ranked.Add((tags[i].Score, i));
        }
        ranked.Sort((a, b) => a.Score == b.Score ? a.Tag.CompareTo(b.Tag) : b.Score.CompareTo(a.Score));
        return [.. ranked.Take(Count(ranked, settings)).Select(entry => entry.Tag)];
    }

    static int Count(List<(double Score, int Tag)> ranked, DetectorSettings settings)
    {
        var count = 0;
        for (var i = 0; i < ranked.Count; i++)
        {
            if (ranked[i].Score > settings.AlarmScore || ScoreChance.ChanceOf(ranked[i].Score) <= settings.FalseDiscoveryRate * (i + 1) / ranked.Count)
                count = i + 1;
        }
        return count;
    }
}
