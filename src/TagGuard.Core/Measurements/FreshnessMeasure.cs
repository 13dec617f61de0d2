using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`freshness`: how far the newest event lies behind the end of the business date.</summary>
public sealed record FreshnessMeasure : IMeasure
{
    [Required, PlanKey("Connection that runs the query.")]
    public string Connection { get; init; } = "";

    [
        Required,
        PlanKey(
            "One SELECT whose first column is the newest event's time; @date and @yesterday are bound.",
            Example = "select max(updated_at) from t where day = @date")
    ]
    public string Sql { get; init; } = "";

    [Required, PlanKey("Largest gap between the newest event and the end of the business date.", Example = "2h")]
    public TimeSpan? MaxLag { get; init; }

    [PlanKey("How far after now the newest event may lie, for clocks that differ; what lies further ahead is a fault. Default 5m.", Example = "5m")]
    public TimeSpan MaxAhead { get; init; } = ImpossibleTime.ClockDifference;

    public IReadOnlyList<string> Metrics => [Facts.Metrics.LagMinutes];

    public IReadOnlyList<Need> Needs => [new(Connection, typeof(IRowsSource)) { Queries = [new("sql", Sql)] }];

    public IReadOnlyList<IRule> Rules => MaxLag is null ? [] : [new FreshnessRule { MaxLag = MaxLag.Value, MaxAhead = MaxAhead }];

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (MaxLag < TimeSpan.Zero)
            yield return ("max_lag", "A duration cannot be negative.");
        if (MaxAhead < TimeSpan.Zero)
            yield return ("max_ahead", "A duration cannot be negative.");
    }

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) =>
        [new(Connection, sources.Get<IRowsSource>(Connection).Question(Sql, date))];

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var answer = await context.AskAsync(
            Connection,
            (IRowsSource source, CancellationToken token) => source.RowsAsync(Sql, context.Day.Date, token),
            cancellationToken);
        var series = context.Series(Facts.Metrics.LagMinutes);
        Measurement measurement = answer.First switch
        {
            DateTime newest => new Measurement.Taken(series, -context.Day.MinutesAfter(newest)),
            null => new Measurement.Missed(series, "There is no event at all: the query returned no row, or NULL.", IsAbsent: true),
            var other => new Measurement.Missed(
                series,
                $"The query returned {Convert.ToString(other, CultureInfo.InvariantCulture)}, which is not a time: select a timestamp in its first "
                    + "column.",
                IsAbsent: false),
        };
        return new Taking([measurement], answer.Asked);
    }
}
