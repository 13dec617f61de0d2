using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>The newest event lies close enough to the end of the business date, and is one that can have been.</summary>
public sealed record FreshnessRule : IRule
{
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
                return [ImpossibleTime.Of(Kind, taken, batch, newest, new Phrase("verdict.newest_event"))];
        }
        return new ExpectRule { Metric = Metrics.LagMinutes, AtMost = MaxLag.TotalMinutes }
            .Judge(batch)
            .Select(judgement => judgement with { Rule = Kind });
    }
}
