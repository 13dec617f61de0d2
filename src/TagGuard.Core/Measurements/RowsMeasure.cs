using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>
/// `rows`: log rows that say that jobs are finished. One query (`sql`), several queries that must hold together (`all`), or a log table (`table`)
/// with the rows that must be in it (`expect`); each condition has its own verdict.
/// </summary>
public sealed record RowsMeasure : IMeasure
{
    static readonly Dictionary<string, ValuePattern> Anywhere = [];

    [Required, PlanKey("Connection that runs the query.")]
    public string Connection { get; init; } = "";

    [PlanKey("One SELECT whose rows are counted; @date and @yesterday are bound.", Example = "select 1 from t_sys_log where date(task_sign) = @date")]
    public string? Sql { get; init; }

    [PlanKey("Several queries instead of one: all must hold.")]
    public IReadOnlyList<RowsConditionPlan> All { get; init; } = [];

    [PlanKey("A log table instead of queries, with the rows that `expect` lists; may hold {date:…}.", Example = "t_step_log")]
    public DatePattern? Table { get; init; }

    [PlanKey("What every expected row has: column and value; a value may hold {date:…}.")]
    public IReadOnlyDictionary<string, ValuePattern> Where { get; init; } = Anywhere;

    [PlanKey("Column with a date or time that lies on the business date, in every expected row.", Example = "task_sign")]
    public string? Day { get; init; }

    [PlanKey("The rows that must be there, each as column and value: { step: load_dw, remark: done }.")]
    public IReadOnlyList<IReadOnlyDictionary<string, ValuePattern>> Expect { get; init; } = [];

    [PlanKey("Number of rows that is right, of the query or of each expected row.", Name = "equals")]
    public long? Exactly { get; init; }

    [PlanKey("Fewest rows that are right. Default 1 with `expect`.")]
    public long? AtLeast { get; init; }

    [PlanKey("Most rows that are right.")]
    public long? AtMost { get; init; }

    [PlanKey(
        "Clock time of the morning after the business date by which they must be there. Without it, what is missing is not ready, whenever it is "
            + "asked for.",
        Example = "\"05:00\"")]
    public TimeOnly? Deadline { get; init; }

    public IReadOnlyList<string> Metrics => [.. Conditions.Select(condition => condition.Rule.Metric)];

    public IReadOnlyList<Need> Needs => [new(Connection, typeof(IRowsSource)) { Queries = [.. Queries] }];

    public IReadOnlyList<IRule> Rules => [.. Conditions.Select(condition => condition.Rule).Where(rule => rule.IsSet)];

    IEnumerable<UserQuery> Queries => (Sql is null ? [] : new[] { new UserQuery("sql", Sql) })
        .Concat(All.Select((one, place) => new UserQuery(string.Create(CultureInfo.InvariantCulture, $"all.{place}.sql"), one.Sql)));

    IReadOnlyList<RowsCondition> Conditions =>
    [
        .. Sql is null ? [] : new[] { new QueryCondition(Sql, Rule(Facts.Metrics.Rows, "", Exactly, AtLeast, AtMost)) },
        .. All.Select(one => new QueryCondition(one.Sql, Rule(one.Name, one.Name, one.Exactly, one.AtLeast, one.AtMost))),
        .. Table is null ? [] : Expect.Select(row => Expected(Table, row)),
    ];

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (new[] { Sql is not null, All.Count > 0, Table is not null }.Count(form => form) != 1)
        {
            yield return (
                null,
                "Say in one way which rows: `sql` with `equals`, or `all` with several queries, or `table` with the rows it is to `expect`.");
            yield break;
        }
        foreach (var mistake in All.Count > 0 ? OfQueries() : Table is not null ? OfTable(Table) : OfQuery())
            yield return mistake;
        foreach (var twice in Metrics.GroupBy(name => name).Where(same => same.Count() > 1))
            yield return (
                All.Count > 0 ? "all" : "expect",
                $"\"{twice.Key}\" is listed {twice.Count()} times: history is kept by name, so list it once.");
    }

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources)
    {
        var source = sources.Get<IRowsSource>(Connection);
        return [.. Conditions.Select(condition => new Question(Connection, condition.Question(source, date)))];
    }

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var (measurements, asked) = (new List<Measurement>(), new List<string>());
        foreach (var condition in Conditions)
        {
            var (measurement, question) = await condition.TakeAsync(context, Connection, cancellationToken);
            measurements.Add(measurement);
            asked.Add(question);
        }
        return new Taking(measurements, string.Join("\n", asked));
    }

    IEnumerable<KeyMistake> OfQuery()
    {
        if (string.IsNullOrWhiteSpace(Sql))
            yield return ("sql", "`sql` is empty: write one SELECT, such as `sql: select 1 from t_sys_log where date(task_sign) = @date`.");
        foreach (var mistake in Conditions[0].Rule.Mistakes())
            yield return mistake;
        if (Expect.Count > 0 || Where.Count > 0 || Day is not null)
            yield return (null, "`expect`, `where` and `day` go with `table`: write them into the query, or name a table instead of `sql`.");
    }

    IEnumerable<KeyMistake> OfQueries()
    {
        if ((Exactly ?? AtLeast ?? AtMost) is not null)
            yield return ("all", "With `all`, each query has its own `equals`, `at_least` or `at_most`: write it there.");
        if (Expect.Count > 0 || Where.Count > 0 || Day is not null)
            yield return (null, "`expect`, `where` and `day` go with `table`: write them into the queries.");
    }

    IEnumerable<KeyMistake> OfTable(DatePattern table)
    {
        if (string.IsNullOrWhiteSpace(table.Text))
            yield return ("table", "`table` is empty: name the log table, such as `table: t_step_log`.");
        if (Day is not null && string.IsNullOrWhiteSpace(Day))
            yield return ("day", "`day` is empty: name the column with the date, or take it out.");
        if (Expect.Count == 0 || Expect.Any(row => row.Count == 0))
            yield return (
                Expect.Count == 0 ? "table" : "expect",
                "Name the rows that the table must hold: `expect: [ { step: load_dw, remark: done } ]`.");
        if (!table.HasDate && Day is null && !Where.Values.Any(value => value.HasDate) && !Expect.All(row => row.Values.Any(value => value.HasDate)))
            yield return (
                "table",
                $"Rows of \"{table}\" are looked for on no date, so yesterday's would pass as today's: add `where: {{ data_date: "
                    + $"\"{{date:yyyy-MM-dd}}\" }}` or `day: COLUMN`.");
        foreach (var mistake in Rule("", "", Exactly, AtLeast ?? 1, AtMost).Mistakes().Where(_ => (Exactly ?? AtLeast ?? AtMost) is not null))
            yield return mistake;
    }

    ExpectRule Rule(string metric, string subject, long? exactly, long? atLeast, long? atMost) =>
        new() { Metric = metric, Subject = subject, Exactly = exactly, AtLeast = atLeast, AtMost = atMost, MayStillCome = true, Deadline = Deadline };

    RowCondition Expected(DatePattern table, IReadOnlyDictionary<string, ValuePattern> row)
    {
        // The name is the same every day, whatever date a value holds: history is kept by it.
        var name = string.Join(", ", row.Select(column => $"{column.Key} = {column.Value}"));
        var least = Exactly is null && AtMost is null ? AtLeast ?? 1 : AtLeast;
        return new RowCondition(table, Day, [.. Where, .. row], Rule(name, name, Exactly, least, AtMost));
    }
}

/// <summary>One of several queries that must hold together.</summary>
public sealed record RowsConditionPlan : IPlanPart
{
    [Required, PlanKey("What its rows say, in a few words: names its verdict.", Example = "step load is done")]
    public string Name { get; init; } = "";

    [
        Required,
        PlanKey("One SELECT whose rows are counted; @date and @yesterday are bound.", Example = "select 1 from t_step_log where data_date = @date")
    ]
    public string Sql { get; init; } = "";

    [PlanKey("Number of rows that is right.", Name = "equals")]
    public long? Exactly { get; init; }

    [PlanKey("Fewest rows that are right.")]
    public long? AtLeast { get; init; }

    [PlanKey("Most rows that are right.")]
    public long? AtMost { get; init; }

    public IEnumerable<KeyMistake> Mistakes() => new ExpectRule { Exactly = Exactly, AtLeast = AtLeast, AtMost = AtMost }.Mistakes();
}
