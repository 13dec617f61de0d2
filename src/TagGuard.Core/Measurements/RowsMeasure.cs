using System.ComponentModel.DataAnnotations;
using TagGuard.Judgements;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`rows`: how many rows a query of the user's returns, such as the log row that says that a job is finished.</summary>
public sealed record RowsMeasure : IMeasure
{
    [Required, PlanKey("Connection that runs the query.")]
    public string Connection { get; init; } = "";

    [Required, PlanKey("One SELECT; @date and @yesterday are bound.", Example = "select 1 from t_sys_log where date(task_sign) = @date")]
    public string Sql { get; init; } = "";

    [PlanKey("Number of rows that is right.", Name = "equals")]
    public long? Exactly { get; init; }

    [PlanKey("Fewest rows that are right.")]
    public long? AtLeast { get; init; }

    [PlanKey("Most rows that are right.")]
    public long? AtMost { get; init; }

    public IReadOnlyList<string> Metrics => [Measurements.Metrics.Rows];

    public IReadOnlyList<Need> Needs => [new(Connection, typeof(IRowsSource))];

    public IReadOnlyList<IRule> Rules => Exactly is null && AtLeast is null && AtMost is null
        ? []
        : [new ExpectRule { Exactly = Exactly, AtLeast = AtLeast, AtMost = AtMost, ZeroIsNotReady = true }];

    public IEnumerable<KeyMistake> Mistakes() => Rules.SelectMany(rule => rule.Mistakes());

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var answer = await context.Sources.Get<IRowsSource>(Connection).RowsAsync(Sql, context.Day.Date, cancellationToken);
        return new Taking([new Measurement.Taken(context.Series(Measurements.Metrics.Rows), answer.Rows)], answer.Asked);
    }
}
