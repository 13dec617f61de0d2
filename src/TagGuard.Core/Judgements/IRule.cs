using TagGuard.Facts;
using TagGuard.Keys;

namespace TagGuard.Judgements;

/// <summary>Judges the measurements of one check against their history: pure, the same input gives the same verdicts.</summary>
/// <remarks>
/// Implementations are immutable records bound from the plan. To add one: a file in this folder, and its line in <see cref="RuleKinds.All"/>.
/// A rule that can never fire at its settings says so in <see cref="IPlanPart.Mistakes"/>, with the arithmetic, and the plan is refused.
/// </remarks>
public interface IRule : IPlanPart
{
    /// <summary>Its key in the plan.</summary>
    [PlanIgnore]
    string Kind { get; }

    /// <summary>Calendar days of history before the business date that it wants to see.</summary>
    [PlanIgnore]
    int HistoryDays { get; }

    /// <summary>Whether it compares a day with other days: then the calendar has a say in it.</summary>
    [PlanIgnore]
    bool ComparesDays => false;

    /// <summary>Whether a Fail of it can close a gate at all, or it only tells.</summary>
    [PlanIgnore]
    bool CanClose => true;

    /// <summary>The metrics that it judges. With a measurement that counts none of them it could never judge, and the plan is refused.</summary>
    [PlanIgnore]
    IReadOnlyList<string> About { get; }

    /// <summary>One judgement for each series that it judges; none for series that are not its business.</summary>
    IEnumerable<Judgement> Judge(Batch batch);
}

/// <summary>All measurements of one check on one business date, and what was known before.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Day">The business date.</param>
/// <param name="Now">When it was measured: what is not there at this instant may be late, or only not ready yet.</param>
/// <param name="Today">The measurements. Every series with a key that was seen lately is among them, with zero when it is gone.</param>
/// <param name="History">What was known strictly before the business date.</param>
public sealed record Batch(string Check, BusinessDay Day, DateTimeOffset Now, IReadOnlyList<Measurement> Today, History History)
{
    /// <summary>How its tags are put into families.</summary>
    public TagFamilies Families { get; init; } = TagFamilies.Guessed;

    /// <summary>The first day on which they were made like this; a day to come where they were made otherwise even today, null when they always
    /// were.</summary>
    public DateOnly? FamiliesSince { get; init; }

    /// <summary>What the calendar says of the day; null on an ordinary one.</summary>
    public CalendarDay? Special { get; init; }

    /// <summary>How many times as far as on an ordinary day a count may lie from what is expected.</summary>
    public double Widening { get; init; } = 1;
}
