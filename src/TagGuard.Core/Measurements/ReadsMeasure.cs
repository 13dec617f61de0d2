using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`reads`: which of its tables, each with a date in its name, a service reads now, by what says so: a row of its settings, the text of a
/// view, an answer of the service itself.</summary>
public sealed record ReadsMeasure : IMeasure
{
    /// <summary>Tables that are looked for in an answer: so many days before the business date, and after.</summary>
    const int DaysBefore = 400, DaysAfter = 31;

    /// <summary>To see whether a name tells days apart, whatever the date.</summary>
    static readonly DateOnly AnyDate = new(2026, 3, 4);

    [Required, PlanKey("Connection that knows it.")]
    public string Connection { get; init; } = "";

    [Required, PlanKey(
        "The service's table of a date; the answer names one of these, alone or within a longer text.",
        Example = "userprofile_{date:yyyyMMdd}")]
    public DatePattern Table { get; init; } = new("");

    [PlanKey(
        "One SELECT whose first column names the table; @date and @yesterday are bound.",
        Example = "select value from t_setting where name = 'userprofile.table'")]
    public string? Sql { get; init; }

    [PlanKey("Of a connection of type http, path and query behind its url.", Example = "/api/settings/userprofile")]
    public string? Path { get; init; }

    [PlanKey("With `path`, the field that names the table: names with dots between them, [0] for an item of a list.", Example = "data.table")]
    public string? Field { get; init; }

    [
        Range(0, 30),
        PlanKey("Days that the table may be behind the business date. Default 0, for after the switch; 1 for before it, when the service still "
            + "reads the table of the day before.")
    ]
    public int Behind { get; init; }

    [PlanKey(
        "Clock time of the morning after the business date by which it must be switched. Without it, it is not ready, whenever it is asked for.",
        Example = "\"07:00\"")]
    public TimeOnly? Deadline { get; init; }

    public IReadOnlyList<string> Metrics => [Facts.Metrics.DaysBehind];

    public IReadOnlyList<Need> Needs => Sql is null
        ? [new(Connection, typeof(IJsonSource))]
        : [new(Connection, typeof(IRowsSource)) { Queries = [new("sql", Sql)] }];

    public IReadOnlyList<IRule> Rules => [new ReadsRule { Table = Table, Behind = Behind, Deadline = Deadline }];

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Table.Text.Length > 0 && Table.For(AnyDate) == Table.For(AnyDate.AddDays(1)))
            yield return ("table", $"\"{Table}\" does not tell the days apart: put {{date:yyyyMMdd}} into it.");
        if (Sql is null == (Path is null && Field is null))
            yield return (null, "Say in one way what names the table: `sql`, a SELECT, or `path` and `field` of an answer in JSON.");
        else if (Path is null != Field is null)
            yield return (null, "`path` and `field` go together: which answer, and what in it names the table.");
        if (Field is not null && JsonField.MistakeIn(Field) is { } mistake)
            yield return ("field", mistake);
        if (Path is not null && HttpMeasure.MistakeIn(Path) is { } wrong)
            yield return ("path", wrong);
        if (Behind > 0 && Deadline is not null)
            yield return ("deadline", "Before the switch there is nothing to wait for: take `deadline` out, or `behind`.");
    }

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) => [new(Connection, Sql is null
        ? $"{sources.Get<IJsonSource>(Connection).Question(Path!)}  -- {Field}"
        : sources.Get<IRowsSource>(Connection).Question(Sql, date))];

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var (date, series) = (context.Day.Date, context.Series(Facts.Metrics.DaysBehind));
        if (date < BusinessDay.DueAt(context.Clock.GetUtcNow(), context.Day.Zone))
            return new Taking(
                [
                    new Measurement.Missed(
                        series,
                        $"What is read now says nothing of {date:yyyy-MM-dd}: it is asked on the day after a date.",
                        IsAbsent: false),
                ],
                "");
        var (told, asked) = await (Sql is null ? OfAnswerAsync() : OfQueryAsync(Sql));
        return new Taking([told is null ? Missed("Nothing was answered.") : Named(told)], asked);

        async Task<(string?, string)> OfQueryAsync(string sql)
        {
            var answer = await context.AskAsync(
                Connection, (IRowsSource source, CancellationToken token) => source.RowsAsync(sql, date, token), cancellationToken);
            return (answer.First is { } first ? Convert.ToString(first, CultureInfo.InvariantCulture) : null, answer.Asked);
        }

        async Task<(string?, string)> OfAnswerAsync()
        {
            var answer = await context.AskAsync(
                Connection, (IJsonSource source, CancellationToken token) => source.GetAsync(Path!, token), cancellationToken);
            return (JsonField.Find(answer.Root, Field!).Value?.ToString(), answer.Asked);
        }

        Measurement Named(string text) => Tables(text, date) switch
        {
            [var one] => new Measurement.Taken(series, date.DayNumber - one.DayNumber),
            [] => Missed($"No {Table} is named in what was answered: {JsonField.Short(text)}"),
            var several => Missed($"Several tables are named, such as {Table.For(several[0])} and {Table.For(several[^1])}."),
        };

        Measurement.Missed Missed(string reason) => new(series, reason, IsAbsent: false);
    }

    /// <summary>The dates whose tables a text names.</summary>
    List<DateOnly> Tables(string text, DateOnly date) =>
        [.. Enumerable.Range(-DaysBefore, DaysBefore + DaysAfter + 1).Select(date.AddDays).Where(day => Names(text, Table.For(day)))];

    /// <summary>Whether a text has a name as a word of its own.</summary>
    static bool Names(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (!IsOfAWord(text, at - 1) && !IsOfAWord(text, at + name.Length))
                return true;
        }
        return false;
    }

    static bool IsOfAWord(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-');
}
