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
            + "at its end, which costs the cluster nothing; `statistics`, what Hive noted of the partition, where `files` still has the files "
            + "that it was noted of, else by a query. Default query.")]
    public CountFrom From { get; init; }

    [PlanKey(
        "With `from: footers`, the folder of the partition: its files and those of the partitions below it are counted. Or one file.",
        Example = "/user/hive/warehouse/dw.db/order_fact/data_date={date:yyyyMMdd}")]
    public DatePattern? Path { get; init; }

    [PlanKey("With `from: statistics`, the connection that sees the table's files: of type webhdfs, or files.", Example = "hdfs")]
    public string? Files { get; init; }

    [PlanKey("Of a table of HBase, the rows that are meant, by their keys and by when they were written.", Example = "{ prefix: U }")]
    public ScanPlan? Scan { get; init; }

    [PlanKey("Of a CSV file for others, how it is written. Default: commas, UTF-8.", Example = "{ separator: \";\", encoding: gb18030 }")]
    public CsvPlan? Csv { get; init; }

    public override TablePart For(DateOnly date) => base.For(date) with { Scan = Scan?.For(date), Csv = Csv?.Form };

    [PlanIgnore]
    protected override bool IsOfOneDate => base.IsOfOneDate || Scan is { HasDate: true };

    /// <summary>What it needs of its connections.</summary>
    /// <param name="connection">The one that is counted on.</param>
    /// <param name="before">What stands before its keys, where it is part of a measurement: `left.`.</param>
    protected IEnumerable<Need> NeedsOf(string connection, string before = "")
    {
        yield return new(connection, Capability, before + "connection") { Part = For(AnyDate), PartKey = before };
        if (From == CountFrom.Statistics && Files is not null)
            yield return new(Files, typeof(IPathSource), before + "files");
    }

    /// <summary>To see what of a part a connection refuses.</summary>
    static readonly DateOnly AnyDate = new(2026, 3, 4);

    Type Capability => From switch
    {
        CountFrom.Footers => typeof(IFooterSource),
        CountFrom.Statistics => typeof(IStatisticsSource),
        _ => typeof(ICountSource),
    };

    /// <summary>The part's name, for people.</summary>
    [PlanIgnore]
    internal string PartName => (From == CountFrom.Footers ? Path : Table)?.ToString() ?? "";

    protected string Question(string connection, DateOnly date, ISources sources) => From switch
    {
        CountFrom.Footers => sources.Get<IFooterSource>(connection).FootersQuestion(Path!.For(date)),
        CountFrom.Statistics => sources.Get<IStatisticsSource>(connection).StatisticsQuestion(For(date)),
        _ => sources.Get<ICountSource>(connection).Question(For(date)),
    };

    protected Task<Counted> CountAsync(string connection, MeasureContext context, CancellationToken cancellationToken) =>
        From == CountFrom.Statistics ? new StatisticsCount(connection, Files!).CountAsync(For(context.Day.Date), context, cancellationToken)
        : From == CountFrom.Footers
            ? context.AskAsync(
                connection,
                (IFooterSource source, CancellationToken token) => source.CountFootersAsync(Path!.For(context.Day.Date), token),
                cancellationToken)
            : context.AskAsync(
                connection,
                (ICountSource source, CancellationToken token) => source is IScanSource scan
                    ? scan.CountAsync(For(context.Day.Date), context.Scanning, token)
                    : source.CountAsync(For(context.Day.Date), token),
                cancellationToken);

    public override IEnumerable<KeyMistake> Mistakes() => From switch
    {
        CountFrom.Footers => OfFooters(),
        CountFrom.Statistics => OfStatistics(),
        _ => Files is null ? OfTable() : OfTable().Append(("files", "Files are for `from: statistics`: add that, or take `files` out.")),
    };

    IEnumerable<KeyMistake> OfTable()
    {
        if (Table.Text.Length == 0)
            yield return (null, "`table` is missing: add `table: dw.order_fact`, or `from: footers` with the `path` of the partition.");
        if (Path is not null)
            yield return ("path", "A path is for `from: footers`: add that, or take `path` out.");
        foreach (var mistake in base.Mistakes())
            yield return mistake;
    }

    IEnumerable<KeyMistake> OfStatistics()
    {
        if (Files is null)
            yield return (
                null,
                "Statistics are believed where the files are still those they were noted of: add `files: hdfs`, a connection to them.");
        if (Partition is null)
            yield return (null, "Statistics are those of a partition: add `partition: data_date`, or take `from` out.");
        if (Where is not null)
            yield return ("where", "Statistics are those of all rows of a partition: take `where` out, or `from: statistics`.");
        foreach (var mistake in OfTable())
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
        foreach (var (key, value) in new[]
        {
            ("table", Table.Text), ("partition", Partition), ("where", Where), ("scan", Scan?.ToString()), ("csv", Csv?.ToString()),
        })
        {
            if (value?.Length > 0)
                yield return (key, $"Footers tell how many rows a file of `path` has, and nothing of `{key}`: take it out, or `from: footers`.");
        }
    }
}

/// <summary>Where a number of rows comes from.</summary>
public enum CountFrom { Query, Footers, Statistics }
