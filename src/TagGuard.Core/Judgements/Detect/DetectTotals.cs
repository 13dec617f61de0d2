using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;

namespace TagGuard.Judgements.Detect;

/// <summary>Judges rows, tagged users and active users, each by its own past: there is nothing else to compare the whole of a check with.</summary>
sealed class DetectTotals(DetectRule rule, Batch batch)
{
    /// <summary>About one day in 250 of a series alone.</summary>
    const double WarnScore = 4.2;

    static readonly double FailScore = DetectorSettings.Default.AlarmScore;

    public IReadOnlyList<Judgement> Judge(IReadOnlyList<Measurement.Taken> totals) => [.. totals.Select(Judge)];

    Judgement Judge(Measurement.Taken total)
    {
        var morning = VolumeMorning.Of(batch, [total], VolumeMorning.LivesOf(batch, [total], rule), rule);
        var life = morning.Lives[0];
        var result = Detector.Judge(morning.Counts, rule.Settings).Tags[0];
        var found = new Detected(result, null, life.WasAtFault);
        if (life.WasAtFault && new Detected(Detector.Judge(morning.WithoutLastFaults(), rule.Settings).Tags[0], null, true) is var neverBeen && neverBeen.IsMilderThan(found))
            found = neverBeen;
        if (total.Value <= 0 && life.Days >= 3 && life.LastUsers is not null)
            return Zero(total, life, result.Expected);
        return life.Days < rule.WarmUpDays || double.IsNaN(result.Score)
            ? Unjudged.NoHistory(rule.Kind, total, life.Days == 0, checkHasHistory: false, $"{Say.Many(life.Days, "day")} known, {rule.WarmUpDays} wanted")
            : new DetectVerdict(rule, batch, WarnScore * batch.Widening, FailScore * batch.Widening).Of(total, life, found);
    }

    /// <summary>A whole check at zero is a fault on the second day as on the first.</summary>
    Judgement Zero(Measurement.Taken total, TagLife life, double expected) => new()
    {
        Series = total.Series,
        Rule = rule.Kind,
        Verdict = Verdict.Fail,
        Finding = Finding.Zero,
        Sentence = $"{Say.Count(total.Value, total.Series)}{(double.IsNaN(expected) ? "" : $", where {Say.Number(expected)} are expected of a {batch.Day.Date.DayOfWeek}")}; the last that were not zero are of {life.LastUsers:yyyy-MM-dd}.",
        Value = total.Value,
        Expected = double.IsNaN(expected) ? null : Math.Round(expected, 1),
        Low = 1,
    };
}
