using System.ComponentModel.DataAnnotations;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`compare`: two versions of the same rows side by side, before a service is switched from one to the other: yesterday's table and today's,
/// an old pipeline and a new one.</summary>
/// <remarks>It asks as <see cref="EqualMeasure"/> does; neither side is the warehouse, so there is no row in `tag_email_monitor`.</remarks>
public sealed record CompareMeasure : IMeasure
{
    [Required, PlanKey("What is in use: the table that the service reads, the pipeline that runs.")]
    public SidePlan Old { get; init; } = new();

    [Required, PlanKey("What is to take its place.")]
    public SidePlan New { get; init; } = new();

    [PlanKey("How far the counts, and with `what: rows` the rows, may lie apart: rows (`5`) or percent (`5%`). Default 0.", Example = "5%")]
    public Tolerance Tolerance { get; init; }

    [PlanKey("What must agree: `count`, the number of rows; `rows`, their keys and columns as well. Default count.")]
    public Compare What { get; init; }

    [PlanKey("How far to go where the sides differ and both name a `key`.")]
    public DrillPlan Drill { get; init; } = new();

    /// <summary>The same question with the sides that are asked.</summary>
    [PlanIgnore]
    public EqualMeasure Sides => new() { Left = Old, Right = New, Tolerance = Tolerance, Compare = What, Drill = Drill };

    public IReadOnlyList<string> Metrics => Sides.Metrics;

    public IReadOnlyList<string> Counts => Sides.Counts;

    public IReadOnlyList<Need> Needs =>
        [.. Sides.Needs.Select(need => need with { Key = InWords(need.Key), PartKey = InWords(need.PartKey) })];

    public IReadOnlyList<IRule> Rules =>
    [
        .. Sides.Rules.Cast<EqualRule>().Select(rule => rule with
        {
            LeftName = $"old {Old.PartName}",
            RightName = $"new {New.PartName}",
        }),
    ];

    public IEnumerable<KeyMistake> Mistakes() =>
        Sides.Mistakes().Select(mistake => new KeyMistake(mistake.Key is null ? null : InWords(mistake.Key), mistake.Message));

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) => Sides.Questions(date, sources);

    public Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken) => Sides.TakeAsync(context, cancellationToken);

    /// <summary>A key of `equal` as this measurement calls it.</summary>
    static string InWords(string key) => key.Split('.') switch
    {
        ["left", .. var rest] => string.Join('.', ["old", .. rest]),
        ["right", .. var rest] => string.Join('.', ["new", .. rest]),
        ["compare"] => "what",
        _ => key,
    };
}
