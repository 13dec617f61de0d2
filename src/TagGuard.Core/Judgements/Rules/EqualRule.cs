using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>Two counts are equal within a tolerance; so are the keys behind them where rows are compared.</summary>
public sealed record EqualRule : IRule, INamedRule
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

    public static string Name => "equal";

    public string Kind => Name;

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metrics.RightRows];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch) =>
        (this with { LeftName = OfDate(LeftName, batch), RightName = OfDate(RightName, batch) }).JudgeNamed(batch);

    /// <summary>A name that holds a table's holds its place for the date.</summary>
    static string OfDate(string name, Batch batch) => new DatePattern(name).For(batch.Day.Date);

    IEnumerable<Judgement> JudgeNamed(Batch batch)
    {
        var right = new SeriesId(batch.Check, Metrics.RightRows);
        var sides = (Of(batch, Metrics.LeftRows), Of(batch, Metrics.RightRows));
        yield return sides switch
        {
            (Measurement.Taken left, Measurement.Taken taken) => Compare(
                left.Value,
                taken.Value,
                right,
                new DrillText(batch, LeftName, RightName, Export),
                new EarlySync(batch, LeftName, RightName)),
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
        Unjudged.Missing(Kind, missed with { Series = right }, new Phrase("verdict.no_count", ("side", name), ("reason", missed.Reason)));

    /// <summary>One side that is a multiple of the other to the last row: it was written so many times.</summary>
    Phrase? Times(double left, double right) => Multiple.Of(Math.Max(left, right), Math.Min(left, right)) is { } times
        ? new Phrase(
            right > left ? "cause.right_times" : "cause.left_times",
            ("name", right > left ? RightName : LeftName),
            ("other", right > left ? LeftName : RightName),
            ("times", times))
        : null;

    Judgement Compare(double left, double right, SeriesId series, DrillText drill, EarlySync early)
    {
        var allowed = Tolerance.Of(left, right);
        var apart = Math.Abs(right - left);
        (string, object?) allows = ("allowed", Tolerance.ToString());
        var sides = new Phrase("verdict.sides", ("right_name", RightName), ("right", right), ("left_name", LeftName), ("left", left));
        var difference = new Phrase(
            right < left ? "verdict.fewer" : "verdict.more",
            ("sides", sides),
            ("apart", apart),
            ("share", Said.Share(apart, Math.Max(left, right))),
            allows);
        // Zero is looked at before the tolerance: a generous one must not let an empty table through.
        var (finding, said) = (left, right) switch
        {
            (0, 0) => (Finding.Zero, new Phrase("verdict.both_zero", ("right_name", RightName), ("left_name", LeftName))),
            (0, _) or (_, 0) => (Finding.Zero, new Phrase("verdict.one_empty", ("sides", sides))),
            _ when apart > allowed => (Finding.Different, drill.After(difference)),
            _ when ComparesRows && !drill.IsThere => (Finding.Missing, drill.After(new Phrase("verdict.not_compared", ("sides", sides)))),
            _ when ComparesRows && drill.Differing > allowed => (
                Finding.Different,
                drill.After(new Phrase("verdict.rows_differ", ("sides", sides), allows))),
            _ when ComparesRows && drill.Differing > 0 => (
                Finding.Normal,
                drill.After(new Phrase("verdict.some_rows_differ", ("sides", sides), allows))),
            _ when apart > 0 => (Finding.Normal, difference),
            _ => (Finding.Normal, new Phrase(ComparesRows ? "verdict.both_hold_rows" : "verdict.both_hold", ("right", right))),
        };
        var part = Tolerance.Amount / 100;
        var clue = finding == Finding.Different ? drill.Clue ?? Times(left, right) ?? early.Clue(right)
            : finding == Finding.Zero && left > 0 ? early.Clue(right)
            : null;
        return new Judgement
        {
            Series = series,
            Rule = Kind,
            Verdict = finding switch { Finding.Normal => Verdict.Pass, Finding.Missing => Verdict.Unknown, _ => Verdict.Fail },
            Finding = finding,
            Said = finding is Finding.Different or Finding.Zero && early.Times is { } times ? said.And(times) : said,
            Clue = clue,
            Value = right,
            Expected = left,
            Low = Tolerance.IsPercent ? left * (1 - part) : left - Tolerance.Amount,
            High = Tolerance.IsPercent
                ? (part < 1 ? Math.Clamp(left / (1 - part), double.MinValue, double.MaxValue) : null)
                : left + Tolerance.Amount,
        };
    }
}
