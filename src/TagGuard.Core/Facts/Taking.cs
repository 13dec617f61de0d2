using TagGuard.Keys;

namespace TagGuard.Facts;

/// <summary>What a measurement brought home.</summary>
/// <param name="Measurements">The numbers.</param>
/// <param name="Asked">The questions that were asked, for `explain`.</param>
/// <param name="CountedEveryKey">Whether every key there is was counted, so that a key that is not among them has a count of zero.</param>
public sealed record Taking(IReadOnlyList<Measurement> Measurements, string Asked, bool CountedEveryKey = false)
{
    /// <summary>What is known of its tags, to be kept for days to come; null when nobody asked.</summary>
    public TagTable? Tags { get; init; }

    /// <summary>The keys that differ between two sides, for a file of them; null when they were not looked for, or nobody wants them.</summary>
    public DifferenceFile? Differences { get; init; }

    /// <summary>A series that has two numbers, which no store could hold; null when each has one.</summary>
    public SeriesId? Repeated
    {
        get
        {
            var seen = new HashSet<SeriesId>(Measurements.Count);
            foreach (var measurement in Measurements)
            {
                if (!seen.Add(measurement.Series))
                    return measurement.Series;
            }
            return null;
        }
    }

    /// <summary>The same with the plan's secrets hidden in what is told of it: it is stored.</summary>
    public Taking Without(PlanSecrets secrets) =>
        this with
        {
            Measurements =
            [
                .. Measurements.Select(measurement =>
                    measurement is Measurement.Missed missed ? missed with { Reason = secrets.Hide(missed.Reason) } : measurement),
            ],
            Asked = secrets.Hide(Asked),
        };

    /// <summary>Nothing of a check could be measured.</summary>
    /// <param name="check">Name of the check.</param>
    /// <param name="metrics">The series that stand for all of it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="isAbsent">Whether the source said that it is not there.</param>
    /// <param name="isTransient">Whether the same question may succeed a little later.</param>
    public static Taking Missed(string check, IReadOnlyList<string> metrics, string reason, string asked, bool isAbsent, bool isTransient) => new(
        [.. metrics.Select(metric => new Measurement.Missed(new SeriesId(check, metric), reason, isAbsent) { IsTransient = isTransient })], asked);
}
