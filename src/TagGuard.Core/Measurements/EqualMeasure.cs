using System.ComponentModel.DataAnnotations;
using TagGuard.Judgements;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`equal`: the same count in two systems, such as Hive and the table that a service reads.</summary>
public sealed record EqualMeasure : IMeasure
{
    [Required, PlanKey("What is taken as right: the warehouse.")]
    public SidePlan Left { get; init; } = new();

    [Required, PlanKey("What should hold the same: the service's table, an exported file.")]
    public SidePlan Right { get; init; } = new();

    [PlanKey("How far the counts may lie apart: rows (`5`) or percent of the larger count (`0.1%`). Default 0.", Example = "0.1%")]
    public Tolerance Tolerance { get; init; }

    public IReadOnlyList<string> Metrics => [Measurements.Metrics.LeftRows, Measurements.Metrics.RightRows];

    public IReadOnlyList<Need> Needs => [new(Left.Connection, typeof(ICountSource), "left.connection"), new(Right.Connection, typeof(ICountSource), "right.connection")];

    public IReadOnlyList<IRule> Rules => [new EqualRule { Tolerance = Tolerance, LeftName = Left.Connection, RightName = Right.Connection }];

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Tolerance.IsPercent && Tolerance.Amount >= 100)
            yield return ("tolerance", $"A tolerance of {Tolerance} can never be exceeded: two counts lie at most 100% of the larger one apart.");
    }

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) =>
        [.. new[] { Left, Right }.Select(side => new Question(side.Connection, sources.Get<ICountSource>(side.Connection).Question(side.For(date))))];

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var left = CountSideAsync(Left, Measurements.Metrics.LeftRows);
        var right = CountSideAsync(Right, Measurements.Metrics.RightRows);
        var sides = await Task.WhenAll(left, right);
        return new Taking([.. sides.Select(side => side.Measurement)], string.Join("\n", sides.Select(side => side.Asked)));

        async Task<(Measurement Measurement, string Asked)> CountSideAsync(SidePlan side, string metric)
        {
            // Each side is caught on its own, so that the report can say which of the two did not answer.
            try
            {
                var counted = await context.AskAsync(side.Connection, (ICountSource source, CancellationToken token) => source.CountAsync(side.For(context.Day.Date), token), cancellationToken);
                return (new Measurement.Taken(context.Series(metric), counted.Rows), counted.Asked);
            }
            catch (SourceException fault)
            {
                return (new Measurement.Missed(context.Series(metric), fault.Message, fault.IsAbsent) { IsTransient = fault.IsTransient }, fault.Asked);
            }
        }
    }
}

/// <summary>One side of a comparison. Each side names its own partition: a filter on one side only is how reconciliations go wrong.</summary>
public sealed record SidePlan : TablePlan
{
    [Required, PlanKey("Connection that holds the table or file.")]
    public string Connection { get; init; } = "";
}
