using TagGuard.Detection;
using TagGuard.Facts;

namespace TagGuard.Judgements.Detect;

/// <summary>What the detector found of one tag.</summary>
/// <param name="Result">The tag alone.</param>
/// <param name="Shared">What it did with others; null when it is judged alone.</param>
/// <param name="Stays">Days before today since when it has stayed at about the same new size; 0 when it is new.</param>
/// <param name="WasAtFault">Whether the last known day failed and was not accepted: then an event that goes on is as bad as on its first day.</param>
readonly record struct Detected(TagResult Result, SharedMove? Shared, int Stays, bool WasAtFault)
{
    /// <summary>How abnormal it is; NaN when it could not be judged.</summary>
    public double Score => WasAtFault ? Result.ScoreAsNew : Result.Score;

    public bool GoesOn => WasAtFault && Result.Notes.HasFlag(TagNotes.Ongoing);

    public bool IsMilderThan(Detected other) => !double.IsNaN(Score) && (Shared is null, -Score).CompareTo((other.Shared is null, -other.Score)) > 0;
}
