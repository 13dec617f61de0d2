using System.ComponentModel.DataAnnotations;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`path`: whether and when a file or folder was last written, such as the `_SUCCESS` marker of a partition.</summary>
/// <remarks>A marker proves that the job which wrote it ended, not that the data is whole: have a `count` beside it.</remarks>
public sealed record PathMeasure : IMeasure
{
    [Required, PlanKey("Connection that knows the path.")]
    public string Connection { get; init; } = "";

    [Required, PlanKey("The path, with the date in it.", Example = "/user/hive/warehouse/dw.db/order_fact/data_date={date:yyyyMMdd}/_SUCCESS")]
    public DatePattern Path { get; init; } = new("");

    [PlanKey(
        "Clock time of the morning after the business date by which it must be there. Without it: whenever it is asked for.",
        Example = "\"08:00\"")]
    public TimeOnly? Deadline { get; init; }

    [PlanKey("How long it must have been left unchanged. Default 0s.", Example = "5m")]
    public TimeSpan StableFor { get; init; }

    public IReadOnlyList<string> Metrics => [Facts.Metrics.ReadyMinutes];

    public IReadOnlyList<Need> Needs => [new(Connection, typeof(IPathSource))];

    public IReadOnlyList<IRule> Rules => [new DeadlineRule { Deadline = Deadline }];

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Path.Text.Length > 0 && !Path.HasDate)
            yield return ("path", $"\"{Path}\" is the same every day, so yesterday's file would pass as today's: put {{date:yyyyMMdd}} into it.");
        if (InsideFolder.MistakeIn(Path.Text, startsAtFolder: true) is { } outside)
            yield return ("path", outside);
        if (StableFor < TimeSpan.Zero)
            yield return ("stable_for", "A duration cannot be negative.");
    }

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) =>
        [new(Connection, sources.Get<IPathSource>(Connection).Question(Path.For(date)))];

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var path = Path.For(context.Day.Date);
        var series = context.Series(Facts.Metrics.ReadyMinutes);
        var found = await context.AskAsync(
            Connection,
            (IPathSource source, CancellationToken token) => source.FindAsync(path, token),
            cancellationToken);
        var since = found is null ? TimeSpan.Zero : context.Clock.GetUtcNow() - found.Modified;
        var quiet = since > TimeSpan.Zero ? since : TimeSpan.Zero;
        Measurement measurement = found switch
        {
            null => new Measurement.Missed(series, $"{path} is not there.", IsAbsent: true),
            // A time far after now is not a time of a change: the rule says so.
            _ when quiet < StableFor && since > -ImpossibleTime.ClockDifference => new Measurement.Missed(
                series, $"{path} changed {quiet.TotalSeconds:0} s ago, and must be left unchanged for {StableFor.TotalSeconds:0} s.", IsAbsent: true),
            _ => new Measurement.Taken(series, context.Day.MinutesAfter(found.Modified)),
        };
        return new Taking([measurement], context.Sources.Get<IPathSource>(Connection).Question(path));
    }
}
