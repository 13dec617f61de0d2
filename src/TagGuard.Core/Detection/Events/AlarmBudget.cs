using TagGuard.Detection.Noise;

namespace TagGuard.Detection.Events;

/// <summary>From which score on tags are told.</summary>
/// <param name="Threshold">Scores at or above it are told.</param>
/// <param name="ExpectedFalse">How many of as many clean tags would score as high.</param>
/// <param name="Count">Scores that are told.</param>
public readonly record struct AlarmChoice(double Threshold, double ExpectedFalse, int Count);

/// <summary>Chooses alarms by how many false ones a morning may have.</summary>
/// <remarks>
/// The largest set of which no more are expected to be false than the budget, or than 1 in 20 of what is told beyond five, whichever is more: a quiet
/// morning stays quiet, and on a bad one no fault is held back to save a budget. Five, because on clean mornings, too, some tags move at once. The
/// second is the step-up of Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, 1995 (doi:10.1111/j.2517-6161.1995.tb02031.x).
/// </remarks>
public static class AlarmBudget
{
    /// <summary>Expected share of false ones among what is told on a bad morning.</summary>
    public const double FalseShare = 0.05;

    /// <summary>Tags that move at once on clean mornings: a cohort reaches the edge of its windows.</summary>
    const int MovedAtOnce = 5;

    /// <summary>Nothing below this score is told, whatever the budget: about 1 in 200 clean tags.</summary>
    public static double LeastScore { get; } = ScoreChance.ScoreAt(0.005);

    /// <param name="scores">The scores of a morning; those not known (NaN) do not count.</param>
    /// <param name="budget">False alarms that a clean morning may have, on average; 0.5 is one in two mornings.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is negative or no number.</exception>
    public static AlarmChoice Choose(IReadOnlyCollection<double> scores, double budget)
    {
        if (!(budget >= 0))
            throw new ArgumentOutOfRangeException(nameof(budget), budget, "The budget is the number of false alarms a morning may have: 0 or more.");
        var ranked = scores.Where(score => !double.IsNaN(score)).OrderDescending().ToArray();
        var told = 0;
        for (var i = 0; i < ranked.Length; i++)
        {
            if (ranked[i] >= LeastScore && ranked.Length * ScoreChance.ChanceOf(ranked[i]) <= Allowed(budget, i + 1))
                told = i + 1;
        }
        var threshold = Math.Max(ScoreChance.ScoreAt(Allowed(budget, told) / Math.Max(ranked.Length, 1)), LeastScore);
        return new AlarmChoice(threshold, ranked.Length * ScoreChance.ChanceOf(threshold), ranked.Count(score => score >= threshold));
    }

    /// <summary>How many of the told may be expected to be false.</summary>
    static double Allowed(double budget, int told) => Math.Max(budget, FalseShare * (told - MovedAtOnce));
}
