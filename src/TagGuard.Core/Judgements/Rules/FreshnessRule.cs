using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>The newest event lies close enough to the end of the business date, and is one that can have been.</summary>
public sealed record FreshnessRule : IRule
{
    /// <summary>How far the newest event of a day may lie from that of another.</summary>
    static readonly TimeSpan MostApart = TimeSpan.FromMinutes(5);

    const int DaysOfUsual = 14;

    [PlanKey("Largest gap between the newest event and the end of the business date.")]
    public TimeSpan MaxLag { get; init; }

    [PlanKey("How far after now the newest event may lie.")]
    public TimeSpan MaxAhead { get; init; } = ImpossibleTime.ClockDifference;

    public string Kind => "freshness";

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metrics.LagMinutes];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var series = new SeriesId(batch.Check, Metrics.LagMinutes);
        if (batch.Today.FirstOrDefault(measurement => measurement.Series == series) is Measurement.Taken taken)
        {
            var newest = batch.Day.InstantAfter(-taken.Value);
            if (ImpossibleTime.IsAhead(newest, batch.Now, MaxAhead) || ImpossibleTime.IsZero(newest))
                return [ImpossibleTime.Of(Kind, taken, batch, newest, new Phrase("verdict.newest_event")) with { Clue = ZoneOff(taken, batch) }];
        }
        return new ExpectRule { Metric = Metrics.LagMinutes, AtMost = MaxLag.TotalMinutes }
            .Judge(batch)
            .Select(judgement => judgement with
            {
                Rule = Kind,
                Clue = judgement is { Verdict: Verdict.Fail, Value: double lag } ? ZoneOff(new Measurement.Taken(series, lag), batch) : null,
            });
    }

    /// <summary>A lag that differs from the usual one by the zone's distance to UTC, to some minutes: times of another zone, and nothing
    /// is late.</summary>
    static Phrase? ZoneOff(Measurement.Taken lag, Batch batch)
    {
        var offset = batch.Day.Zone.GetUtcOffset(batch.Day.MorningAfter(TimeOnly.MinValue));
        var days = batch.History.Of(lag.Series).TakeLast(DaysOfUsual).Select(day => day.Value).Order().ToList();
        var usual = days.Count > 0 ? days[days.Count / 2] : 0;
        var off = lag.Value - usual;
        return offset != TimeSpan.Zero && Math.Abs(Math.Abs(off) - Math.Abs(offset.TotalMinutes)) <= MostApart.TotalMinutes
            ? new Phrase(
                off > 0 ? "cause.zone_behind" : "cause.zone_ahead",
                ("offset", Math.Abs(offset.TotalHours)),
                ("zone", batch.Day.Zone.Id))
            : null;
    }
}
