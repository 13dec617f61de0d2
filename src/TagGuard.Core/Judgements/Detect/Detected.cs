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

    /// <summary>
    /// What is found of each series of a morning. One that was at fault, or at zero, is seen in two ways: as if the fault was its new level, and as
    /// if it had never been. It is out of order when it is in both: while the fault lasts, but not when it has become the level, and not when it is
    /// over. One that a person took as right is seen in a third way, as if it had always been so.
    /// </summary>
    /// <param name="morning">The series.</param>
    /// <param name="together">What each did with others; null where each is judged alone.</param>
    public static Detected[] Of(VolumeMorning morning, Func<MorningResult, SharedMove?[]>? together = null)
    {
        var found = Look(morning.Counts);
        if (morning.Faults.IsAny)
            found = Milder(found, Look(morning.Faults.Without()), morning.Faults.MayBeOver);
        return morning.Levels.IsAny ? Milder(found, Look(morning.Levels.Counts()), morning.Levels.Has) : found;

        Detected[] Look(CheckMorning counts)
        {
            var result = Detector.Judge(counts);
            var shared = together?.Invoke(result);
            return
            [
                .. result.Tags.Select((tag, i) => new Detected(
                    shared?[i] is null ? LoneRepeats.Weighed(tag, counts.Of(i), result.Tags.Count) : tag,
                    shared?[i],
                    tag.Stays,
                    morning.Lives[i].WasAtFault)),
            ];
        }
    }

    /// <summary>What is found of each, in the other way where that is milder.</summary>
    static Detected[] Milder(Detected[] one, Detected[] other, Func<int, bool> may) =>
        [.. one.Select((found, i) => may(i) && other[i].IsMilderThan(found) ? other[i] with { Stays = found.Stays } : found)];

    bool IsMilderThan(Detected other) => !double.IsNaN(Score) && (Shared is null, -Score).CompareTo((other.Shared is null, -other.Score)) > 0;
}
