using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Judgements;

/// <summary>Verdicts for what has no number, or nothing to compare it with. Each has a name, so that none of it passes.</summary>
static class Unjudged
{
    /// <summary>The source said that the data is not there (Fail), or could not be asked (Unknown).</summary>
    public static Judgement Missing(string rule, Measurement.Missed missed) => Missing(rule, missed, Phrase.Text(missed.Reason));

    /// <summary>The same with another reason.</summary>
    public static Judgement Missing(string rule, Measurement.Missed missed, Phrase reason) => new()
    {
        Series = missed.Series,
        Rule = rule,
        Verdict = missed.IsAbsent ? Verdict.Fail : Verdict.Unknown,
        Finding = missed.IsWrongQuestion ? Finding.WrongQuestion : Finding.Missing,
        Said = new Phrase(
            missed.IsAbsent ? "verdict.absent" : missed.IsWrongQuestion ? "verdict.wrong_question" : "verdict.not_measured",
            ("reason", reason)),
    };

    /// <summary>The series is not among the measurements: the whole measurement was missed, or it has no such number.</summary>
    public static Judgement Missing(string rule, Batch batch, string metric)
    {
        var series = new SeriesId(batch.Check, metric);
        var missed = batch.Today.OfType<Measurement.Missed>().MinBy(missed => missed.Series);
        return missed is not null
            ? Missing(rule, missed with { Series = series })
            : Missing(rule, new Measurement.Missed(series, "", IsAbsent: false), new Phrase("verdict.no_metric", ("metric", metric), ("rule", rule)));
    }

    /// <summary>The kind under which the verdict of a check is stored that no rule decided.</summary>
    public const string SilentKind = "silent";

    /// <summary>No rule of a blocking check said anything that could close the gate: what
    /// was missed is reported, else that nothing was decided.</summary>
    /// <param name="batch">What was measured.</param>
    /// <param name="metric">What stands for the whole check.</param>
    /// <param name="verdicts">How many verdicts there are that cannot close the gate.</param>
    public static Judgement Silent(Batch batch, string metric, int verdicts)
    {
        var series = new SeriesId(batch.Check, metric);
        if (batch.Today.OfType<Measurement.Missed>().MinBy(missed => missed.Series) is { } missed)
            return Missing(SilentKind, missed with { Series = series });
        return new Judgement
        {
            Series = series,
            Rule = SilentKind,
            Verdict = Verdict.Unknown,
            Finding = Finding.NotJudged,
            Said = verdicts == 0 ? new Phrase("verdict.silent") : new Phrase("verdict.silent_only_tells", ("verdicts", verdicts)),
            Value = batch.Today.OfType<Measurement.Taken>().FirstOrDefault(taken => taken.Series == series)?.Value,
        };
    }

    /// <summary>Too few accepted days. A key that comes later than its check is reported and holds nobody up; a check without history does.</summary>
    /// <param name="rule">The rule's kind.</param>
    /// <param name="today">What was measured.</param>
    /// <param name="isFirst">Whether the series has no accepted day at all.</param>
    /// <param name="checkHasHistory">Whether other series of the check have enough.</param>
    /// <param name="lack">What there is and what is wanted.</param>
    public static Judgement NoHistory(string rule, Measurement.Taken today, bool isFirst, bool checkHasHistory, Phrase lack)
    {
        var isLater = today.Series.Key.Length > 0 && checkHasHistory;
        return new Judgement
        {
            Series = today.Series,
            Rule = rule,
            Verdict = Verdict.Unknown,
            Finding = isLater && isFirst ? Finding.New : Finding.NoHistory,
            Said = isLater && isFirst ? Said.Of("verdict.new", today) : Said.Of("verdict.no_history", today, ("lack", lack)),
            Value = today.Value,
            Blocking = !isLater,
        };
    }

    /// <summary>Something where nothing is expected: no percentage says how much that is.</summary>
    public static Judgement OutOfNothing(string rule, Measurement.Taken today, Phrase reference) => new()
    {
        Series = today.Series,
        Rule = rule,
        Verdict = Verdict.Unknown,
        Finding = Finding.Rise,
        Said = Said.Of("verdict.out_of_nothing", today, ("reference", reference)),
        Value = today.Value,
        Expected = 0,
        Blocking = today.Series.Key.Length == 0,
    };

    /// <summary>A key that is too small, today and before, for its percentages to mean anything.</summary>
    public static Judgement Small(string rule, Measurement.Taken today, double expected, long minUsers, IReadOnlyList<Day> used) => new()
    {
        Series = today.Series,
        Rule = rule,
        Verdict = Verdict.Pass,
        Finding = Finding.Normal,
        Said = Said.Of("verdict.small", today, ("expected", expected), ("least", minUsers)),
        Value = today.Value,
        Expected = expected,
        Used = used,
    };
}
