using TagGuard.Detection;

namespace TagGuard.Judgements.Detect;

/// <summary>Exactly the count of the day before, on one tag alone: nothing, unless its own past makes that improbable.</summary>
/// <remarks>
/// Among some hundred slow tags, one repeats its count on most mornings. How probable that is, a tag's own steps say better than its noise, which
/// has a floor: a quarter of them are no larger than some step, and are taken to lie evenly around zero. Many tags that repeat at once are another
/// matter, told by <see cref="Detection.Events.RepeatEvidence"/>.
/// </remarks>
static class LoneRepeats
{
    /// <summary>Repetitions by chance that a morning may have over all its tags: one in fifty mornings.</summary>
    const double MostByChance = 0.02;

    /// <summary>Fewest steps that say something.</summary>
    const int FewestSteps = 14;

    const double Quarter = 0.25;

    /// <summary>The same result, or where the repetition says nothing, the result without it.</summary>
    /// <param name="result">What the detector found.</param>
    /// <param name="row">The counts of the tag, today's the last.</param>
    /// <param name="tags">Tags of the morning.</param>
    public static TagResult Weighed(in TagResult result, ReadOnlySpan<double> row, int tags)
    {
        if (!result.Notes.HasFlag(TagNotes.Repeated) || ChanceOf(row) * tags <= MostByChance)
            return result;
        var (size, unit) = (Math.Abs(result.Residual), result.Residual > 0 ? result.RisePerScore : result.FallPerScore);
        return result with
        {
            Score = Math.Min(result.Score, Math.Max(size - result.Ongoing, 0) / unit),
            ScoreAsNew = Math.Min(result.ScoreAsNew, size / unit),
            Notes = result.Notes & ~TagNotes.Repeated,
        };
    }

    /// <summary>How probable a step of exactly zero is, by the tag's own steps before today; 1 when too few are known.</summary>
    internal static double ChanceOf(ReadOnlySpan<double> row)
    {
        var steps = new List<double>(row.Length);
        for (var i = 1; i < row.Length - 1; i++)
        {
            if (Math.Abs(row[i] - row[i - 1]) is var step && !double.IsNaN(step))
                steps.Add(step);
        }
        if (steps.Count < FewestSteps)
            return 1;
        steps.Sort();
        var small = steps[(int)(Quarter * steps.Count)];
        return steps.Count(step => step <= small) / (steps.Count * (2 * small + 1));
    }
}
