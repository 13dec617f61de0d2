using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>A number is what it should be: equal, at least, at most.</summary>
public sealed record ExpectRule : IRule, INamedRule
{
    [PlanKey("Which number. Default rows.")]
    public string Metric { get; init; } = Metrics.Rows;

    [PlanKey("The number that is right.", Name = "equals")]
    public double? Exactly { get; init; }

    [PlanKey("The smallest that is right.")]
    public double? AtLeast { get; init; }

    [PlanKey("The largest that is right.")]
    public double? AtMost { get; init; }

    /// <summary>Whether too little means "not there yet" (log rows that will still come) and not "wrong".</summary>
    [PlanIgnore]
    public bool MayStillCome { get; init; }

    /// <summary>Clock time of the morning after the business date until which it may still come; null when there is none.</summary>
    [PlanIgnore]
    public TimeOnly? Deadline { get; init; }

    /// <summary>What is counted, when the check counts several things; begins the sentence.</summary>
    [PlanIgnore]
    public string Subject { get; init; } = "";

    public static string Name => "expect";

    public string Kind => Name;

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metric];

    /// <summary>Whether anything is expected.</summary>
    internal bool IsSet => (Exactly ?? AtLeast ?? AtMost) is not null;

    internal double? Low => Exactly ?? AtLeast;

    double? High => Exactly ?? AtMost;

    internal Phrase Required => (Exactly, AtLeast, AtMost) switch
    {
        (double exactly, _, _) => new Phrase("verdict.required", ("low", exactly)),
        (_, double least, double most) => new Phrase("verdict.required_between", ("low", least), ("high", most)),
        (_, double least, _) => new Phrase("verdict.required_at_least", ("low", least)),
        _ => new Phrase("verdict.allowed_at_most", ("high", AtMost)),
    };

    public IEnumerable<KeyMistake> Mistakes()
    {
        var bounds = new (string Key, double? Value)[] { ("equals", Exactly), ("at_least", AtLeast), ("at_most", AtMost) };
        foreach (var (key, value) in bounds)
        {
            if (value is double number && !double.IsFinite(number))
                yield return (key, $"{key}: {number} is not a number: write one, such as {key}: 1.");
            else if (value < 0 && key != "at_least" && !MayBeNegative)
                yield return (key, $"{key}: {Figures.Number(value.Value)} can never be met: {Metric} is a count, and a count is never under 0.");
        }
        if (Low is null && High is null)
            yield return (null, "Nothing is expected, so it could never fail: add `equals`, `at_least` or `at_most`.");
        if (AtLeast > AtMost)
            yield return (
                "at_least",
                $"at_least {Figures.Number(AtLeast.Value)} is more than at_most {Figures.Number(AtMost.Value)}: no number is both, so it would "
                    + "always fail. Swap them.");
        else if (Exactly < AtLeast || Exactly > AtMost)
            yield return (
                "equals",
                $"equals {Figures.Number(Exactly.Value)} lies outside at_least and at_most, so it would always fail: keep `equals` alone.");
        if (AtLeast <= 0 && Exactly is null && AtMost is null && !MayBeNegative)
            yield return (
                "at_least",
                $"at_least {Figures.Number(AtLeast.Value)} can never fail: {Metric} is a count, and a count is never under 0. Use e.g. at_least: 1.");
    }

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var series = new SeriesId(batch.Check, Metric);
        yield return batch.Today.FirstOrDefault(measurement => measurement.Series == series) switch
        {
            Measurement.Taken taken => Judge(taken, batch),
            Measurement.Missed { IsAbsent: true } missed when MayStillCome => Due.NotThere(Kind, missed, batch, Deadline),
            Measurement.Missed missed => Unjudged.Missing(Kind, missed),
            _ => Unjudged.Missing(Kind, batch, Metric),
        };
    }

    Judgement Judge(Measurement.Taken taken, Batch batch)
    {
        // Of several conditions each is named by its metric, and all of them count rows.
        var counted = Subject.Length > 0 ? taken with { Series = taken.Series with { Metric = Metrics.Rows } } : taken;
        var isAwaited = MayStillCome && taken.Value < Low;
        var (finding, said) = taken.Value switch
        {
            var value when isAwaited => (
                Due.FindingAt(batch, Deadline),
                Said.Of("verdict.still_missing", counted, ("required", Required), ("short", Low - value))),
            0 when Low > 0 => (Finding.Zero, Said.Of("verdict.expect", counted, ("required", Required))),
            var value when value < Low => (Finding.Drop, Said.Of("verdict.too_few", counted, ("required", Required), ("short", Low - value))),
            var value when value > High => (
                MayBeNegative ? Finding.Late : Finding.Rise, Said.Of("verdict.too_many", counted, ("required", Required), ("over", value - High))),
            _ => (Finding.Normal, Said.Of("verdict.expect", counted, ("required", Required))),
        };
        if (Subject.Length > 0)
            said = new Phrase("verdict.about", ("subject", Subject), ("said", said));
        return new Judgement
        {
            Series = taken.Series,
            Rule = Kind,
            Verdict = finding == Finding.Normal ? Verdict.Pass : Verdict.Fail,
            Finding = finding,
            Said = isAwaited ? Due.With(said, batch, Deadline) : said,
            Value = taken.Value,
            Expected = Exactly,
            Low = Low,
            High = High,
        };
    }

    bool MayBeNegative => Metric is Metrics.LagMinutes or Metrics.ReadyMinutes;
}
