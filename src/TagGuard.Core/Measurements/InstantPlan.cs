using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>An instant that a system keeps: when a file was written, or what a log says.</summary>
public sealed record InstantPlan : IPlanPart
{
    [Required, PlanKey("Connection that knows it.")]
    public string Connection { get; init; } = "";

    [PlanKey(
        "A file, such as a marker, or a folder, whose time of the last change it is.",
        Example = "/user/hive/warehouse/dw.db/profile_tag_user/data_date={date:yyyyMMdd}/_SUCCESS")]
    public DatePattern? Path { get; init; }

    [PlanKey(
        "One SELECT whose first column is the time; @date and @yesterday are bound.",
        Example = "select min(started) from t_sync_log where data_date = @date")]
    public string? Sql { get; init; }

    /// <summary>What it needs of its connection.</summary>
    /// <param name="before">What stands before its keys in the measurement.</param>
    internal Need Needs(string before) => Sql is null
        ? new(Connection, typeof(IPathSource), before + "connection")
        : new(Connection, typeof(IRowsSource), before + "connection") { Queries = [new(before + "sql", Sql)] };

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Path is null == Sql is null)
            yield return (null, "Say in one way where the time is from: `path`, a file or folder, or `sql`, a SELECT of a log.");
        if (Path is { HasDate: false })
            yield return ("path", $"\"{Path}\" is the same every day, so yesterday's time would pass as today's: put {{date:yyyyMMdd}} into it.");
        if (Path is not null && InsideFolder.MistakeIn(Path.Text, startsAtFolder: true) is { } outside)
            yield return ("path", outside);
    }

    internal Question Question(DateOnly date, ISources sources) => new(Connection, Sql is null
        ? sources.Get<IPathSource>(Connection).Question(Path!.For(date))
        : sources.Get<IRowsSource>(Connection).Question(Sql, date));

    /// <summary>Takes it as minutes after the end of the business date. What has no answer is missed, for it only explains others.</summary>
    internal async Task<(Measurement Measurement, string Asked)> TakeAsync(MeasureContext context, string metric, CancellationToken cancellationToken)
    {
        var asked = Question(context.Day.Date, context.Sources).Text;
        try
        {
            return (Sql is null ? await OfPathAsync() : await OfQueryAsync(Sql), asked);
        }
        catch (SourceException fault)
        {
            return (Missed(fault.Message, fault.IsAbsent), asked);
        }

        async Task<Measurement> OfPathAsync()
        {
            var path = Path!.For(context.Day.Date);
            var found = await context.AskAsync(
                Connection,
                (IPathSource source, CancellationToken token) => source.FindAsync(path, token),
                cancellationToken);
            return found is null ? Missed($"{path} is not there.", isAbsent: true) : Taken(context.Day.MinutesAfter(found.Modified));
        }

        async Task<Measurement> OfQueryAsync(string sql)
        {
            var answer = await context.AskAsync(
                Connection,
                (IRowsSource source, CancellationToken token) => source.RowsAsync(sql, context.Day.Date, token),
                cancellationToken);
            return answer.First switch
            {
                DateTime time => Taken(context.Day.MinutesAfter(time)),
                null => Missed("The query returned no row, or NULL.", isAbsent: true),
                var other => Missed(
                    $"The query returned {Convert.ToString(other, CultureInfo.InvariantCulture)}, which is not a time: select a timestamp in its "
                        + "first column.",
                    isAbsent: false),
            };
        }

        Measurement Taken(double minutes) => new Measurement.Taken(context.Series(metric), minutes);

        Measurement Missed(string reason, bool isAbsent) => new Measurement.Missed(context.Series(metric), reason, isAbsent);
    }
}
