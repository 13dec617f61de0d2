using TagGuard.Facts;
using TagGuard.Keys;

namespace TagGuard.Judgements.Rules;

/// <summary>Two counts are equal within a tolerance; so are the keys behind them where rows are compared.</summary>
public sealed record EqualRule : IRule
{
    [PlanKey("How far the counts may lie apart.")]
    public Tolerance Tolerance { get; init; }

    [PlanIgnore]
    public string LeftName { get; init; } = "left";

    [PlanIgnore]
    public string RightName { get; init; } = "right";

    /// <summary>Whether keys that differ count, and not only the number of rows.</summary>
    [PlanIgnore]
    public bool ComparesRows { get; init; }

    /// <summary>The file that the differing keys are written to, or null.</summary>
    [PlanIgnore]
    public DatePattern? Export { get; init; }

    public string Kind => "equal";

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metrics.RightRows];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var right = new SeriesId(batch.Check, Metrics.RightRows);
        var sides = (Of(batch, Metrics.LeftRows), Of(batch, Metrics.RightRows));
        yield return sides switch
        {
            (Measurement.Taken left, Measurement.Taken taken) => Compare(left.Value, taken.Value, right, new DrillText(batch, LeftName, RightName, Export)),
            // A side that could not be asked is worse to know nothing about than one that is known to be absent.
            (Measurement.Missed { IsAbsent: false } missed, _) => Side(missed, LeftName, right),
            (_, Measurement.Missed missed) => Side(missed, RightName, right),
            (Measurement.Missed missed, _) => Side(missed, LeftName, right),
            _ => Unjudged.Missing(Kind, batch, Metrics.RightRows),
        };
    }

    static Measurement? Of(Batch batch, string metric)
    {
        var series = new SeriesId(batch.Check, metric);
        return batch.Today.FirstOrDefault(measurement => measurement.Series == series);
    }

    Judgement Side(Measurement.Missed missed, string name, SeriesId right) =>
        Unjudged.Missing(Kind, missed with { Series = right, Reason = $"{name} gave no count. {missed.Reason}" });

    Judgement Compare(double left, double right, SeriesId series, DrillText drill)
    {
        var allowed = Tolerance.Of(left, right);
        var apart = Math.Abs(right - left);
        var holds = $"{RightName} holds {Say.Number(right)}, {LeftName} {Say.Number(left)}";
        var difference = $"{Say.Number(apart)} {(right < left ? "fewer" : "more")} ({Say.Share(apart, Math.Max(left, right))}), allowed {Tolerance}";
        // Zero is looked at before the tolerance: a generous one must not let an empty table through.
        var (finding, sentence) = (left, right) switch
        {
            (0, 0) => (Finding.Zero, $"{RightName} and {LeftName} both hold 0: nothing on either side is no agreement."),
            (0, _) or (_, 0) => (Finding.Zero, $"{holds}: one side is empty."),
            _ when apart > allowed => (Finding.Different, $"{holds}: {difference}.{drill.Sentences}"),
            _ when ComparesRows && !drill.IsThere => (Finding.Missing, $"{holds}.{drill.Sentences}"),
            _ when ComparesRows && drill.Differing > allowed => (Finding.Different, $"{holds}, and their rows differ, allowed {Tolerance}.{drill.Sentences}"),
            _ when ComparesRows && drill.Differing > 0 => (Finding.Normal, $"{holds}, and some rows differ, allowed {Tolerance}.{drill.Sentences}"),
            _ when apart > 0 => (Finding.Normal, $"{holds}: {difference}."),
            _ => (Finding.Normal, $"Both hold {Say.Number(right)}{(ComparesRows ? ", row by row the same" : "")}."),
        };
        var part = Tolerance.Amount / 100;
        return new Judgement
        {
            Series = series,
            Rule = Kind,
            Verdict = finding switch { Finding.Normal => Verdict.Pass, Finding.Missing => Verdict.Unknown, _ => Verdict.Fail },
            Finding = finding,
            Sentence = sentence,
            Value = right,
            Expected = left,
            Low = Tolerance.IsPercent ? left * (1 - part) : left - Tolerance.Amount,
            High = Tolerance.IsPercent ? (part < 1 ? Math.Clamp(left / (1 - part), double.MinValue, double.MaxValue) : null) : left + Tolerance.Amount,
        };
    }
}
