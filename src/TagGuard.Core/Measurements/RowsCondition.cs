using System.Globalization;
using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>One condition of a `rows` check: rows that are counted, and how many are right.</summary>
abstract record RowsCondition(ExpectRule Rule)
{
    public abstract string Question(IRowsSource source, DateOnly date);

    protected abstract Task<Counted> CountAsync(IRowsSource source, DateOnly date, CancellationToken cancellationToken);

    /// <summary>What is said when there is no row at all.</summary>
    protected abstract string Missing(DateOnly date);

    /// <summary>Whether a table that is not there may still come.</summary>
    protected virtual bool TableMayCome => false;

    /// <summary>Each condition is caught on its own, so that a mistake in one does not hide the
    /// others; a system that is down is down for all of them.</summary>
    public async Task<(Measurement Measurement, string Asked)> TakeAsync(
        MeasureContext context,
        string connection,
        CancellationToken cancellationToken)
    {
        var date = context.Day.Date;
        var series = context.Series(Rule.Metric);
        try
        {
            var counted = await context.AskAsync(
                connection,
                (IRowsSource source, CancellationToken token) => CountAsync(source, date, token),
                cancellationToken);
            return (
                counted.Rows == 0 && Rule.Low >= 1
                    ? new Measurement.Missed(series, Missing(date), IsAbsent: true)
                    : new Measurement.Taken(series, counted.Rows),
                counted.Asked);
        }
        catch (SourceException fault) when (!fault.IsTransient)
        {
            return (new Measurement.Missed(series, fault.Message, fault.IsAbsent && TableMayCome), fault.Asked);
        }
    }
}

/// <summary>Rows of a query of the user's.</summary>
sealed record QueryCondition(string Sql, ExpectRule Rule) : RowsCondition(Rule)
{
    public override string Question(IRowsSource source, DateOnly date) => source.Question(Sql, date);

    protected override async Task<Counted> CountAsync(IRowsSource source, DateOnly date, CancellationToken cancellationToken)
    {
        var answer = await source.RowsAsync(Sql, date, cancellationToken);
        return new Counted(answer.Rows, answer.Asked);
    }

    protected override string Missing(DateOnly date) =>
        $"{(Rule.Subject.Length > 0 ? $"{Rule.Subject}: its row" : "The row that is waited for")} is missing: the query returned none for "
            + $"{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {Rule.Required}.";
}

/// <summary>A row of a log table by the values of its columns.</summary>
sealed record RowCondition(DatePattern Table, string? Day, IReadOnlyList<KeyValuePair<string, ValuePattern>> Columns, ExpectRule Rule)
    : RowsCondition(Rule)
{
    protected override bool TableMayCome => Table.HasDate;

    public override string Question(IRowsSource source, DateOnly date) => source.Question(Match(date));

    protected override Task<Counted> CountAsync(IRowsSource source, DateOnly date, CancellationToken cancellationToken) =>
        source.MatchAsync(Match(date), cancellationToken);

    protected override string Missing(DateOnly date) => $"{Table.For(date)} has no row with {string.Join(", ", Words(date))}.";

    IEnumerable<string> Words(DateOnly date) =>
        [.. Day is null ? [] : new[] { $"{Day} on {Text(date)}" }, .. Columns.Select(column => $"{column.Key} = {column.Value.For(date)}")];

    RowMatch Match(DateOnly date) =>
        new(
            Table.For(date),
            [
                .. Day is null
                    ? []
                    : new[] { new ColumnMatch(Day, Comparison.AtLeast, Text(date)), new ColumnMatch(Day, Comparison.Below, Text(date.AddDays(1))) },
                .. Columns.Select(column => new ColumnMatch(column.Key, Comparison.Equal, column.Value.For(date))),
            ]);

    static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
