using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>One kind of measurement: the keys it has in the plan, and how the numbers are got.</summary>
/// <remarks>
/// Implementations are immutable records bound from the plan. To add one: a file in this folder, and its line in <see cref="Measures.All"/>.
/// <see cref="TakeAsync"/> lets a <see cref="SourceException"/> out; the measurer turns it into missed measurements, so the other checks go on.
/// </remarks>
public interface IMeasure : IPlanPart
{
    /// <summary>The series that stands for the whole measurement, and is missed when the source does not answer.</summary>
    [PlanIgnore]
    IReadOnlyList<string> Metrics { get; }

    /// <summary>Every metric that its series may have: what rules can be about.</summary>
    [PlanIgnore]
    IReadOnlyList<string> Counts => Metrics;

    /// <summary>Connections it asks, each with the capability it needs.</summary>
    [PlanIgnore]
    IReadOnlyList<Need> Needs { get; }

    /// <summary>Rules that its own keys imply (`equals`, `deadline`, `tolerance`).</summary>
    [PlanIgnore]
    IReadOnlyList<IRule> Rules { get; }

    /// <summary>What the keys of its series are: `userid`, `cookieid`, `crowd`; empty when its series have no key.</summary>
    [PlanIgnore]
    string Dimension => "";

    /// <summary>How the tags among its keys are put into families.</summary>
    /// <param name="known">What the warehouse's own table of tags says of them.</param>
    TagFamilies FamiliesBy(TagTable known) => TagFamilies.Guessed;

    /// <summary>Whether it reads a table of tags, which is kept for days to come.</summary>
    [PlanIgnore]
    bool ReadsTagTable => false;

    /// <summary>What <see cref="TakeAsync"/> asks on a date, in the order of asking, for `--dry-run`. Touches no system.</summary>
    IReadOnlyList<Question> Questions(DateOnly date, ISources sources);

    /// <summary>What holds for its questions and does not stand in the check itself, for `--dry-run`.</summary>
    [PlanIgnore]
    IEnumerable<string> Notes => [];

    Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken);
}
