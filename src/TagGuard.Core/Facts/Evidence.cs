using TagGuard.Phrases;

namespace TagGuard.Facts;

/// <summary>The numbers that an incident is about, where they are not those of its lead's verdict: what many tags did together is no move
/// of one.</summary>
/// <remarks>They stand in the sentence that tells them, so an old day shows them as well.</remarks>
/// <param name="Expected">What the past alone lets expect.</param>
/// <param name="Low">The value at and above which it would not have been told; null when that is not known.</param>
/// <param name="High">The same for rises.</param>
public sealed record Evidence(double Expected, double? Low, double? High)
{
    /// <summary>The evidence that a sentence holds; null when it holds none.</summary>
    public static Evidence? In(Phrase said) => said.Name.StartsWith("evidence.", StringComparison.Ordinal) && said["expected"] is double expected
        ? new Evidence(expected, said["low"] as double?, said["high"] as double?)
        : null;
}
