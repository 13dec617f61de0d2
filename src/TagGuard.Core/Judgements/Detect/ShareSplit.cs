using TagGuard.Phrases;

namespace TagGuard.Judgements.Detect;

/// <summary>A move of a tag's share of all tagged users, split: did the tag move, or the base that it is a share of?</summary>
/// <remarks>Moves are natural logarithms of factors, so the split is exact: the move of the share is that of the tag less that of the base.</remarks>
/// <param name="Share">The share today, 0 to 1.</param>
/// <param name="Expected">The share to expect.</param>
/// <param name="TagMove">What the tag did: ln(count / expected count); negative infinity at zero.</param>
/// <param name="BaseMove">What the base did.</param>
public readonly record struct ShareSplit(double Share, double Expected, double TagMove, double BaseMove)
{
    /// <summary>The move of the share.</summary>
    public double Move => TagMove - BaseMove;

    /// <summary>The split, or null when a base or an expectation is not above zero.</summary>
    /// <param name="count">Users of the tag.</param>
    /// <param name="expected">Users to expect.</param>
    /// <param name="users">Tagged users.</param>
    /// <param name="expectedUsers">Tagged users to expect.</param>
    public static ShareSplit? Of(double count, double expected, double? users, double? expectedUsers) =>
        users > 0 && expectedUsers > 0 && expected > 0
            ? new ShareSplit(
                Math.Max(count, 0) / users.Value,
                expected / expectedUsers.Value,
                Math.Log(Math.Max(count, 0) / expected),
                Math.Log(users.Value / expectedUsers.Value))
            : null;

    /// <summary>"Share 2.1% -> 1%: the tag moved -52%, its base +1%".</summary>
    internal Phrase Said =>
        new(
            "verdict.share",
            ("before", Judgements.Said.Share(Expected, 1)),
            ("now", Judgements.Said.Share(Share, 1)),
            ("tag", Percent(TagMove)),
            ("base", Percent(BaseMove)));

    static double Percent(double move) => (Math.Exp(move) - 1) * 100;
}
