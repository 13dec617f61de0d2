namespace TagGuard.Detection.Noise;

/// <summary>What lies between two counts that are some days apart: a stock walks on meanwhile, a step a day, and nobody looks.</summary>
/// <remarks>Steps that are independent add up by their variances. What a flow does today hardly depends on how long ago it was counted.</remarks>
static class RandomWalk
{
    /// <summary>How many times as far as in one day a count may go: 1 for a flow, and for the next day; the root of the days for the calmest stock.
    /// </summary>
    /// <param name="days">Days since the last count.</param>
    /// <param name="flow">How much of a flow it is: 0 to 1, and more.</param>
    public static double Reach(int days, double flow) => days <= 1 ? 1 : Math.Sqrt(1 + (days - 1) * Math.Clamp(1 - flow, 0, 1));
}
