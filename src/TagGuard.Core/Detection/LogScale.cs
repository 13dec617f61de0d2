namespace TagGuard.Detection;

/// <summary>
/// The scale on which counts are compared: y = 2 sqrt(theta) asinh(sqrt((x + 3/8) / theta)). Like a logarithm for large counts, so a fall to a half
/// is as far as a rise to the double; like a square root for small ones, whose chance noise it evens out, and defined at zero.
/// </summary>
/// <remarks>The variance-stabilising transform of the negative binomial (Anscombe 1948, doi:10.1093/biomet/35.3-4.246).</remarks>
static class LogScale
{
    /// <summary>The count around which the square root turns into the logarithm.</summary>
    public const double Theta = 20;

    static readonly double TwoRoots = 2 * Math.Sqrt(Theta);

    public static double Of(double count) => TwoRoots * Math.Asinh(Math.Sqrt((Math.Max(count, 0) + 0.375) / Theta));

    /// <summary>The count at a point of the scale, 0 for what lies under the point of zero.</summary>
    public static double CountAt(double point)
    {
        var root = Math.Sinh(Math.Max(point, 0) / TwoRoots);
        return Math.Clamp(Theta * root * root - 0.375, 0, double.MaxValue);
    }

    /// <summary>Points of the scale per unit of relative change, around a count.</summary>
    public static double PerRelativeChange(double count) => Math.Sqrt(Theta / (1 + Theta / (count + 0.375)));

    /// <summary>The variance, in points, that a count of independent users has by chance alone.</summary>
    public static double ChanceVariance(double count) => Theta / (count + 0.375 + Theta);
}
