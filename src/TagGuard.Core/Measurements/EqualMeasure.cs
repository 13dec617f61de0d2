using System.ComponentModel.DataAnnotations;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`equal`: the same rows in two systems, such as Hive and the table that a service
/// reads: by their number, and down to keys where it differs.</summary>
public sealed record EqualMeasure : IMeasure
{
    [Required, PlanKey("What is taken as right: the warehouse.")]
    public SidePlan Left { get; init; } = new();

    [PlanKey("What should hold the same: the service's table, an exported file. Needed unless there are `services`.")]
    public SidePlan Right { get; init; } = new();

    [PlanKey(
        "Several services in place of `right`, by name: each is a check of its own by that name, with its verdict and its row in tag_email_monitor; "
            + "the warehouse is asked once for all.",
        Example = "{ userprofile_offline: { connection: hbase, table: \"userprofile_{date:yyyyMMdd}\" } }")]
    public IReadOnlyDictionary<string, ServicePlan> Services { get; init; } = new Dictionary<string, ServicePlan>();

    [PlanKey("How far the counts may lie apart: rows (`5`) or percent of the larger count (`0.1%`). Default 0.", Example = "0.1%")]
    public Tolerance Tolerance { get; init; }

    [PlanKey("What must agree: `count`, the number of rows; `rows`, their keys and columns as well, in one pass over both. Default count.")]
    public Compare Compare { get; init; }

    [PlanKey(
        "When the left side was finished, asked where the sides differ: a sync that began before is told as the cause.",
        Example = "{ connection: hdfs, path: \"/warehouse/t/data_date={date:yyyyMMdd}/_SUCCESS\" }")]
    public InstantPlan? Finished { get; init; }

    [PlanKey(
        "When the sync to the right side began. Default: what its rows say, where HBase holds them, both sides have a `key`, and the sync writes "
            + "them all within a morning.",
        Example = StartedExample)]
    public InstantPlan? Started { get; init; }

    internal const string StartedExample = "{ connection: zydb, sql: \"select min(started) from t_sync_log where data_date = @date\" }";

    [PlanKey("How far to go where the sides differ and both name a `key`.")]
    public DrillPlan Drill { get; init; } = new();

    public IReadOnlyList<string> Metrics => [Facts.Metrics.LeftRows, Facts.Metrics.RightRows];

    public IReadOnlyList<string> Counts =>
    [
        .. Metrics, .. HasKeys
            ? new[]
            {
                Facts.Metrics.MissingThere, Facts.Metrics.ExtraThere, Facts.Metrics.DifferentThere, Facts.Metrics.LeftRepeats,
                Facts.Metrics.RightRepeats, Facts.Metrics.InOtherCase, Facts.Metrics.DifferingBuckets, Facts.Metrics.SearchedBuckets,
                Facts.Metrics.MissingSlice, Facts.Metrics.LostBucket, Facts.Metrics.CollapsedRows, Facts.Metrics.StaleRows,
                Facts.Metrics.RenamedKeys,
            }
            : [],
        .. Finished is null ? [] : new[] { Facts.Metrics.SourceFinished, Facts.Metrics.SyncStarted },
    ];

    public IReadOnlyList<Need> Needs =>
        [
            .. Left.Needs("left."),
            .. Rights.SelectMany(right => right.Side.Needs(right.Key + ".")),
            .. Finished is null ? [] : new[] { Finished.Needs("finished.") },
            .. Started is null ? [] : new[] { Started.Needs("started.") },
            .. Services.Where(service => service.Value.Started is not null)
                .Select(service => service.Value.Started!.Needs($"services.{service.Key}.started.")),
            .. Compare == Compare.Rows
                ? Rights.Select(right => new Need(right.Side.Connection, typeof(IKeyedSource), right.Key + ".connection"))
                    .Prepend(new(Left.Connection, typeof(IKeyedSource), "left.connection"))
                : [],
        ];

    public IReadOnlyList<IRule> Rules =>
        [
            new EqualRule
            {
                Tolerance = Tolerance,
                LeftName = NameOf(Left),
                RightName = NameOf(Right),
                ComparesRows = Compare == Compare.Rows,
                Export = Drill.Export,
            },
        ];

    /// <summary>A side's connection, for people; with its table where both are of one.</summary>
    string NameOf(SidePlan side) => Left.Connection == Right.Connection ? $"{side.Connection} {side.PartName}" : side.Connection;

    /// <summary>Whether both sides name the key that rows are told apart by.</summary>
    public bool HasKeys => Left.Key is not null && Right.Key is not null;

    /// <summary>What is compared with the left side, each with its key in the plan.</summary>
    IEnumerable<(string Key, SidePlan Side)> Rights =>
        Services.Count == 0 ? [("right", Right)] : Services.Select(service => ($"services.{service.Key}", (SidePlan)service.Value));

    /// <summary>The comparison with each service, by its name; none where there is only a right side.</summary>
    internal IEnumerable<(string Name, EqualMeasure Measure)> OfServices() => Services.Select(service => (service.Key, this with
    {
        Right = service.Value,
        Tolerance = service.Value.Tolerance ?? Tolerance,
        Started = service.Value.Started ?? Started,
        Drill = Drill with { Export = Drill.Export is null ? null : OfService(Drill.Export, service.Key) },
        Services = new Dictionary<string, ServicePlan>(),
    }));

    /// <summary>diff/x_{date:yyyyMMdd}.csv becomes diff/x_{date:yyyyMMdd}.userprofile_stream.csv.</summary>
    static DatePattern OfService(DatePattern export, string service) =>
        new(System.IO.Path.ChangeExtension(export.Text, $"{InsideFolder.FileName(service)}{System.IO.Path.GetExtension(export.Text)}"));

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Services.Count > 0 && Right.Connection.Length > 0)
            yield return ("right", "Each of `services` is a right side: take `right` out, or make it one of them.");
        if (Services.Count == 0 && Right.Connection.Length == 0)
        {
            yield return (null, "`right` is missing in `equal` (what should hold the same): add `right: { connection: service, table: t }`.");
            yield break;
        }
        foreach (var (key, message) in Services.Count == 0 ? OwnMistakes() : OfServices().SelectMany(MistakesOf))
            yield return (key, message);
    }

    static IEnumerable<KeyMistake> MistakesOf((string Name, EqualMeasure Measure) service) => service.Measure.OwnMistakes().Select(mistake =>
        new KeyMistake(mistake.Key is "right" or "tolerance" ? $"services.{service.Name}" : mistake.Key, mistake.Message));

    IEnumerable<KeyMistake> OwnMistakes()
    {
        if (Tolerance.IsPercent && Tolerance.Amount >= 100)
            yield return ("tolerance", $"A tolerance of {Tolerance} can never be exceeded: two counts lie at most 100% of the larger one apart.");
        if (Compare == Compare.Rows && !HasKeys)
            yield return ("compare", "Rows are compared by their key: add `key:` to `left` and to `right`, or write `compare: count`.");
        else if (Left.Key is null != Right.Key is null)
            yield return (Left.Key is null ? "left" : "right", "Only the other side has a `key`: add the one of this side, or take the other out.");
        else if (Drill.Export is not null && !HasKeys)
            yield return ("drill.export", "There are no keys to export: add `key:` to `left` and to `right`.");
        if (Started is not null && Finished is null)
            yield return ("started", "It is held against when the left side was finished: add `finished`, a path or a query of a log.");
        if (Left.Columns.Count != Right.Columns.Count)
            yield return (
                "right",
                $"Columns are compared one by one, and `left` has {Left.Columns.Count}, `right` {Right.Columns.Count}: name as many, in the "
                    + "same order.");
    }

    public IEnumerable<string> Notes => Left.Notes.Concat(Rights.SelectMany(right => right.Side.Notes));

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources)
    {
        var counts = Sides(side => side.Question(date, sources));
        var times = new[] { Finished, Started }.OfType<InstantPlan>().Select(time => time.Question(date, sources));
        if (!HasKeys)
            return [.. counts, .. times];
        var buckets = Sides(side =>
            sources.Get<ICountSource>(side.Connection) is IKeyedSource source
                ? source.Question(side.KeyedFor(date), Reconciliations.Drill.UsualBuckets)
                : null);
        return Compare == Compare.Rows ? [.. buckets, .. times] : [.. counts, .. buckets, .. times];

        Question[] Sides(Func<SidePlan, string?> text) =>
            [
                .. new[] { Left, Right }
                    .Select(side => (side.Connection, Text: text(side)))
                    .Where(one => one.Text is not null)
                    .Select(one => new Question(one.Connection, one.Text!)),
            ];
    }

    public Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken) =>
        new EqualSides(this, context).TakeAsync(cancellationToken);
}

/// <summary>What must agree on two sides.</summary>
public enum Compare { Count, Rows }

/// <summary>One side of a comparison. Each side names its own partition: a filter on one side only is how reconciliations go wrong.</summary>
public record SidePlan : CountPlan
{
    [Required, PlanKey("Connection that holds the table or file.")]
    public string Connection { get; init; } = "";

    [PlanKey("Column that tells the rows apart, for the drill-down to keys; SQL in parentheses for more than one.", Example = "userid")]
    public string? Key { get; init; }

    [PlanKey(
        "Columns that are compared beside the key, in the same order on both sides; SQL in parentheses is compared as text. Default: the key alone.")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    [PlanKey(
        "Whether the table holds what is there now, and nothing says of which date: it is compared for the last date that is over, and of an earlier "
            + "one nothing can be said. Default no.")]
    public bool Snapshot { get; init; }

    [PlanIgnore]
    protected override bool IsOfOneDate => base.IsOfOneDate || Snapshot;

    public override IEnumerable<string> Notes => Snapshot
        ? [$"{Table} is a snapshot: all that is there when it is asked"]
        : base.Notes;

    /// <summary>Why nothing can be said of a date; null when something can.</summary>
    public string? TooLateFor(BusinessDay day, DateTimeOffset now) => Snapshot && day.Date < BusinessDay.DueAt(now, day.Zone)
        ? $"{Table} is a snapshot, which holds what is there now and nothing of {day.Date:yyyy-MM-dd}: it is compared on the day after "
            + "a date."
        : null;

    /// <summary>What it needs of its connections.</summary>
    /// <param name="before">What stands before its keys in the measurement.</param>
    public IEnumerable<Need> Needs(string before) => NeedsOf(Connection, before);

    public string Question(DateOnly date, ISources sources) => Question(Connection, date, sources);

    /// <summary>What is hashed for a date.</summary>
    public KeyedPart KeyedFor(DateOnly date) => new(For(date), Key!, Columns);

    /// <summary>Counts its rows. A side is caught on its own, so that the report can say which of two did not answer.</summary>
    public async Task<(Measurement Measurement, string Asked)> CountAsync(MeasureContext context, string metric, CancellationToken cancellationToken)
    {
        if (TooLateFor(context.Day, context.Clock.GetUtcNow()) is { } late)
            return (new Measurement.Missed(context.Series(metric), late, IsAbsent: false), "");
        try
        {
            var counted = await context.Once.AskAsync(
                (Connection, For(context.Day.Date), From, Path, Files), () => CountAsync(Connection, context, cancellationToken));
            return (new Measurement.Taken(context.Series(metric), counted.Rows), counted.Asked);
        }
        catch (SourceException fault)
        {
            return (new Measurement.Missed(context.Series(metric), fault.Message, fault.IsAbsent) { IsTransient = fault.IsTransient }, fault.Asked);
        }
    }

    public override IEnumerable<KeyMistake> Mistakes()
    {
        foreach (var mistake in base.Mistakes())
            yield return mistake;
        if (Snapshot && (Partition is not null || Table.HasDate || From != CountFrom.Query))
            yield return ("snapshot", "A snapshot is of no date, and the side names one: take `snapshot` out, or what names the date.");
        if (Columns.Count > 0 && Key is null)
            yield return ("columns", "Columns are compared row by row, and nothing tells the rows apart: add `key:`.");
        if (Key is not null && From == CountFrom.Footers)
            yield return ("key", "Rows are told apart by a query, and footers only count them: take `key` out, or `from: footers`.");
    }
}

/// <summary>How far a drill-down goes.</summary>
public sealed record DrillPlan : IPlanPart
{
    [
        Range(1, 100_000),
        PlanKey("Keys of each kind (missing there, extra there, different) that are kept and exported. Default 1000.", Example = "1000")
    ]
    public int Limit { get; init; } = 1000;

    [PlanKey("CSV file for the keys, relative to the plan's folder.", Example = "diff/userprofile_{date:yyyyMMdd}.csv")]
    public DatePattern? Export { get; init; }

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Export is { HasDate: false })
            yield return (
                "export",
                $"\"{Export}\" is the same every day, so a day would lose the keys of the one before: put {{date:yyyyMMdd}} into it.");
        if (Export is not null && InsideFolder.MistakeIn(Export.Text, startsAtFolder: false) is { } outside)
            yield return ("export", outside);
    }
}
