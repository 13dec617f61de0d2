using System.ComponentModel.DataAnnotations;
using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>The warehouse's own table of its tags: a row a tag, with its family, whom to tell, what computes it, and what people call it.</summary>
public sealed record TagTablePlan : IPlanPart
{
    [Required, PlanKey("Connection that holds the table: any that runs a query.")]
    public string Connection { get; init; } = "";

    [PlanKey("Table, as `schema.table`; may hold {date:…}.", Example = "dw.dim_tag")]
    public DatePattern? Table { get; init; }

    [PlanKey("One SELECT in place of a table; @date and @yesterday are bound.", Example = "select * from dim_tag where valid_from <= @date")]
    public string? Sql { get; init; }

    [PlanKey("Column with the tag. Default tag.")]
    public string Tag { get; init; } = "tag";

    [PlanKey("Column with its family; a tag for which it is empty has the one that the check's `family` makes.", Example = "family")]
    public string? Family { get; init; }

    [PlanKey("Column with whom to tell when it fails; else the check's owner is told.", Example = "owner")]
    public string? Owner { get; init; }

    [PlanKey("Column with what computes it, a job or a table: an incident names it.", Example = "job")]
    public string? Lineage { get; init; }

    [PlanKey("Column with the words by which people know it; they stand beside its name.", Example = "title")]
    public string? Words { get; init; }

    [PlanKey("How long reading it may take; then what was known the day before stands. Default 1m.", Example = "1m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    IReadOnlyList<(string? Column, int Place)> Columns => [(Tag, 0), (Family, 1), (Owner, 2), (Lineage, 3), (Words, 4)];

    TableQuery Query(DateOnly date) => new(
        Table is null ? null : new TablePart(Table.For(date), null, null, null), Sql, date,
        [.. Columns.Select(one => one.Column).OfType<string>().Distinct()]);

    /// <summary>What it needs of its connection.</summary>
    internal Need Need => new(Connection, typeof(ITableSource), "tags.from.connection")
    {
        Queries = Sql is null ? [] : [new("tags.from.sql", Sql)],
    };

    /// <summary>What is asked on a date.</summary>
    internal Question Question(DateOnly date, ISources sources) =>
        new(Connection, sources.Get<ITableSource>(Connection).Question(Query(date)));

    /// <summary>Reads the table. Where it cannot be read, or is empty, what was known before stands: tags are judged all the same.</summary>
    internal async Task<TagTableTaking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var query = Query(context.Day.Date);
        using var timeout = new CancellationTokenSource(Timeout, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var read = await Bounded.AskAsync(
                token => context.AskAsync(Connection, (ITableSource source, CancellationToken stop) => source.ReadAsync(query, stop), token),
                context.Sources.Abandon,
                context.Clock,
                either.Token);
            var columns = query.Columns.ToList();
            var table = TagTable.Of(read.Rows.Select(row => InPlaces(columns, row)));
            return table.Entries.Count > 0
                ? new TagTableTaking(table, new Measurement.Taken(context.Series(Metrics.TableTags), table.Entries.Count), read.Asked)
                : Missed("It is empty.", read.Asked);
        }
        catch (SourceException fault)
        {
            return Missed(fault.Message, fault.Asked);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Missed($"No answer within {Timeout}: raise `tags.from.timeout`, or look at the source.", "");
        }

        TagTableTaking Missed(string reason, string asked) =>
            new(context.Known, new Measurement.Missed(context.Series(Metrics.TableTags), reason, IsAbsent: false), asked);
    }

    /// <summary>A column may be read for two things, such as a family that is the job's name.</summary>
    string?[] InPlaces(List<string> columns, IReadOnlyList<string?> row)
    {
        var places = new string?[5];
        foreach (var (column, place) in Columns)
            places[place] = column is null ? null : row[columns.IndexOf(column)];
        return places;
    }

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Table is null == Sql is null)
            yield return (null, "Say in one way where the tags stand: `table: dw.dim_tag`, or `sql` with one SELECT.");
        if ((Family ?? Owner ?? Lineage ?? Words) is null)
            yield return (
                null,
                "Nothing is read of a tag: name the columns that the table has, `family: COLUMN`, `owner: COLUMN`, `lineage: COLUMN` or "
                    + "`words: COLUMN`.");
        if (Timeout <= TimeSpan.Zero)
            yield return ("timeout", "A timeout must be longer than 0s.");
    }
}

/// <summary>What a table of tags told.</summary>
/// <param name="Table">What is known of tags now.</param>
/// <param name="Measurement">How many tags it has, or why it could not be read.</param>
/// <param name="Asked">The SQL that was run.</param>
sealed record TagTableTaking(TagTable Table, Measurement Measurement, string Asked);
