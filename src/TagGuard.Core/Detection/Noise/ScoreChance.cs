namespace TagGuard.Detection.Noise;

/// <summary>How rare a score is among clean tags: from a score to a probability, and back.</summary>
/// <remarks>
/// Measured as the share of clean tags and mornings above each score, over 105,000 of them in seven public sources of daily flows (page views,
/// station entries, pedestrians, bicycles, commits) and 109,000 in four of real tags: each time the larger share, and a little more beyond 6, for
/// rare moves come in groups. Between the entries the logarithm of the share is in proportion; beyond 20 there are few, and
/// beyond 60 none, so the end is a continuation. The chance falls strictly from 1 at score 0 to 1e-7 at 100, and stays there.
/// </remarks>
public static class ScoreChance
{
    static readonly (double Score, double Log10)[] Rarity =
    [
        (0, 0),
        (1, -0.7),
        (2, -1.28),
        (3, -1.86),
        (4, -2.28),
        (5, -2.69),
        (6, -3.06),
        (7, -3.25),
        (8, -3.45),
        (10, -3.85),
        (13, -4.25),
        (20, -4.6),
        (40, -5),
        (60, -6),
        (100, -7),
    ];

    /// <summary>The share of clean tags that score higher: 1 at 0, about 1 in 1,000 at 5.76; 1 when the score is not known.</summary>
    public static double ChanceOf(double score)
    {
        if (!(score > 0))
            return 1;
        for (var i = 1; i < Rarity.Length; i++)
        {
            var (before, after) = (Rarity[i - 1], Rarity[i]);
            if (score < after.Score)
                return Math.Pow(10, before.Log10 + (after.Log10 - before.Log10) * (score - before.Score) / (after.Score - before.Score));
        }
        return Math.Pow(10, Rarity[^1].Log10);
    }

    /// <summary>The score that this share of clean tags exceeds: 5.84 for 1 in 1,000; 100 for 1 in 10 million and less.</summary>
    /// <param name="chance">A probability.</param>
    public static double ScoreAt(double chance)
    {
        var wanted = Math.Log10(Math.Clamp(chance, 1e-7, 1));
        for (var i = 1; i < Rarity.Length; i++)
        {
            var (before, after) = (Rarity[i - 1], Rarity[i]);
            if (wanted > after.Log10)
                return before.Score + (after.Score - before.Score) * (wanted - before.Log10) / (after.Log10 - before.Log10);
        }
        return Rarity[^1].Score;
    }
}
