using System.Globalization;
using TagGuard.Detection;
using TagGuard.Facts;
using TagGuard.Judgements.Past;

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
        var (result, together, score) = (found.Result, found.Together, found.Score);
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
            Sentence = isGone ? GoneSince(today, life) : Sentence(today, result, expected, low, high, finding, found.GoesOn && verdict != Verdict.Pass),
            Value = today.Value,
            Expected = expected,
            Low = low,
            High = high,
            Together = together,
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
        var high = rule.MinChange.Rise is double rise ? Math.Min(double.MaxValue, Math.Max(result.HighAt(score), expected * (1 + rise / 100))) : (double?)null;
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

    string Sentence(Measurement.Taken today, in TagResult result, double expected, double? low, double? high, Finding finding, bool goesOn)
    {
        var count = Say.Count(today.Value, today.Series);
        if (finding == Finding.StaleCopy)
            return $"{count}, exactly as the day before; by chance that happens once in {Say.Number(Math.Round(1 / result.RepeatChance))} days.";
        var common = Math.Abs(result.CommonMove) >= WorthAWord ? $" on which all moved {Say.Signed((Math.Exp(result.CommonMove) - 1) * 100)}" : "";
        var against = expected < 0.5 ? "where none are" : today.Value <= 0 ? $"where {Say.Number(expected)} are" : $"{Say.Against(today.Value, expected)} the {Say.Number(expected)}";
        var range = (low, high) switch
        {
            (double from, double to) => $"{Say.Number(Math.Ceiling(from))} to {Say.Number(Math.Floor(to))} would not fail",
            (double from, _) => $"{Say.Number(Math.Ceiling(from))} and more would not fail",
            (_, double to) => $"up to {Say.Number(Math.Floor(to))} would not fail",
            _ => "no count short of zero would fail",
        };
        return $"{count}, {against} expected of a {batch.Day.Date.DayOfWeek}{common}; {range}.{(goesOn ? " Goes on from the day before, which was neither repaired nor accepted." : "")}";
    }

    static string GoneSince(Measurement.Taken today, TagLife life) => string.Create(
        CultureInfo.InvariantCulture, $"{Say.Count(today.Value, today.Series)}, and none since {life.LastUsers:yyyy-MM-dd}; told when it fell to zero.");
}
