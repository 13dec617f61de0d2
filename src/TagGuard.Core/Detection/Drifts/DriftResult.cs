namespace TagGuard.Detection.Drifts;

/// <summary>How far a tag drifted in about four weeks.</summary>
/// <param name="Tag">The tag, as the number of its row.</param>
/// <param name="Score">The drift in sigmas of the tag's earlier ones.</param>
/// <param name="Move">The drift beyond that of the check, in log units: 0.69 is the double.</param>
/// <param name="CommonMove">What the tags of the check drifted together, in log units.</param>
public sealed record DriftResult(int Tag, double Score, double Move, double CommonMove)
{
    /// <summary>The factor that the tag's counts changed by beyond the check: 1.4 for +40 %.</summary>
    public double Factor => Math.Exp(Move);
}
