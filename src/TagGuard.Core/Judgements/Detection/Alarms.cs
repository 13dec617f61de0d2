namespace TagGuard.Judgements.Detection;

/// <summary>Which tags are worth a line of their own.</summary>
/// <remarks>
/// Those above a fixed score and, when asked for, those that keep the expected share of false ones of a morning small: Y. Benjamini, Y. Hochberg,
/// Controlling the false discovery rate, 1995 (doi:10.1111/j.2517-6161.1995.tb02031.x).
/// </remarks>
static class Alarms
{
    /// <summary>How rare a score is among clean tags: log10 of the share above it, as measured.</summary>
    static readonly (double Score, double Log10)[] Rarity =
        [(0, 0), (1, -0.71), (2, -1.36), (3, -1.87), (4, -2.31), (5, -2.74), (6, -3.21), (7, -3.66), (8, -4.12), (10, -4.42), (20, -5), (60, -6)];

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

    /// <summary>The share of clean tags that score higher, from the table, in proportion between its entries.</summary>
    public static double ChanceOf(double score)
    {
        for (var i = 1; i < Rarity.Length; i++)
        {
            var (before, after) = (Rarity[i - 1], Rarity[i]);
            if (score < after.Score)
                return Math.Pow(10, before.Log10 + (after.Log10 - before.Log10) * (score - before.Score) / (after.Score - before.Score));
        }
        return Math.Pow(10, Rarity[^1].Log10);
    }

    static int Count(List<(double Score, int Tag)> ranked, DetectorSettings settings)
    {
        var count = 0;
        for (var i = 0; i < ranked.Count; i++)
        {
            if (ranked[i].Score > settings.AlarmScore || ChanceOf(ranked[i].Score) <= settings.FalseDiscoveryRate * (i + 1) / ranked.Count)
                count = i + 1;
        }
        return count;
    }
}
