using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>What was asked for holds: it was measured. Until then it is not ready, and late after its deadline.</summary>
public sealed record HoldsRule : IRule
{
    [PlanKey("Which number stands for it.")]
    public string Metric { get; init; } = "";

    [PlanKey("Clock time of the morning after the business date.")]
    public TimeOnly? Deadline { get; init; }

    /// <summary>What holds.</summary>
    [PlanIgnore]
    public required Phrase Holding { get; init; }

    public string Kind => "holds";

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metric];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var series = new SeriesId(batch.Check, Metric);
        yield return batch.Today.FirstOrDefault(measurement => measurement.Series == series) switch
        {
            Measurement.Taken taken => new Judgement
            {
                Series = series,
                Rule = Kind,
                Verdict = Verdict.Pass,
                Finding = Finding.Normal,
                Said = Holding,
                Value = taken.Value,
            },
            Measurement.Missed { IsAbsent: true } missed => Due.NotThere(Kind, missed, batch, Deadline),
            Measurement.Missed missed => Unjudged.Missing(Kind, missed),
            _ => Unjudged.Missing(Kind, batch, Metric),
        };
    }
}
