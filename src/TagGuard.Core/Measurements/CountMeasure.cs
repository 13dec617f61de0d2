using System.ComponentModel.DataAnnotations;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`count`: rows of one partition. Answers "is this upstream partition whole?".</summary>
public sealed record CountMeasure : CountPlan, IMeasure
{
    [Required, PlanKey("Connection that holds the table.")]
    public string Connection { get; init; } = "";

    [PlanKey("Rules for the number of rows.")]
    public RulePlan Rule { get; init; } = new();

    public IReadOnlyList<string> Metrics => [Facts.Metrics.Rows];

    public IReadOnlyList<Need> Needs => [.. NeedsOf(Connection)];

    public IReadOnlyList<IRule> Rules => Rule.Rules;

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) =>
        [new(Connection, Question(Connection, date, sources))];

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var counted = await CountAsync(Connection, context, cancellationToken);
        return new Taking([new Measurement.Taken(context.Series(Facts.Metrics.Rows), counted.Rows)], counted.Asked);
    }
}
