using System.ComponentModel.DataAnnotations;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`export`: a CSV file for others, such as the call centre's: its rows against the
/// warehouse, header, encoding, columns, and keys that repeat.</summary>
public sealed record ExportMeasure : IMeasure
{
    [Required, PlanKey("Connection to the folder with the file (type files, sftp, ftp or webhdfs).")]
    public string Connection { get; init; } = "";

    [
        Required,
        PlanKey("The file, with the date in it; one whose name ends with .gz is unpacked.", Example = "userprofile_call_centre_{date:yyyyMMdd}.csv")
    ]
    public DatePattern File { get; init; } = new("");

    [Required, PlanKey("The names of the columns, in their order, as the header must have them.", Example = "[userid, phone]")]
    public IReadOnlyList<string> Header { get; init; } = [];

    [PlanKey("utf-8 (without byte order mark), utf-8-bom, or another such as gb18030. Default utf-8.", Example = "gb18030")]
    public string Encoding { get; init; } = "utf-8";

    [PlanKey("What stands between two columns. Default a comma.", Example = "\";\"")]
    public string Separator { get; init; } = ",";

    [PlanKey("Column whose values may not repeat.", Example = "userid")]
    public string? Key { get; init; }

    [PlanKey(
        "The file with its checksum (MD5, SHA-1 or SHA-256), which then has to be there, as md5sum and sha256sum write it. Default: the file's own "
            + "name with .sha256, .sha1 or .md5 behind it, where there is one.",
        Example = "userprofile_call_centre_{date:yyyyMMdd}.csv.md5")]
    public DatePattern? Checksum { get; init; }

    [PlanKey("How long the file must have been left unchanged. Default 0s.", Example = "5m")]
    public TimeSpan StableFor { get; init; }

    [PlanKey("The table whose rows the file should hold. Without it: at least one row.")]
    public SidePlan? Compare { get; init; }

    [PlanKey("How far the counts may lie apart: rows (`5`) or percent of the larger count (`0.1%`). Default 0.", Example = "0.1%")]
    public Tolerance Tolerance { get; init; }

    public IReadOnlyList<string> Metrics =>
        [
            RowsMetric,
            Facts.Metrics.WrongColumns,
            Facts.Metrics.BadBytes,
            Facts.Metrics.MalformedLines,
            Facts.Metrics.WrongChecksums,
            .. Key is null ? [] : new[] { Facts.Metrics.RepeatedKeys },
        ];

    public IReadOnlyList<string> Counts => Compare is null ? Metrics : [.. Metrics, Facts.Metrics.LeftRows];

    public IReadOnlyList<Need> Needs =>
        [
            new(Connection, typeof(IExportSource)),
            .. Compare is null ? [] : new Need[] { new(Compare.Connection, typeof(ICountSource), "compare.connection") },
        ];

    public IReadOnlyList<IRule> Rules =>
        [
            Compare is null
                ? new ExpectRule { AtLeast = 1 }
                : new EqualRule
                {
                    Tolerance = Tolerance,
                    LeftName = Compare.Connection,
                    RightName = "the file",
                },
            new FlawlessRule { Metric = Facts.Metrics.WrongColumns },
            new FlawlessRule { Metric = Facts.Metrics.BadBytes },
            new FlawlessRule { Metric = Facts.Metrics.MalformedLines },
            new FlawlessRule { Metric = Facts.Metrics.WrongChecksums },
            .. Key is null ? [] : new IRule[] { new FlawlessRule { Metric = Facts.Metrics.RepeatedKeys } },
        ];

    string RowsMetric => Compare is null ? Facts.Metrics.Rows : Facts.Metrics.RightRows;

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (File.Text.Length > 0 && !File.HasDate)
            yield return ("file", $"\"{File}\" is the same every day, so yesterday's file would pass as today's: put {{date:yyyyMMdd}} into it.");
        if (InsideFolder.MistakeIn(File.Text, startsAtFolder: true) is { } outside)
            yield return ("file", outside);
        if (Checksum is { HasDate: false })
            yield return ("checksum", $"\"{Checksum}\" is the same every day, so it would be yesterday's: put {{date:yyyyMMdd}} into it.");
        else if (Checksum is not null && InsideFolder.MistakeIn(Checksum.Text, startsAtFolder: true) is { } away)
            yield return ("checksum", away);
        if (Key is not null && Header.Count > 0 && !Header.Contains(Key))
            yield return ("key", $"The header has no column {Key}: it has {string.Join(", ", Header)}.");
        foreach (var mistake in Written.Mistakes())
            yield return mistake;
        if (StableFor < TimeSpan.Zero)
            yield return ("stable_for", "A duration cannot be negative.");
        if (Compare is null && Tolerance.Amount > 0)
            yield return ("tolerance", "There is nothing to compare the file with: add `compare:`, or take `tolerance` out.");
    }

    [PlanIgnore]
    CsvPlan Written => new() { Encoding = Encoding, Separator = Separator };

    public IEnumerable<string> Notes => Compare?.Notes ?? [];

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) =>
        [
            new(Connection, File.For(date)),
            .. Compare is null
                ? []
                : new Question[] { new(Compare.Connection, sources.Get<ICountSource>(Compare.Connection).Question(Compare.For(date))) },
        ];

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var path = File.For(context.Day.Date);
        var query = new ExportQuery(path, Written.Form, Header.Count, Key, Checksum?.For(context.Day.Date));
        var facts = await context.AskAsync(
            Connection,
            (IExportSource source, CancellationToken token) => source.ReadExportAsync(query, context.Progress, token),
            cancellationToken);
        var since = context.Clock.GetUtcNow() - facts.Modified;
        var quiet = since > TimeSpan.Zero ? since : TimeSpan.Zero;
        if (since < -ImpossibleTime.ClockDifference)
            return Unsettled(
                context,
                path,
                $"{path} was last changed at {facts.Modified.UtcDateTime:yyyy-MM-dd HH:mm} UTC, which lies after now: the clock of the machine that "
                    + "wrote it is wrong, or this one's.");
        if (!facts.IsSettled || quiet < StableFor)
            return Unsettled(
                context,
                path,
                facts.IsSettled
                    ? $"{path} changed {quiet.TotalSeconds:0} s ago, and must be left unchanged for {StableFor.TotalSeconds:0} s."
                    : $"{path} is being written: it changed while it was read.");

        var measurements = new List<Measurement> { new Measurement.Taken(context.Series(RowsMetric), facts.Rows) };
        Add(Facts.Metrics.WrongColumns, WrongColumns(facts.Header));
        Add(Facts.Metrics.BadBytes, facts.Encoding);
        Add(Facts.Metrics.MalformedLines, facts.Malformed);
        Add(Facts.Metrics.WrongChecksums, facts.Checksum);
        if (Key is not null)
            Add(Facts.Metrics.RepeatedKeys, facts.Repeats);
        var asked = path;
        if (Compare is not null)
        {
            var (measurement, counted) = await Compare.CountAsync(context, Facts.Metrics.LeftRows, cancellationToken);
            measurements.Add(measurement);
            asked += "\n" + counted;
        }
        return new Taking(measurements, asked);

        void Add(string metric, ExportFlaws flaws)
        {
            measurements.Add(new Measurement.Taken(context.Series(metric), flaws.Total));
            measurements.AddRange(flaws.First.Distinct().Select(flaw => new Measurement.Taken(context.Series(metric, flaw), 1)));
        }
    }

    Taking Unsettled(MeasureContext context, string path, string why) =>
        new([.. Metrics.Select(metric => new Measurement.Missed(context.Series(metric), why, IsAbsent: true))], path);

    ExportFlaws WrongColumns(IReadOnlyList<string> header)
    {
        if (header.Count == 0)
            return new ExportFlaws(1, ["the file is empty"]);
        var wrong = Enumerable.Range(0, Math.Max(header.Count, Header.Count))
            .Select(i => (Number: i + 1, Is: header.ElementAtOrDefault(i), Wanted: Header.ElementAtOrDefault(i)))
            .Where(column => column.Is != column.Wanted)
            .Select(column => $"column {column.Number} is {Shown(column.Is)}, wanted {Shown(column.Wanted)}")
            .ToList();
        return new ExportFlaws(wrong.Count, [.. wrong.Take(10)]);

        static string Shown(string? name) => name is null ? "not there" : $"\"{name}\"";
    }
}
