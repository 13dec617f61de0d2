using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Detect;

/// <summary>Turns what the detector found of one series into a verdict with its sentence.</summary>
/// <param name="rule">The rule's settings.</param>
/// <param name="batch">What is judged.</param>
/// <param name="told">The score from which a series is told.</param>
/// <param name="fails">The score from which it fails.</param>
sealed class DetectVerdict(DetectRule rule, Batch batch, double told, double fails)
{
    /// <summary>What all did together is worth a word from here on, in log units.</summary>
    const double WorthAWord = 0.02;

    /// <param name="today">The series with today's count.</param>
    /// <param name="life">What was known of it.</param>
    /// <param name="found">What the detector found.</param>
    public Judgement Of(Measurement.Taken today, TagLife life, Detected found)
    {
        var (result, together, score) = (found.Result, found.Shared, found.Score);
        var value = Math.Max(today.Value, 0);
        var expected = Math.Round(result.ExpectedToday, 1);
        var (low, high) = Limits(result, expected, fails);
        var (tellLow, tellHigh) = Limits(result, expected, told);
        var own = FindingOf(value, result, expected);
        var finding = own == Finding.Zero ? own : together?.Finding ?? own;
        var isGone = value <= 0 && life.WasZero && together is null;
        var verdict = together is not null ? Verdict.Fail
            : isGone || !IsWorthALine(value, expected, finding) ? Verdict.Pass
            : score >= fails ? Verdict.Fail
            : score >= told ? Verdict.Warn
            : Verdict.Pass;
        return new Judgement
        {
            Series = today.Series,
            Rule = rule.Kind,
            Verdict = verdict,
            Finding = verdict != Verdict.Pass ? finding : isGone ? Finding.Gone : Finding.Normal,
            Said = isGone ? GoneSince(today, life) : Say(today, result, expected, low, high, finding, found.GoesOn && verdict != Verdict.Pass),
            Value = today.Value,
            Expected = expected,
            Low = low,
            High = high,
            Shared = together,
            Parts = new Decomposition
            {
                OwnPast = result.Expected,
                SeasonFactor = result.SeasonFactor,
                CommonFactor = Math.Exp(result.CommonMove),
                Noise = result.Noise,
                Score = score,
                TellScore = told,
                FailScore = fails,
                TellLow = tellLow,
                TellHigh = tellHigh,
            },
        };
    }

    (double? Low, double? High) Limits(in TagResult result, double expected, double score)
    {
        var low = rule.MinChange.Drop is double drop ? Math.Min(result.LowAt(score), expected * (1 + drop / 100)) : (double?)null;
        var high = rule.MinChange.Rise is double rise
            ? Math.Min(double.MaxValue, Math.Max(result.HighAt(score), expected * (1 + rise / 100)))
            : (double?)null;
        // Below the scale's end there is only zero itself.
        return (low > 0 ? low : low is not null && expected >= 0.5 && result.ScoreOfZero >= score ? 1 : null, high);
    }

    static Finding FindingOf(double value, in TagResult result, double expected) =>
        value <= 0 && expected >= 0.5 ? Finding.Zero
        : result.Notes.HasFlag(TagNotes.Repeated) && Math.Abs(result.Residual) < 2 * result.Noise ? Finding.StaleCopy
        : value < expected ? Finding.Drop
        : value > expected ? Finding.Rise
        : Finding.Normal;

    bool IsWorthALine(double value, double expected, Finding finding) => finding switch
    {
        Finding.Zero or Finding.StaleCopy => true,
        Finding.Drop => value < expected * (1 + rule.MinChange.Drop / 100),
        Finding.Rise => value > expected * (1 + rule.MinChange.Rise / 100),
        _ => false,
    };

    Phrase Say(Measurement.Taken today, in TagResult result, double expected, double? low, double? high, Finding finding, bool goesOn)
    {
        if (finding == Finding.StaleCopy)
            return new Phrase("verdict.by_chance", ("found", Said.Of("verdict.exactly", today)), ("days", Math.Round(1 / result.RepeatChance)));
        var weekday = Said.Weekday(batch.Day.Date);
        var reference = Math.Abs(result.CommonMove) >= WorthAWord
            ? new Phrase("verdict.expected_moved", ("expected", expected), ("weekday", weekday), ("all", (Math.Exp(result.CommonMove) - 1) * 100))
            : new Phrase("verdict.expected_on", ("expected", expected), ("weekday", weekday));
        var found = expected < 0.5 ? Said.Of("verdict.none_expected", today, ("weekday", weekday)) : Said.Against(today, expected, reference);
        var judged = new Phrase("verdict.judged", ("found", found), ("range", Said.Range(low, high)));
        return goesOn ? judged.And(new Phrase("verdict.goes_on")) : judged;
    }

    static Phrase GoneSince(Measurement.Taken today, TagLife life) => new(
        "verdict.gone", ("found", Said.Of("verdict.counted", today)), ("date", life.LastUsers));
}
