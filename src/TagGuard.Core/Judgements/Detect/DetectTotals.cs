using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;
using TagGuard.Phrases;

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
        var found = Detected.Of(morning)[0];
        if (total.Value <= 0 && life.Days >= 3 && life.LastUsers is not null)
            return Zero(total, life, found.Result.Expected);
        var verdict = new DetectVerdict(rule, rule.MinTotalChange, batch, WarnScore * batch.Widening, FailScore * batch.Widening);
        return life.Days < rule.WarmUpDays || double.IsNaN(found.Score)
            ? Unjudged.NoHistory(
                rule.Kind,
                total,
                life.Days == 0,
                checkHasHistory: false,
                new Phrase("verdict.lack_known", ("days", life.Days), ("needed", rule.WarmUpDays)))
            : verdict.Of(total, morning, 0, found);
    }

    /// <summary>A whole check at zero is a fault on the second day as on the first.</summary>
    Judgement Zero(Measurement.Taken total, TagLife life, double expected) =>
        new()
        {
            Series = total.Series,
            Rule = rule.Kind,
            Verdict = Verdict.Fail,
            Finding = Finding.Zero,
            Said = new Phrase(
                "verdict.zero_since",
                ("found", double.IsNaN(expected) ? Said.Of("verdict.counted", total) : Instead(total, expected)),
                ("date", life.LastUsers)),
            Value = total.Value,
            Expected = double.IsNaN(expected) ? null : Math.Round(expected, 1),
            Low = 1,
        };

    Phrase Instead(Measurement.Taken total, double expected) =>
        Said.Of(
            "verdict.instead",
            total,
            ("reference", new Phrase("verdict.expected_on", ("expected", expected), ("weekday", Said.Weekday(batch.Day.Date)))));
}
