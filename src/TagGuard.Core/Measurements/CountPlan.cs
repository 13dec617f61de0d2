using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>The part of a table whose rows are counted, and where their number comes from.</summary>
public record CountPlan : TablePlan
{
    [PlanKey("Table, as `schema.table`, or a file of a folder; may hold {date:…}. Needed unless footers are counted.", Example = "dw.order_fact")]
    public override DatePattern Table { get; init; } = new("");

    [PlanKey(
        "Where the number of rows comes from: `query`, one count over the part; `footers`, what every Parquet or ORC file of `path` says of itself "
            + "at its end, which costs the cluster nothing. Default query.")]
    public CountFrom From { get; init; }

    [PlanKey(
        "With `from: footers`, the folder of the partition: its files and those of the partitions below it are counted. Or one file.",
        Example = "/user/hive/warehouse/dw.db/order_fact/data_date={date:yyyyMMdd}")]
    public DatePattern? Path { get; init; }

    /// <summary>What the connection must be able to do.</summary>
    [PlanIgnore]
    protected Type Capability => From == CountFrom.Footers ? typeof(IFooterSource) : typeof(ICountSource);

    /// <summary>The part's name, for people.</summary>
    [PlanIgnore]
    internal string PartName => (From == CountFrom.Footers ? Path : Table)?.ToString() ?? "";

    protected string Question(string connection, DateOnly date, ISources sources) => From == CountFrom.Footers
        ? sources.Get<IFooterSource>(connection).FootersQuestion(Path!.For(date))
        : sources.Get<ICountSource>(connection).Question(For(date));

    protected Task<Counted> CountAsync(string connection, MeasureContext context, CancellationToken cancellationToken) =>
        From == CountFrom.Footers
            ? context.AskAsync(
                connection,
                (IFooterSource source, CancellationToken token) => source.CountFootersAsync(Path!.For(context.Day.Date), token),
                cancellationToken)
            : context.AskAsync(
                connection,
                (ICountSource source, CancellationToken token) => source.CountAsync(For(context.Day.Date), token),
                cancellationToken);

    public override IEnumerable<KeyMistake> Mistakes() => From == CountFrom.Footers ? OfFooters() : OfTable();

    IEnumerable<KeyMistake> OfTable()
    {
        if (Table.Text.Length == 0)
            yield return (null, "`table` is missing: add `table: dw.order_fact`, or `from: footers` with the `path` of the partition.");
        if (Path is not null)
            yield return ("path", "A path is for `from: footers`: add that, or take `path` out.");
        foreach (var mistake in base.Mistakes())
            yield return mistake;
    }

    IEnumerable<KeyMistake> OfFooters()
    {
        if (Path is null)
            yield return (
                null,
                "Footers are those of a folder's files: add `path: /user/hive/warehouse/dw.db/order_fact/data_date={date:yyyyMMdd}`.");
        else if (!Path.HasDate)
            yield return ("path", $"\"{Path}\" is the same every day, so yesterday's rows would pass as today's: put {{date:yyyyMMdd}} into it.");
        else if (InsideFolder.MistakeIn(Path.Text, startsAtFolder: true) is { } outside)
            yield return ("path", outside);
        foreach (var (key, value) in new[] { ("table", Table.Text), ("partition", Partition), ("where", Where) })
        {
            if (value?.Length > 0)
                yield return (key, $"Footers tell how many rows a file of `path` has, and nothing of `{key}`: take it out, or `from: footers`.");
        }
    }
}

/// <summary>Where a number of rows comes from.</summary>
public enum CountFrom { Query, Footers }
