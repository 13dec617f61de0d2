using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Incidents;

/// <summary>
/// What shows that tags moved together. Each of them is judged by what is left to it alone, so its own verdict says that it is as expected "when all
/// tags moved": the incident is shown against what the past alone lets expect.
/// </summary>
static class SharedEvidence
{
    /// <summary>What a tag's past lets expect, without what it did with others; null when nothing was expected.</summary>
    public static double? ByOwnPast(Judgement judgement) =>
        judgement is { Expected: > 0 and var expected, Parts.CommonFactor: > 0 and var common } ? expected / common : judgement.Expected;

    /// <summary>The sentence with the numbers of a shared move, shown by one series; null when the move is not known, or the series does not
    /// show it.</summary>
    public static Phrase? Of(Judgement shown, SharedMove? together)
    {
        if (together is not { Usual: > 0 and var usual }
            || shown.Value is not double value
            || ByOwnPast(shown) is not > 0
            || shown.Finding == Finding.StaleCopy)
            return null;
        var expected = Math.Round(ByOwnPast(shown)!.Value, 1);
        var change = (value - expected) / expected * 100;
        var (low, high) = (expected * Math.Exp(-usual), expected * Math.Exp(usual));
        return value >= low && value <= high ? null : new Phrase(
            shown.Series.Key.Length > 0 ? "evidence.of_tag" : "evidence.of_total",
            ("key", shown.Series.Key),
            ("value", value),
            ("metric", shown.Series.Metric),
            ("change", change),
            ("expected", expected),
            ("low", low),
            ("high", high),
            ("usual", (Math.Exp(usual) - 1) * 100));
    }

    /// <summary>Whether a total moved with the tags.</summary>
    public static bool Follows(Judgement total, SharedMove together, bool lower) =>
        (total.Value < total.Expected) == lower && (together.Usual <= 0 || Of(total, together) is not null);

    /// <summary>The largest tag that shows the move; the largest when none does.</summary>
    public static Judgement Clearest(IReadOnlyList<Judgement> tags, SharedMove? together)
    {
        var clear = tags.Where(tag => Of(tag, together) is not null).ToList();
        return UnclaimedFindings.Largest(clear.Count > 0 ? clear : tags);
    }
}
