using TagGuard.Detection;
using TagGuard.Detection.Drifts;
using TagGuard.Facts;
using TagGuard.Judgements.Past;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Detect;

/// <summary>Turns what the detector found of one series into a verdict with its sentence.</summary>
/// <param name="rule">The rule's settings.</param>
/// <param name="quiet">Changes that are not worth telling.</param>
/// <param name="batch">What is judged.</param>
/// <param name="told">The score from which a series is told.</param>
/// <param name="fails">The score from which it fails.</param>
sealed class DetectVerdict(DetectRule rule, Limits quiet, Batch batch, double told, double fails)
{
    /// <summary>What all did together is worth a word from here on, in log units.</summary>
    const double WorthAWord = 0.02;

    /// <summary>Users that nobody wants to be told of, whatever the tag.</summary>
    const double FewUsers = 5;

    /// <param name="today">The series with today's count.</param>
    /// <param name="morning">Where it is among others.</param>
    /// <param name="row">Its row there.</param>
    /// <param name="found">What the detector found.</param>
    public Judgement Of(Measurement.Taken today, VolumeMorning morning, int row, Detected found)
    {
        var life = morning.Lives[row];
        var (result, together, score) = (found.Result, found.Shared, found.Score);
        var value = Math.Max(today.Value, 0);
        var expected = Math.Round(result.ExpectedToday, 1);
        var (low, high) = Limits(result, expected, fails, QuietLow(expected), QuietHigh(expected));
        var (tellLow, tellHigh) = Limits(result, expected, told, QuietLow(expected), QuietHigh(expected));
        var (seenLow, seenHigh) = Limits(result, expected, told, expected, expected);
        var own = FindingOf(value, result, expected);
        var finding = own == Finding.Zero ? own : together?.Finding ?? own;
        // What went together is told every day, until somebody takes it as right.
        var isGone = value <= 0 && life.WasZero && (together is null || !life.WasAtFault);
        var verdict = isGone ? Verdict.Pass
            : together is not null ? Verdict.Fail
            : !IsWorthALine(value, expected, finding) ? Verdict.Pass
            : score >= fails ? Verdict.Fail
            : score >= told || StaysUndecided(found) ? Verdict.Warn
            : Verdict.Pass;
        return new Judgement
        {
            Series = today.Series,
            Rule = rule.Kind,
            Verdict = verdict,
            Finding = verdict != Verdict.Pass ? finding : isGone ? Finding.Gone : Finding.Normal,
            Said = isGone ? GoneSince(today, life) : WithCohort(
                Say(today, found, expected, low, high, finding, verdict != Verdict.Pass, morning.Counts.Of(row)),
                today.Series,
                morning.LeavingOf(row),
                isRise: verdict != Verdict.Pass && finding == Finding.Rise),
            Value = today.Value,
            Expected = expected,
            // A count that is yesterday's is out of order wherever it lies.
            Low = finding == Finding.StaleCopy && verdict != Verdict.Pass ? null : low,
            High = finding == Finding.StaleCopy && verdict != Verdict.Pass ? null : high,
            Shared = isGone ? null : together,
            Parts = new Decomposition
            {
                OwnPast = result.Expected,
                SeasonFactor = result.SeasonFactor,
                CommonFactor = Math.Exp(result.CommonMove),
                Noise = result.Noise,
                Score = score,
                TellScore = told,
                FailScore = fails,
                SeenLow = seenLow,
                SeenHigh = seenHigh,
                TellLow = tellLow,
                TellHigh = tellHigh,
            },
        };
    }

    /// <summary>What was only told on its first day is told on the second for what it is; what failed and fails no more was accepted.</summary>
    bool StaysUndecided(Detected found) => found.Stays == 1 && found.Result.ScoreAsNew >= told && found.Result.ScoreAsNew < fails;

    /// <summary>The counts that score no more, or that are quiet; null on a side where none is told.</summary>
    static (double? Low, double? High) Limits(in TagResult result, double expected, double score, double? quietLow, double? quietHigh)
    {
        var low = quietLow is double lowest ? Math.Min(result.LowAt(score), lowest) : (double?)null;
        var high = quietHigh is double highest ? Math.Min(double.MaxValue, Math.Max(result.HighAt(score), highest)) : (double?)null;
        // Below the scale's end there is only zero itself.
        return (low > 0 ? low : low is not null && expected >= 0.5 && result.ScoreOfZero >= score ? 1 : null, high);
    }

    /// <summary>The least count that is not worth telling; null when no fall is.</summary>
    double? QuietLow(double expected) => quiet.Drop is double drop ? Math.Min(expected * (1 + drop / 100), expected - FewUsers) : null;

    /// <summary>The greatest count that is not worth telling; null when no rise is.</summary>
    double? QuietHigh(double expected) => quiet.Rise is double rise ? Math.Max(expected * (1 + rise / 100), expected + FewUsers) : null;

    static Finding FindingOf(double value, in TagResult result, double expected) =>
        value <= 0 && expected >= 0.5 ? Finding.Zero
        : result.Notes.HasFlag(TagNotes.Repeated) && Math.Abs(result.Residual) < 2 * result.Noise ? Finding.StaleCopy
        : value < expected ? Finding.Drop
        : value > expected ? Finding.Rise
        : Finding.Normal;

    bool IsWorthALine(double value, double expected, Finding finding) => finding switch
    {
        Finding.Zero or Finding.StaleCopy => true,
        Finding.Drop => value < QuietLow(expected),
        Finding.Rise => value > QuietHigh(expected),
        _ => false,
    };

    Phrase Say(
        Measurement.Taken today,
        Detected seen,
        double expected,
        double? low,
        double? high,
        Finding finding,
        bool isTold,
        ReadOnlySpan<double> row)
    {
        var result = seen.Result;
        if (finding == Finding.StaleCopy)
            return new Phrase("verdict.by_chance", ("found", Said.Of("verdict.exactly", today)), ("days", Math.Round(1 / result.RepeatChance)));
        var weekday = Said.Weekday(batch.Day.Date);
        var reference = Math.Abs(result.CommonMove) >= WorthAWord
            ? new Phrase("verdict.expected_moved", ("expected", expected), ("weekday", weekday), ("all", (Math.Exp(result.CommonMove) - 1) * 100))
            : new Phrase("verdict.expected_on", ("expected", expected), ("weekday", weekday));
        var found = expected < 0.5 ? Said.Of("verdict.none_expected", today, ("weekday", weekday)) : Said.Against(today, expected, reference);
        var isMove = isTold && seen.Shared is null && finding is Finding.Drop or Finding.Rise && expected >= 0.5;
        var slow = isMove && DriftStart.Of(row) is { IsSlow: true } start && start.PerDay > 0 == today.Value > expected ? start : (DriftStart?)null;
        var stays = isMove && slow is null && seen.Stays > 0;
        if (stays)
            found = new Phrase(
                "verdict.staying",
                ("found", found),
                ("weekday", Said.Weekday(batch.Day.Date.AddDays(-seen.Stays))));
        var judged = new Phrase("verdict.judged", ("found", found), ("range", Said.Range(low, high)));
        if (seen.GoesOn && isTold)
            judged = judged.And(new Phrase("verdict.goes_on"));
        if (slow is { } began)
            judged = judged.And(DriftRule.SlowSince(batch, began));
        return stays ? judged.And(new Phrase("verdict.definition")) : judged;
    }

    /// <summary>Of a tag with a window: who left with it, and when those leave that came.</summary>
    Phrase WithCohort(Phrase said, SeriesId series, Cohort? left, bool isRise)
    {
        if (rule.WindowOf(series, batch.Families) is not int window)
            return said;
        if (left is { } cohort)
            said = said.And(new Phrase(
                "verdict.cohort_left",
                ("users", cohort.Users),
                ("date", batch.Day.Date.AddDays(-cohort.Came)),
                ("window", window)));
        return isRise ? said.And(new Phrase("verdict.cohort_leaves", ("window", window), ("date", batch.Day.Date.AddDays(window)))) : said;
    }

    static Phrase GoneSince(Measurement.Taken today, TagLife life) => new(
        "verdict.gone", ("found", Said.Of("verdict.counted", today)), ("date", life.LastUsers));
}
