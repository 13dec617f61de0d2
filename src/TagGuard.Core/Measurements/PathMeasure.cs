using System.ComponentModel.DataAnnotations;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`path`: whether and when a file or folder was finished: a marker such as `_SUCCESS`, or a partition with all that lies in it.</summary>
/// <remarks>
/// A marker proves that the job which wrote it ended, not that the data is whole: have a `count` beside it. A folder is looked through when a key
/// asks for what only that tells; else it is enough that it is there.
/// </remarks>
public sealed record PathMeasure : IMeasure
{
    [Required, PlanKey("Connection that knows the path.")]
    public string Connection { get; init; } = "";

    [Required, PlanKey(
        "A file, or a folder such as a partition, with the date in it; tomorrow's is {date+1:yyyyMMdd}.",
        Example = "/user/hive/warehouse/dw.db/order_fact/data_date={date:yyyyMMdd}")]
    public DatePattern Path { get; init; } = new("");

    [PlanKey(
        "Clock time of the morning after the business date by which it must be there. Without it: whenever it is asked for.",
        Example = "\"08:00\"")]
    public TimeOnly? Deadline { get; init; }

    [PlanKey("How long it must have been left unchanged: a folder with every file and folder below it. Default 0s.", Example = "5m")]
    public TimeSpan StableFor { get; init; }

    [PlanKey("Name of the file that its job leaves in the folder when it ends; the folder is finished when that was written.", Example = "_SUCCESS")]
    public string? Marker { get; init; }

    [PlanKey("Files that the folder must hold at least, with the folders below it; names that begin with _ or . do not count. "
            + "Default 1 where it is looked through without a marker.", Example = "1")]
    public long? LeastFiles { get; init; }

    [PlanKey("Bytes that the file, or those files together, must have at least.", Example = "1000000")]
    public long? LeastBytes { get; init; }

    public IReadOnlyList<string> Metrics => [Facts.Metrics.ReadyMinutes];

    public IReadOnlyList<Need> Needs => [new(Connection, typeof(IPathSource))];

    public IReadOnlyList<IRule> Rules => [new DeadlineRule { Deadline = Deadline }];

    bool LooksThrough => StableFor > TimeSpan.Zero || Marker is not null || LeastFiles is not null || LeastBytes is not null;

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Path.Text.Length > 0 && !Path.HasDate)
            yield return ("path", $"\"{Path}\" is the same every day, so yesterday's file would pass as today's: put {{date:yyyyMMdd}} into it.");
        if (InsideFolder.MistakeIn(Path.Text, startsAtFolder: true) is { } outside)
            yield return ("path", outside);
        if (StableFor < TimeSpan.Zero)
            yield return ("stable_for", "A duration cannot be negative.");
        if (Marker is not null && MistakeInMarker(Marker) is { } mistake)
            yield return ("marker", mistake);
        if (LeastFiles < 1)
            yield return ("least_files", "Every folder holds that many: write 1 or more, or take it out.");
        if (LeastBytes < 1)
            yield return ("least_bytes", "Every file has that many: write 1 or more, or take it out.");
    }

    string? MistakeInMarker(string marker) =>
        marker.Length == 0 || marker is "." or ".." || marker.Contains('/')
            ? $"\"{marker}\" is not the name of a file in the folder: write one without slashes, such as _SUCCESS."
        : FolderLook.IsStaging(marker) ? $"{marker} is what is left while a job still writes: write the file that it leaves at its end."
        : Path.Text.EndsWith("/" + marker, StringComparison.Ordinal)
            ? $"`path` ends with {marker} already, and must be the folder it lies in: take it out there, or take `marker` out."
        : null;

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) => [new(Connection, Asked(date, sources))];

    string Asked(DateOnly date, ISources sources) => sources.Get<IPathSource>(Connection).Question(Path.For(date));

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var path = Path.For(context.Day.Date);
        var found = await context.AskAsync(
            Connection,
            (IPathSource source, CancellationToken token) => source.FindAsync(path, token),
            cancellationToken);
        var (state, told) = found switch
        {
            null => (PathState.Unready($"{path} is not there."), ""),
            { IsFolder: true } when LooksThrough => Folder(
                found, await FolderLook.ThroughAsync(context, Connection, found, Marker, cancellationToken), context.Clock.GetUtcNow()),
            _ => (File(found, context.Clock.GetUtcNow()), ""),
        };
        var series = context.Series(Facts.Metrics.ReadyMinutes);
        Measurement measurement = state.Finished is { } finished
            ? new Measurement.Taken(series, context.Day.MinutesAfter(finished.Modified))
            : new Measurement.Missed(series, state.Reason, state.MayCome);
        return new Taking([measurement], Asked(context.Day.Date, context.Sources) + told);
    }

    PathState File(PathInfo found, DateTimeOffset now) =>
        !found.IsFolder && (Marker is not null || LeastFiles is not null)
            ? PathState.Wrong($"{found.Path} is a file, and `{(Marker is null ? "least_files" : "marker")}` is about a folder. Correct `path`.")
        : !found.IsFolder && found.Bytes < LeastBytes
            ? PathState.Unready($"{found.Path} has {found.Bytes} bytes, at least {LeastBytes} required.")
        : PathState.Left(found, found, StableFor, now);

    (PathState State, string Told) Folder(PathInfo found, FolderLook? look, DateTimeOffset now)
    {
        if (look is null)
            return (PathState.Unready($"{found.Path} was changed while it was looked through."), "");
        // A folder that was made in advance is there before its data.
        var leastFiles = LeastFiles ?? (Marker is null ? 1 : 0);
        var finished = Marker is null ? look.Newest : look.Marker;
        var state =
            look.Staging is { } staging
                ? PathState.Unready($"{staging.Path} is there: a job still writes. Remove it when that job has died.")
            : look.Files < leastFiles ? PathState.Unready($"{found.Path} holds {look.Files} files, at least {leastFiles} required.")
            : look.Bytes < LeastBytes ? PathState.Unready($"{found.Path} holds {look.Bytes} bytes, at least {LeastBytes} required.")
            : finished is null ? PathState.Unready($"{found.Path} has no {Marker}.")
            : look.Newest?.Modified > finished.Modified
                ? PathState.Unready(
                    $"{look.Newest.Path} was written after {Marker}: the job runs again, or it is not the job's. Run the job once more.")
            : PathState.Left(finished, look.LastChange, StableFor, now);
        var evidence = state.Finished is null ? "" : $"; finished when {state.Finished.Name} was written";
        return (state, $" ({look.Files} files, {look.Bytes} bytes{evidence})");
    }
}
