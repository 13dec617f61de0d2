namespace TagGuard.Judgements.Detection;

public static class ScoreChance
{
    public static double ChanceOf(double score) => Alarms.ChanceOf(score);

    public static double ScoreAt(double chance)
    {
        var (low, high) = (0.0, 200.0);
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = ChanceOf(middle) > chance ? (middle, high) : (low, middle);
        }
        return high;
    }
}

public sealed record BudgetChoice(double Threshold, double FalseAlarms);

public static class AlarmBudget
{
    public static BudgetChoice Choose(IReadOnlyList<double> scores, double budget)
    {
        var threshold = ScoreChance.ScoreAt(Math.Min(0.005, budget / Math.Max(scores.Count, 1)));
        return new BudgetChoice(threshold, scores.Count * ScoreChance.ChanceOf(threshold));
    }
}
